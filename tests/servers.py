"""A pytest plugin (see `pyproject.toml`): PostgreSQL and Valkey of this run, up before Django reads its settings.

Servers named by the environment (DATABASE_URL, BROKER_URL, CACHE_URL) are used as they are. Of processes side by side (`-n 2`) each has
servers of its own: roles belong to a whole PostgreSQL, not to one database in it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from infra import embedded, messages

_running = ExitStack()


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
    var = Path(tempfile.mkdtemp(prefix="millwright-tests-"))
    var.chmod(0o711)
    _running.callback(embedded.forget, var)
    os.environ |= _running.enter_context(embedded.servers(var, throwaway=True))
    os.environ["MILLWRIGHT_VAR"] = str(var)
    os.environ.setdefault("SPARE_SCHEMAS", "2")
