"""Work on a database connection of its own that is closed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connections

from tenants.context import public_context

P = ParamSpec("P")
T = TypeVar("T")


def on_own_connection(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` in the public schema of a fresh connection.

    DDL over many companies fills a connection's catalog cache and takes thousands of locks, and whatever transaction
    the caller has open must neither see nor hold them.
    """

    def run() -> T:
        try:
            with public_context():
                return work(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1, thread_name_prefix="throwaway") as pool:
        return pool.submit(run).result()
