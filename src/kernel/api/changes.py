"""All that was changed in the company, for its administrators: who, what, when, from which value to which (spec W-1, system log)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import cursors, river
from kernel.access import forbidden
from kernel.api.me import MemberView
from kernel.models import Event
from kernel.refusals import FieldError, Invalid


class Changes(MemberView):
    def get(self, request: Request) -> Response:
        """Filtered by document type (`kind`), colleague (`by`), what a document is called (`q`) and days (`from`, `to`)."""
        if not self.actor.is_admin:
            raise forbidden(_("Change log"))
        before = request.query_params.get("cursor", "")
        return Response(river.listed(Event.objects.filter(asked(request.query_params)), self.actor, cursors.number(before)))


def asked(params: Any) -> Q:
    found = Q()
    if kind := params.get("kind", ""):
        found &= Q(subject=kind[:80])
    if by := cursors.number(params.get("by", "")):
        found &= Q(actor=by)
    if text := params.get("q", "").replace("\x00", "").strip():
        found &= Q(data__label__icontains=text[:80])
    if first := day(params, "from"):
        found &= Q(at__gte=first)
    if last := day(params, "to"):
        found &= Q(at__lt=last + timedelta(days=1))
    return found


def day(params: Any, name: str) -> datetime | None:
    """Midnight at the beginning of a day given."""
    text = params.get(name, "")
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise Invalid([FieldError(name, "bad_date", _("Please give a day such as 2026-11-21."))])
    return timezone.make_aware(datetime.combine(found, time.min)) if found else None
