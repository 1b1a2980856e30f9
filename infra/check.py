"""`make check`: every check that runs no product, in under a minute."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from infra.programs import ROOT

BIN = Path(sys.executable).parent
CHECKS: dict[str, Sequence[str]] = {
    "types": (str(BIN / "mypy"),),
    "client": (sys.executable, "-m", "infra.build_web", "check"),
    "lint": (str(BIN / "ruff"), "check", "."),
    "format": (str(BIN / "ruff"), "format", "--check", "."),
    "layers": (str(BIN / "lint-imports"), "--no-cache"),
    "words": (sys.executable, "-m", "infra.messages", "check"),
    "compose": (sys.executable, "-m", "infra.compose"),
}


def run(name: str) -> bool:
    """One check; what it says is shown when it fails."""
    started = time.monotonic()
    env = os.environ | {"PYTHONPATH": f"src{os.pathsep}."}
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    verdict = f"{name}: {'failed' if done.returncode else 'ok'} ({time.monotonic() - started:.0f} s)"
    print(f"{done.stdout}\n{verdict}" if done.returncode else verdict, flush=True)
    return done.returncode == 0


def main() -> bool:
    with ThreadPoolExecutor(max_workers=2) as pool:
        return all(list(pool.map(run, CHECKS)))


if __name__ == "__main__":
    sys.exit(not main())
