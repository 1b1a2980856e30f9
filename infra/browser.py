"""Finds a Chromium for the browser tests, or brings one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ADVICE = """No browser for the browser tests, and none could be installed. Any one of these helps:
  - install Chromium so that `chromium` is on the PATH (Debian, Ubuntu: apt-get install chromium)
  - point to one: CHROMIUM=/path/to/chromium make test
  - let Playwright fetch its own, where its download is reachable: .venv/bin/playwright install chromium"""


def on_path() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def from_debian() -> str | None:
    """Debian's own package, where we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Chromium for the browser tests …", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in ("update -qq", "install -y -qq --no-install-recommends chromium fonts-noto-cjk"):
        done = subprocess.run(
            ["apt-get", *step.split()], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            print(f"apt-get {step} failed: {done.stderr.strip()}", file=sys.stderr)
            return None
    return on_path()


def from_playwright() -> str | None:
    from playwright.sync_api import sync_playwright  # only now: a test requirement, absent at run time

    with sync_playwright() as tool:
        program = Path(tool.chromium.executable_path)
    if not program.exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL, check=False)
    return str(program) if program.exists() else None


def find() -> str:
    """The path of a browser; ends the run with advice when there is none."""
    program = on_path() or from_debian() or from_playwright()
    if not program:
        raise SystemExit(ADVICE)
    return program
