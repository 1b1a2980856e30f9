"""An embedded Valkey of our own: broker and cache."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import redis

from infra.embedded import binaries, process
from infra.embedded.account import Account


class Valkey:
    """One Valkey server; queued work is in its append-only file, so a restart forgets at most the last second of it."""

    def __init__(self, home: Path, port: int, who: Account, throwaway: bool = False) -> None:
        self.data = home / "valkey"
        self.log = home / "log/valkey.log"
        self.port, self.who, self.throwaway = port, who, throwaway
        self.program = binaries.find(who).valkey
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def broker_url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def cache_url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/1"

    def start(self) -> None:
        process.clear_leftovers(self.data, signal.SIGTERM, signal.SIGKILL)
        self.who.own(self.data)
        keep = ["--appendonly", "no" if self.throwaway else "yes", "--appendfsync", "everysec", "--save", ""]
        # Only entries with a time limit (the cache) may be pushed out by new ones; queued work never.
        room = ["--maxmemory", "512mb", "--maxmemory-policy", "volatile-lru"]
        where: list[str | Path] = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.data]
        self.child = process.spawn([self.program, *where, *keep, *room], self.who, self.log, self.data)
        process.wait_ready(self.child, self._answers, self.log)

    def stop(self) -> None:
        if self.child is not None:
            process.stop(self.child, signal.SIGTERM, signal.SIGTERM)
            self.child = None

    def alive(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_connect_timeout=5) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
