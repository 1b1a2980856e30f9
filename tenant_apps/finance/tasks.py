"""What happens to receivables by night."""

from __future__ import annotations

from celery import shared_task
from django.db.models import QuerySet
from django.utils import timezone

from kernel import bulk, calls, clock
from kernel.actions import set_state
from tenant_apps.finance.actions import state_of
from tenant_apps.finance.models import Due

S = Due.State
BATCH = 500


@shared_task(name="finance.turn_day")
def turn_day() -> int:
    """Receivables whose day has come without anything else happening are due: at the end of a warranty, or months after shipment though
    nobody has accepted. Running twice changes nothing more."""
    today = timezone.localtime(clock.now()).date()
    come = Due.objects.filter(due_date__lte=today, triggered_on=None, state__in=(S.PLANNED, S.PARTLY_RECEIVED)).order_by("pk")
    done = 0
    while some := _turn(come):
        done += some
    return done


def _turn(come: QuerySet[Due]) -> int:
    with calls.call():
        rows = list(come.select_for_update(skip_locked=True)[:BATCH])
        for due in rows:
            due.triggered_on, due.version = due.due_date, due.version + 1
            set_state(due, state_of(due))
        bulk.update(rows, ["triggered_on", "version", "state"])
    return len(rows)
