"""`make test`: the checks, then every test, on servers and with a browser of their own."""

from __future__ import annotations

import subprocess
import sys

from infra import browser, build_web, check, embedded, programs

SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""Two processes with servers of their own, files in the order of the collection (the long ones first, `tests/conftest.py`); with
servers named by the environment it is one."""


def main() -> int:
    """All of it, stopping at the first part that fails."""
    chromium = browser.find()
    build_web.packages()
    if not check.main():
        return 1
    build_web.build()
    env = programs.environment(CHROMIUM=chromium)
    spread = SIDE_BY_SIDE if embedded.ADDRESSES[0] not in env else []
    return subprocess.run([sys.executable, "-m", "pytest", *spread], cwd=programs.ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
