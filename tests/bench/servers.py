"""The product as `make run` starts it, on servers and data of its own that are gone afterwards."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from infra import embedded, programs
from infra.embedded.process import die_with_parent, free_port
from tests.bench.client import Browser, Failed

PASSWORD = "millwright-bench"


@dataclass
class Site:
    """A running product."""

    env: dict[str, str]
    var: Path
    servers: embedded.Servers
    port: int = 0
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.var / "programs.log"

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        log = self.log.open("ab")
        child = subprocess.Popen(command, env=self.env, stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent)  # noqa: PLW1509
        self.started.append(child)
        return child

    def manage(self, *arguments: str) -> None:
        subprocess.run(programs.manage(*arguments), env=self.env, check=True, stdout=subprocess.DEVNULL)

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.env["DATABASE_URL"], autocommit=True, options="-c role=millwright_owner")

    def main(self) -> Browser:
        """Somebody at the main address."""
        return Browser(self.port)

    def sign_up(self, slug: str) -> Browser:
        """Found a company; its founder, logged in."""
        visitor = self.main()
        visitor.get("/session/")
        told = {"company": f"{slug} 测试仪器有限公司", "slug": slug, "name": "王建国", "email": f"{slug}@example.com", "password": PASSWORD}
        url = visitor.post("/signup/", told)["url"]
        founder = Browser(self.port, f"{slug}.localhost")
        founder.send("GET", url[url.index("/enter/") :])
        founder.get("/session/")
        return founder

    def schema(self, slug: str) -> str:
        with self.database() as database:
            row = database.execute("SELECT schema_name FROM public.tenants_tenant WHERE slug = %s", [slug]).fetchone()
        assert row is not None
        return str(row[0])

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time used so far, by who used it. Unlike the clock it does not depend on what else the machine does."""
        assert self.servers.postgres is not None and self.servers.postgres.child is not None
        roots = {"web": self.started[0].pid, "database": self.servers.postgres.child.pid}
        used = {name: sum(spent(process) for process in family(pid)) for name, pid in roots.items()}
        return used | {"client": time.process_time()}

    def stop(self) -> None:
        for child in reversed(self.started):
            child.terminate()
        for child in self.started:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


def family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def site() -> Iterator[Site]:
    """Servers with this release deployed, no program running yet. Durable as in production: commits reach the disk."""
    var = Path(tempfile.mkdtemp(prefix="millwright-bench-"))
    var.chmod(0o711)
    try:
        with embedded.servers(var) as servers:
            made = Site(programs.environment(**servers, MILLWRIGHT_VAR=str(var), SECRET_KEY="bench", RATE_LIMITS="0"), var, servers)
            made.port = free_port()
            made.env["PUBLIC_PORT"] = str(made.port)
            made.manage("deploy")
            try:
                yield made
            except Failed:
                print(made.log.read_text()[-3000:])
                raise
    finally:
        embedded.forget(var)


@contextmanager
def serving(site: Site, *, counting: bool = False, worker: bool = False, workers: int = programs.WEB_WORKERS) -> Iterator[Site]:
    """With web workers as in production, and a background worker where the measurement needs one."""
    with ExitStack() as stack:
        stack.callback(site.stop)
        site.env["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings" if counting else "config.settings"
        site.start(programs.web(site.port, workers=workers))
        if worker:
            site.start(programs.worker())
        wait_ready(site.port)
        yield site
    site.started.clear()


def wait_ready(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not programs.ready(port):
        if time.monotonic() > until:
            raise TimeoutError("The web server did not answer within a minute.")
        time.sleep(0.1)
