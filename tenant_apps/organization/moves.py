"""Changing the organisation from a day on, and where it stands now (W-1.2.2)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import people, saving, trees
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Invalid
from tenant_apps.organization import chart
from tenant_apps.organization.models import Unit, UnitChange
from tenant_apps.organization.staffing import in_force


@action(
    label=_("Move from a day on"),
    says=_("moved"),
    params={
        "since": {"label": _("From"), "help": _("Today, a day to come, or one that is past")},
        "above": {"label": _("Parent department")},
        "head": {"label": _("Head"), "type": "member"},
    },
)
def move(unit: Unit, *, by: Actor, at: datetime, since: date, above: Unit | None = None, head: int | None = None) -> None:
    """Place a department below another one from a day on; where it stood before stays known."""
    _refuse_loop(unit, above, since)
    changes = list(UnitChange.objects.filter(unit=unit).order_by("seq"))
    if not changes:
        changes.append(UnitChange.objects.create(unit=unit, seq=1, above=unit.parent, head=unit.head))
    given = {"above": above, "head": unit.head if head is None else head}
    UnitChange.objects.update_or_create(unit=unit, since=since, defaults=given, create_defaults={**given, "seq": len(changes) + 1})
    saving.touch(unit)
    apply(unit, at.date())


def _refuse_loop(unit: Unit, above: Unit | None, since: date) -> None:
    """On no day while it stands there may a department stand below itself, nor after another one has moved."""
    moves = chart.book().moves
    ends = min((move.since for move in moves.get(unit.pk, ()) if move.since and move.since > since), default=date.max)
    days = {since} | {move.since for known in moves.values() for move in known if move.since and since < move.since < ends}
    for day in sorted(days):
        parents = {**chart.chart(day).parents, unit.pk: None if above is None else above.pk}
        path = trees.above(unit.pk, parents)
        if parents.get(path[-1]) is not None:
            names = people.units()
            told = " → ".join(names.get(key, f"#{key}") for key in (*path, unit.pk))
            sentence = _t("A department cannot stand below itself: %(path)s.") % {"path": told}
            raise Invalid([FieldError("above", "loop", sentence)])


def apply(unit: Unit, today: date) -> None:
    """Let the department stand where its dated changes say it stands today."""
    now = in_force(list(UnitChange.objects.filter(unit=unit)), today)
    if now is not None:
        unit.parent_id, unit.head = now.above_id, now.head
