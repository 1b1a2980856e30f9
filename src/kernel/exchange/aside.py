"""News of long work, told on a connection of its own so that others see it at once: how far it is, or only that it lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

from django.db import connection, connections

from kernel import clock
from kernel.jobs import SILENT_FOR, Cancelled, Run
from kernel.models import Job
from tenants.context import tenant_context

Progress = Callable[[int, int, str], None]
BEAT = SILENT_FOR.total_seconds() / 4


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


@contextmanager
def beating(job: Run) -> Iterator[None]:
    """Work that cannot say how far it is (a copy of a whole company): it shows that it lives, so that nobody takes it for lost."""
    ended, here = Event(), connection.tenant  # type: ignore[attr-defined]

    def beat() -> None:
        try:
            with tenant_context(here):
                while not ended.wait(BEAT):
                    Job.objects.filter(pk=job.job.pk).update(beat_at=clock.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1, thread_name_prefix="beating") as pool:
        pool.submit(beat)
        try:
            yield
        finally:
            ended.set()
