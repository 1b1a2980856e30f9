"""What workers do for the kernel. Each task runs in exactly one company and fails where there is none."""

from __future__ import annotations

from collections.abc import Callable

from celery import shared_task

from kernel import events, jobs, once
from kernel.models import Event
from kernel.returned import mailbox
from kernel.webhooks import sending

SWEEP = 500
_sweepers: list[Callable[[], int]] = []


def when_sweeping(function: Callable[[], int]) -> Callable[[], int]:
    """Have `function()` called with every sweep, once a minute for every company and for the platform."""
    _sweepers.append(function)
    return function


_daily: list[Callable[[], int]] = []


def every_day(function: Callable[[], int]) -> Callable[[], int]:
    """Have `function()` called once a day in every schema; it says how much it has thrown away."""
    _daily.append(function)
    return function


@shared_task(name="kernel.deliver", acks_late=True)
def deliver(keys: list[int]) -> int:
    """Run the after-commit handlers of these events."""
    return events.deliver_pending(keys)


@shared_task(name="kernel.push", acks_late=True)
def push(keys: list[int]) -> int:
    """Tell other programs of these deliveries' events."""
    return sending.send_due(keys)


@shared_task(name="kernel.run_job", acks_late=True, while_read_only=True)
def run_job(pk: int) -> None:
    jobs.run(pk)


@shared_task(name="kernel.sweep")
def sweep() -> int:
    """Deliver what a dead worker left, and look after lost jobs and webhooks. Runs for every company, every minute."""
    keys = list(Event.objects.filter(pending=True).order_by("id").values_list("pk", flat=True)[:SWEEP])
    return events.deliver_pending(keys) + jobs.requeue_lost() + sending.send_due() + sum(function() for function in _sweepers)


@shared_task(name="kernel.tidy")
def tidy() -> int:
    """Daily: forget old answers, and what else has had its time."""
    return once.forget_old() + sum(throw_away() for throw_away in _daily)


@shared_task(name="kernel.read_returned")
def read_returned() -> int:
    """Every five minutes for the platform: what came back into its mailbox finds its company; nothing where none is set up."""
    return mailbox.read().total()
