"""A pytest plugin (see `pyproject.toml`): PostgreSQL and Valkey of this run, up before Django reads its settings.

Servers named by the environment (DATABASE_URL, BROKER_URL, CACHE_URL) are used as they are. Of processes side by side (`-n 2`) each has
servers of its own: roles belong to a whole PostgreSQL, not to one database in it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from infra import embedded, messages

MEMORY = Path("/dev/shm")
ROOM = 12 * 2**30
"""Bytes that must be free to work in memory; a process of a whole run fills four of these gigabytes."""
NAME, LONG_AGO = "millwright-tests-", 3600
_running = ExitStack()
_started: list[embedded.Servers] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    told = early_config.known_args_namespace
    leads = told.numprocesses and "PYTEST_XDIST_WORKER" not in os.environ
    if not (told.help or told.version or told.collectonly):
        if "PYTEST_XDIST_WORKER" not in os.environ:
            messages.compile_all()
        if not leads:
            start()
    return (yield)


def pytest_unconfigure() -> None:
    _running.close()


def start() -> None:
    forget_left()
    var = Path(tempfile.mkdtemp(prefix=NAME, dir=MEMORY if roomy() else None))
    var.chmod(0o711)
    _running.callback(embedded.forget, var)
    _started.append(_running.enter_context(embedded.servers(var, throwaway=True)))
    os.environ |= _started[-1] | {"MILLWRIGHT_VAR": str(var)}
    os.environ.setdefault("SPARE_SCHEMAS", "2")


def forget_left() -> None:
    """What runs that were killed have left in memory; those that still run hold their places."""
    for left in MEMORY.glob(f"{NAME}*"):
        with suppress(embedded.Busy, OSError):
            if time.time() - left.stat().st_mtime > LONG_AGO:
                embedded.forget(left)


def ours() -> bool:
    """Whether PostgreSQL is this run's own and goes when it ends, with all that is in it."""
    return any(servers.postgres is not None for servers in _started)


def roomy() -> bool:
    """Companies are made by the hundred, of hundreds of files each: that goes faster where no disk writes them."""
    return MEMORY.is_dir() and min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) > ROOM
