"""Makes the virtual environment from the locked requirements. Runs on any Python from 3.11 with nothing installed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()


def installed(lock: str) -> bool:
    """Whether the environment was made from exactly this lock file."""
    stamp = VENV / f"{lock}.lock-digest"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == digest(lock)


def install(lock: str) -> None:
    print(f"Installing requirements/{lock}.txt into .venv …", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=False)
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        made = subprocess.run([PYTHON, "-m", "ensurepip", "--default-pip"], capture_output=True, check=False)
        if made.returncode:
            sys.exit("This Python cannot install packages. On Debian or Ubuntu: apt-get install python3-venv, then try again.")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*pip, "-r", ROOT / "requirements" / f"{lock}.txt"], check=False).returncode:
        sys.exit("Installing the Python packages failed; the lines above say why. Nothing else was changed: try again.")
    (VENV / f"{lock}.lock-digest").write_text(digest(lock))


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this very check greets an older Python
        sys.exit("Millwright needs Python 3.11 or newer. Name one with: make PYTHON=/path/to/python3.11 …")
    lock = sys.argv[1]
    if not installed(lock):
        install(lock)
        if lock == "dev":
            (VENV / "embedded.lock-digest").write_text(digest("embedded"))  # contained in dev


if __name__ == "__main__":
    main()
