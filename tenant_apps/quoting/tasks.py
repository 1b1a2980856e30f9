"""What happens to quotes by itself."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task

from kernel import clock
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.quoting import actions
from tenant_apps.quoting.models import Quote


@shared_task(name="quoting.expire")
def expire() -> int:
    """Expire the quotes whose last day has passed; running twice changes nothing more."""
    now = clock.now()
    done = 0
    for quote in Quote.objects.filter(state=Quote.State.SENT, valid_until__lt=now.date()):
        with suppress(Refused):  # decided by somebody meanwhile
            actions.expire(quote, by=SYSTEM, at=now)
            done += 1
    return done
