"""What only one may have at a time: a meeting room, a car. Whoever comes second is told who has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import people
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from tenant_apps.office.design import Booking
    from tenant_apps.office.models import Entry

FREE = ("draft", "rejected", "cancelled")


def check(entry: Entry, booking: Booking) -> None:
    """Refuse a time that ends before it begins, or in which another entry has the thing already."""
    if not entry.booked or entry.begins_at is None or entry.ends_at is None:
        return
    if entry.ends_at <= entry.begins_at:
        raise Invalid([FieldError(f"custom.{booking.until}", "ends_early", _("It ends before it begins. Choose a later end."))])
    take_turns(f"office.{entry.kind}")
    rows = type(entry)._default_manager.filter(booked=entry.booked, begins_at__lt=entry.ends_at, ends_at__gt=entry.begins_at)
    other = rows.exclude(state__in=FREE).exclude(pk=entry.pk).order_by("begins_at").first()
    if other is None:
        return
    who = people.named("member", other.owner)
    told = {
        "who": who["label"] if who else other.number,
        "since": timezone.localtime(other.begins_at).strftime("%Y-%m-%d %H:%M"),
        "until": timezone.localtime(other.ends_at).strftime("%H:%M" if _same_day(other) else "%Y-%m-%d %H:%M"),
        "number": other.number,
    }
    sentence = _("%(who)s has it from %(since)s to %(until)s (%(number)s). Choose another time, or ask them.") % told
    raise Invalid([FieldError(f"custom.{booking.what}", "booked", sentence)])


def _same_day(entry: Entry) -> bool:
    begins, ends = timezone.localtime(entry.begins_at), timezone.localtime(entry.ends_at)
    return begins.date() == ends.date()
