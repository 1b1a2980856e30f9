"""Progress of work that runs in one long transaction, told on a connection of its own so that others see it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from kernel import clock
from kernel.jobs import Cancelled, Run

Progress = Callable[[int, int, str], None]


@contextmanager
def progress_of(job: Run) -> Iterator[Progress]:
    """Gives `progress(done, total, message)`; it raises Cancelled when somebody called the job off."""
    here: Any = connection
    own: Any = here.copy()
    own.set_tenant(here.tenant)

    def progress(done: int, total: int, message: str) -> None:
        with own.cursor() as cursor:
            cursor.execute(
                "UPDATE kernel_job SET done = %s, total = %s, message = %s, beat_at = %s WHERE id = %s RETURNING cancel",
                [done, total, message, clock.now(), job.job.pk],
            )
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise Cancelled

    try:
        yield progress
    finally:
        own.close()
