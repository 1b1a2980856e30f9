"""What happens by itself: leads go back to the pool, protection of projects ends."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task

from kernel import clock
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.crm import routing
from tenant_apps.crm.actions import leads, registrations
from tenant_apps.crm.models import Lead, Registration


@shared_task(name="crm.turn_day")
def turn_day() -> int:
    """Put back the leads nobody looked after and end the protections that are over; running twice changes nothing more."""
    now, done = clock.now(), 0
    for pk in routing.due(now.date()):
        with suppress(Refused):  # taken up by somebody meanwhile
            leads.release(Lead(pk=pk), by=SYSTEM, at=now)
            done += 1
    for pk in registrations.over(now.date()):
        with suppress(Refused):
            registrations.expire(Registration(pk=pk), by=SYSTEM, at=now)
            done += 1
    return done
