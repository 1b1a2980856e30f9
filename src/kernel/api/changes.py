"""All that was changed in the company, for its administrators: who, what, when, from which value to which (spec W-1, system log)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import cursors, listing, moments, registry, river, words
from kernel.access import forbidden
from kernel.api.me import MemberView
from kernel.models import Event


class Changes(MemberView):
    def get(self, request: Request) -> Response:
        """Filtered by document type (`kind`), colleague (`by`), what a document is or was called (`q`) and days (`from`, `to`)."""
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
    for word in words.asked(params.get("q", "")):
        found &= Q(data__label__icontains=word) | listing.about([kind] if kind else registry.here(), word)
    if first := moments.since(params):
        found &= Q(at__gte=first)
    if last := moments.until(params):
        found &= Q(at__lt=last)
    return found
