"""Several at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from tests.api import Api

T = TypeVar("T")


def together(count: int, work: Callable[[int], T]) -> list[T]:
    """What `work(0)` … `work(count - 1)` answer when all begin at once."""
    barrier = Barrier(count)

    def one(number: int) -> T:
        try:
            barrier.wait(30)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def copies(api: Api, count: int) -> list[Api]:
    """The same person at several screens."""
    return [Api.of_account(api.company, api.company.owner_id, api.member) for _ in range(count)]
