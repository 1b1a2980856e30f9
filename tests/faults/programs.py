"""Programs of the product in processes of their own, working on the data of this test run."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from infra import programs
from infra.embedded.process import die_with_parent

LONGEST = 60.0


def environment() -> dict[str, str]:
    """What a program needs to find this run's database, broker and cache."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return programs.environment(
        DATABASE_URL=database,
        BROKER_URL=settings.BROKER_URL,
        CACHE_URL=settings.CACHES["default"]["LOCATION"],
        MILLWRIGHT_VAR=str(settings.VAR),
    )


@contextmanager
def started(command: Sequence[str], log: Path, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of the product as `make run` starts it; gone afterwards, come what may."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            command,
            env=environment() | env,
            cwd=programs.ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - it only makes one system call
        )
    try:
        yield child
    finally:
        kill(child)


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A background worker."""
    with started(programs.worker(), log) as child:
        yield child


def kill(child: subprocess.Popen[bytes]) -> None:
    """`kill -9` for the program and all it started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)  # all at once: a supervisor would start anew what went before it
        child.wait()


def wait_for(happened: Callable[[], object], what: str) -> None:
    """Until something is so; a run in which it never becomes so fails with its name."""
    until = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < until, f"{what}: not within {LONGEST:.0f} s"
        time.sleep(0.05)
