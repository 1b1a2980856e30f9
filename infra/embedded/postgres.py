"""An embedded PostgreSQL of our own."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import psycopg

from infra.embedded import binaries, process
from infra.embedded.account import Account

NAME = "millwright"
SETTINGS = {
    # A small machine that is also running a browser, a web server and a worker.
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "autovacuum_naptime": "20s",
    "max_connections": "100",
    # Dropping a company's schema alone takes more than five thousand locks.
    "max_locks_per_transaction": "512",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "log_line_prefix": "%m [%p] ",
}
THROWAWAY = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_senders": "0", "wal_level": "minimal", "max_wal_size": "256MB",
}  # fmt: skip
# The product's own role alone may log in, and only from this machine; the superuser is reachable in single-user mode only.
ACCESS = f"host all {NAME} 127.0.0.1/32 trust\nhost all {NAME} ::1/128 trust\n"
ROLES = (
    (Path(__file__).resolve().parents[1] / "postgres/roles.sql").read_text().replace(":'login'", f"'{NAME}'").replace(":'password'", "''")
)


class Postgres:
    """One PostgreSQL server on one data directory; `throwaway` trades durability for speed in tests."""

    def __init__(self, home: Path, port: int, who: Account, throwaway: bool = False) -> None:
        self.data = home / "postgres"
        self.log = home / "log/postgres.log"
        self.port, self.who, self.throwaway = port, who, throwaway
        self.programs = binaries.find(who)
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@127.0.0.1:{self.port}/{NAME}"

    def start(self) -> None:
        """Bring the server up, making the database the first time; data written before is there again."""
        process.clear_leftovers(self.data, signal.SIGINT, signal.SIGQUIT)
        if not (self.data / "ready").exists():
            self._create()
        if not self._has_roles():
            self._make_roles()
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # nobody works here: its number may belong to a stranger by now
        options = SETTINGS | (THROWAWAY if self.throwaway else {}) | {"port": str(self.port)}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.child = process.spawn([self.programs.postgres("postgres"), "-D", self.data, *flags], self.who, self.log, self.data)
        process.wait_ready(self.child, self._answers, self.log)

    def stop(self) -> None:
        if self.child is not None:
            process.stop(self.child, signal.SIGINT, signal.SIGQUIT)
            self.child = None

    def alive(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _create(self) -> None:
        self.who.own(self.data)
        for leftover in self.data.iterdir():
            raise process.ServerError(f"{leftover} is left from an unfinished first start. Run 'make reset', then start again.")
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        sync = ["--no-sync"] if self.throwaway else []
        self._run([self.programs.postgres("initdb"), "-D", self.data, "-U", "postgres", *locale, *sync])
        (self.data / "pg_hba.conf").write_text(ACCESS)
        self._alone("postgres", f"CREATE DATABASE {NAME};\n\n")
        (self.data / "ready").touch()

    def _has_roles(self) -> bool:
        """Whether the roles are those of this release; a directory of an earlier one gets them at its next start."""
        kept = self.data / "roles"
        return kept.exists() and kept.read_text() == ROLES

    def _make_roles(self) -> None:
        self._alone(NAME, ROLES + "\n")
        (self.data / "roles").write_text(ROLES)

    def _alone(self, database: str, statements: str) -> None:
        """Run statements as superuser while nobody else can connect; an empty line ends each."""
        locks = ["-c", "max_locks_per_transaction=8192"]
        self._run([self.programs.postgres("postgres"), "--single", "-j", *locks, "-D", self.data, database], statements)

    def _run(self, command: list[str | Path], stdin: str = "") -> None:
        done = subprocess.run(
            [str(part) for part in command],
            input=stdin,
            text=True,
            capture_output=True,
            check=False,
            cwd=self.data,
            **self.who.popen,
        )
        if done.returncode or "ERROR" in done.stderr:
            raise process.ServerError(f"{command[0]} failed: {done.stdout}{done.stderr}")
