"""Which operating system account runs the servers, and where that account may read and write.

PostgreSQL refuses to run as root. Started by root, the servers drop to `nobody`; started by anyone else they stay who they are.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED_HOME = Path("/var/lib/millwright")


@dataclass(frozen=True)
class Account:
    """The account that owns the servers' files and processes."""

    uid: int
    gid: int
    dropped: bool

    @property
    def popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}

    def may(self, mode: str, path: Path) -> bool:
        """Whether this account reaches the path, asked of the system itself rather than computed from mode bits."""
        test = subprocess.run(["/bin/sh", "-c", f'test -{mode} "$1"', "sh", str(path)], check=False, cwd="/", **self.popen)
        return test.returncode == 0

    def own(self, directory: Path) -> Path:
        """Create a directory that only this account can enter, taking over what an earlier account left in it."""
        directory.mkdir(parents=True, exist_ok=True)
        if self.dropped and directory.stat().st_uid != self.uid:
            for path in (directory, *directory.rglob("*")):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)
        directory.chmod(0o700)
        return directory

    def home(self, var: Path) -> Path:
        """The place for server data: inside `var`, or, when this account cannot get there (/root), under /var/lib."""
        var.mkdir(parents=True, exist_ok=True)
        if not self.dropped or self.may("x", var):
            return var
        return private_home(var)


def current() -> Account:
    """The account to run servers as, seen from the account that asks."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, dropped=True)


def shared_home() -> Path:
    """A directory that only root can write and everyone can enter."""
    SHARED_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    SHARED_HOME.chmod(0o755)
    return SHARED_HOME


def private_home(var: Path) -> Path:
    place = shared_home() / f"data-{hashlib.sha256(bytes(var.resolve())).hexdigest()[:12]}"
    place.mkdir(mode=0o755, exist_ok=True)
    place.chmod(0o755)
    return place


def forget(var: Path) -> None:
    """Delete everything kept for `var`, wherever it was put."""
    outside = SHARED_HOME / f"data-{hashlib.sha256(bytes(var.resolve())).hexdigest()[:12]}"
    for place in (var, outside):
        if place.exists():
            shutil.rmtree(place)
