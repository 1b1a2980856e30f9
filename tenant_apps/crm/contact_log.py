"""What was said with somebody and what is to be done next, written and read from the page of whom or what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import doors, people, registry, saving
from kernel.access import Actor, visible
from kernel.actions import perform
from kernel.codes import labels
from kernel.documents import Document
from kernel.refusals import FieldError, Invalid
from tenant_apps.crm.actions import activities, leads, opportunities
from tenant_apps.crm.code_tables import ACTIVITY, RESULT
from tenant_apps.crm.models import Activity
from tenant_apps.crm.seeing import seen

KEY = "crm.activity"
ABOUT = {"crm.lead": "lead", "crm.opportunity": "opportunity", "crm.campaign": "campaign", "partners.partner": "partner"}
"""Documents that have a log, and the field of an activity that names them."""
NOTHING: dict[str, Any] = {"kind": "call", "subject": "", "text": "", "result": "", "next_step": "", "next_on": None}
SHOWN = 50


def log(about: Document, key: str, said: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Write down a contact with its next step; where nothing has been said yet, plan the next step only."""
    said = NOTHING | said
    if said["text"] or said["result"]:
        _done(about, key, said, by=by, at=at)
    elif said["next_step"]:
        by.require(KEY, "create", label=registry.get(KEY).label)
        values = {"kind": said["kind"], "subject": said["next_step"], "day": said["next_on"] or at.date()}
        saving.create(Activity, {**values, **_of(about, key)}, by=by, at=at)
    else:
        raise Invalid([FieldError("text", "required", _t("Write what was said, or what is to be done next."))])


def _done(about: Document, key: str, said: dict[str, Any], *, by: Actor, at: datetime) -> None:
    own: Callable[..., Any] | None = {"crm.lead": leads.log, "crm.opportunity": opportunities.log}.get(key)
    if own is not None:
        perform(own, about, by=by, at=at, values=said)  # type: ignore[arg-type]
        return
    by.require(KEY, "create", label=registry.get(KEY).label)
    activities.note(_of(about, key), {**said, "subject": said["subject"] or str(about)}, by=by, at=at)


def _of(about: Document, key: str) -> dict[str, Any]:
    return {f"{ABOUT[key]}_id": about.pk}


def about_of(key: Any, pk: Any, actor: Actor) -> Document:
    """The document a log is kept of, if the reader may see it."""
    if key not in ABOUT or type(pk) is not int or not 0 < pk < 2**63:
        raise doors.not_found()
    found: Document = doors.find(registry.get(key), pk, actor)
    return found


def page(key: str, pk: int, actor: Actor) -> list[dict[str, Any]]:
    """Activities about a document, what is planned first, then the latest, as far as the reader may see them."""
    if not actor.may(KEY, "read"):
        return []
    kinds, results, names = labels(ACTIVITY), labels(RESULT), people.members()
    rows = Activity.objects.filter(**{ABOUT[key]: pk}).exclude(state=Activity.State.CANCELLED)
    found = visible(actor, rows, KEY).select_related("contact").order_by("-day", "-pk")[:SHOWN]
    told = [
        {
            "_key": KEY, "id": row.pk, "version": row.version, "kind": row.kind, "kind_label": str(kinds.get(row.kind, row.kind)),
            "day": row.day, "state": row.state, "who": names.get(row.owner or 0, ""), **shown,
            "result": str(results.get(shown["result"], shown["result"])), "contact": str(shown["contact"] or ""),
        }
        for row in found
        for shown in [seen(actor, KEY, row, "subject", "text", "result", "place", "contact")]
    ]  # fmt: skip
    return sorted(
        told, key=lambda one: (one["state"] != Activity.State.PLANNED, one["day"] if one["state"] == Activity.State.PLANNED else date.min)
    )
