"""What the scheduler does for the operators."""

from __future__ import annotations

from celery import shared_task

from kernel import clock
from shared_apps.console import calls, clients, uptime
from tenants.schema_task import PublicTask


@shared_task(name="console.keep_in_line", base=PublicTask)
def keep_in_line() -> int:
    """Bring the operators' list of companies in line."""
    return clients.keep_in_line(clock.now())


@shared_task(name="console.write_down_calls", base=PublicTask)
def write_down_calls() -> int:
    """Tell the platform's log of the programs' calls of the hours that are over."""
    return calls.write_down(clock.now())


@shared_task(name="console.probe", base=PublicTask)
def probe() -> bool:
    """Every minute: does the platform answer?"""
    return uptime.probe(clock.now()).ok
