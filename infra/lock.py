"""`make lock`: resolves requirements/*.in into locks with hashes and without download addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from infra.programs import ROOT

LOCKS = ("base", "embedded", "dev")
OPTIONS = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url")


def main() -> None:
    """Each lock keeps to the versions of the one before it."""
    uv = str(Path(sys.executable).parent / "uv")
    held: list[str] = []
    for lock in LOCKS:
        target = f"requirements/{lock}.txt"
        command = [uv, "pip", "compile", *OPTIONS, *sys.argv[1:], *held, f"requirements/{lock}.in", "-o", target]
        subprocess.run(command, cwd=ROOT, check=True)
        held = ["-c", target]


if __name__ == "__main__":
    main()
