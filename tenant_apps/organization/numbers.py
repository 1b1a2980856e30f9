"""Trying out a numbering rule before it counts, and setting its counter (W-1.5.2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, numbering, patterns, registry
from kernel.access import Actor
from kernel.actions import action
from kernel.api.me import MemberView
from kernel.documents import Document
from kernel.models import Counter, NumberRule
from kernel.patterns import Pattern
from kernel.refusals import FieldError, Invalid, Refused
from kernel.resources import Resource

SAMPLES, AHEAD = 3, 500


class Preview(MemberView):
    """What numbers a pattern would give to the newest documents of a kind, and which of the next numbers are taken."""

    persons_only = True

    def post(self, request: Request) -> Response:
        self.actor.require("kernel.numberrule", "read", label=_t("Numbering rules"))
        data = self.body()
        resource = registry.find(str(data.get("resource", "")))
        if resource is None or resource.platform:
            raise Invalid([FieldError("resource", "required", _t("Choose the document type first."))])
        pattern = patterns.checked(str(data.get("pattern", ""))[:120])
        numbering.check_fields(resource.model, pattern)
        return Response(tried(resource, pattern, clock.now().date()))


def tried(resource: Resource, pattern: Pattern, today: date) -> dict[str, Any]:
    """The next number for each of some documents as they are, or for an empty one of today."""
    found: list[Any] = list(resource.model._default_manager.exclude(number="").order_by("-pk")[:SAMPLES]) or [resource.model()]
    rows = [next_of(resource.model, pattern, document, today) for document in found]
    return {"rows": rows, "fields": fields_of(resource)}


def next_of(model: type[Document], pattern: Pattern, document: Document, today: date) -> dict[str, Any]:
    def part(one: patterns.Part) -> str:
        return numbering.read(one, document, today)

    series = pattern.series(part)
    last = Counter.objects.filter(key=numbering.key(model, series)).aggregate(last=Max("value"))["last"] or 0
    ahead = [pattern.write(part, last + step) for step in range(1, AHEAD + 1)]
    taken = model._default_manager.filter(number__in=ahead).order_by("number").values_list("number", flat=True)
    return {"document": str(document) if document.pk else "", "series": series, "last": last, "number": ahead[0], "taken": list(taken[:5])}


def fields_of(resource: Resource) -> list[dict[str, str]]:
    """The fields that can stand in a number."""
    return [
        {"value": name, "label": str(spec.label)}
        for name, spec in resource.own.items()
        if spec.type in numbering.IN_NUMBERS and name != "number"
    ]


@action(
    label=_("Set the counter"),
    says=_("counter set"),
    params={
        "next": {"label": _("Next serial number")},
        "on": {"label": _("For documents dated"), "help": _("The date decides which series is meant: a year, a month.")},
    },
)
def set_counter(rule: NumberRule, *, by: Actor, at: datetime, next: int, on: date | None = None) -> None:
    """Go on from another number, for example after moving from an older system."""
    model = registry.get(rule.resource).model
    pattern = patterns.pattern_of(rule.pattern)
    if any(part.kind != "date" for part in pattern.resets):
        raise Refused(
            "many_series",
            _t("This rule counts for each %(what)s on its own. Import the documents with their numbers: the counters go on after them.")
            % {"what": ", ".join(part.text for part in pattern.resets)},
        )
    day = on or at.date()
    highest = _highest(model, pattern, day)
    least = highest + 1
    if next < least:
        raise Refused(
            "counter_too_low",
            _t("Number %(highest)d is given already. The next is at least %(least)d.") % {"highest": highest, "least": least},
        )
    series = pattern.series(lambda part: patterns.written(part, day))
    Counter.objects.update_or_create(key=numbering.key(model, series), defaults={"value": next - 1})


def _highest(model: type[Document], pattern: Pattern, day: date) -> int:
    """The highest serial given in the series of a day."""
    series = pattern.series(lambda part: patterns.written(part, day))
    start = "" if isinstance(pattern.pieces[0], patterns.Part) else pattern.pieces[0]
    numbers = model._default_manager.filter(number__startswith=start).values_list("number", flat=True)
    matches = (pattern.shape.fullmatch(number) for number in numbers.iterator(chunk_size=2000))
    return max((int(match["seq"]) for match in matches if match and pattern.series_of(match) in (series, None)), default=0)
