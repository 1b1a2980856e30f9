"""PostgreSQL and Valkey for a machine that has neither: started, watched and stopped by us.

A server whose address is already in the environment (DATABASE_URL; BROKER_URL and CACHE_URL) is somebody else's and is left alone.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.embedded import account, process
from infra.embedded.postgres import Postgres
from infra.embedded.process import ServerError
from infra.embedded.valkey import Valkey

ADDRESSES = ("DATABASE_URL", "BROKER_URL", "CACHE_URL")

__all__ = ["ADDRESSES", "Busy", "ServerError", "Servers", "forget", "read_addresses", "servers", "throwaway_servers"]


class Busy(ServerError):
    """Another supervisor works on this directory."""


class Servers(dict[str, str]):
    """The addresses as environment variables, and the servers of ours behind them."""

    postgres: Postgres | None = None
    valkey: Valkey | None = None

    def revive(self) -> list[str]:
        """Start again what has died; returns what it was."""
        dead = [server for server in (self.postgres, self.valkey) if server is not None and not server.alive()]
        for server in dead:
            server.start()
        return [type(server).__name__ for server in dead]

    def start(self, home: Path, who: account.Account, ports: tuple[int | None, int | None], throwaway: bool) -> None:
        if "DATABASE_URL" not in self:
            self.postgres = Postgres(home, ports[0] or process.free_port(), who, throwaway)
            self.postgres.start()
            self["DATABASE_URL"] = self.postgres.url
        if "BROKER_URL" not in self or "CACHE_URL" not in self:
            self.valkey = Valkey(home, ports[1] or process.free_port(), who, throwaway)
            self.valkey.start()
            self.setdefault("BROKER_URL", self.valkey.broker_url)
            self.setdefault("CACHE_URL", self.valkey.cache_url)

    def stop(self) -> None:
        for server in (self.valkey, self.postgres):
            if server is not None:
                server.stop()


def lock(var: Path, what: str = "servers") -> IO[str]:
    """Hold the directory for one supervisor; the kernel lets go when it dies, however it dies."""
    var.mkdir(parents=True, exist_ok=True)
    held = (var / f"{what}.lock").open("a+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        pid = held.read().strip()
        held.close()
        raise Busy(f"Another process ({pid}) already runs the {what} in {var}.") from None
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    return held


def read_addresses(var: Path) -> dict[str, str]:
    lines = (var / "servers.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


@contextmanager
def servers(var: Path, pg_port: int | None = None, valkey_port: int | None = None, throwaway: bool = False) -> Iterator[Servers]:
    """Run the servers that the environment does not name and yield all addresses; ports are free ones unless given."""
    found = Servers({name: os.environ[name] for name in ADDRESSES if name in os.environ})
    who = account.current()
    with lock(var):
        try:
            home = who.home(var)
            found.start(home, who, (pg_port, valkey_port), throwaway)
            (var / "servers.env").write_text("".join(f"{name}={url}\n" for name, url in found.items()))
            yield found
        finally:
            (var / "servers.env").unlink(missing_ok=True)
            found.stop()


@contextmanager
def throwaway_servers() -> Iterator[Servers]:
    """Servers on a directory of their own that is gone afterwards: fast rather than durable, for tests and measurements."""
    var = Path(tempfile.mkdtemp(prefix="millwright-"))
    var.chmod(0o711)
    try:
        with servers(var, throwaway=True) as env:
            yield env
    finally:
        forget(var)


def forget(var: Path) -> None:
    """Delete all data kept in `var`; refused while servers run on it."""
    with lock(var):
        account.forget(var)
