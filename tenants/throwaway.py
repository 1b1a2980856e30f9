"""Work on a database connection of its own that is closed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connections

from tenants.context import as_owner, public_context

P = ParamSpec("P")
T = TypeVar("T")


def on_own_connection(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` in the public schema of a fresh connection, as the role that owns all tables.

    DDL over many companies fills a connection's catalog cache and takes thousands of locks, and whatever transaction
    the caller has open must neither see nor hold them.
    """

    with ThreadPoolExecutor(1, thread_name_prefix="throwaway") as pool:
        return pool.submit(lambda: on_this_thread(work, *args, **kwargs)).result()


def on_this_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` as the owner, in the public schema, and close this thread's connection afterwards."""
    try:
        with as_owner(), public_context():
            return work(*args, **kwargs)
    finally:
        connections.close_all()
