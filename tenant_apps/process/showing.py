"""Alerts, rules and channels as the API tells them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import alerts, listing, people, registry, words
from kernel.access import Actor
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import Spec
from tenant_apps.process.channels import Way, returned
from tenant_apps.process.models import Alert, Outgoing, Rule

PAGE = 30
IGNORED_AFTER = timedelta(days=3)
WRITABLE = (
    "name", "resource", "condition", "level", "anchor", "field", "kinds", "unit_of_time", "steps", "repeat", "facts", "per", "digest",
    "working", "ack_stops",
)  # fmt: skip
UNREADABLE = ("json", "refs", "long")
FIXED = ("owner", "unit", "created_by", "created_at", "updated_at")


# alerts --------------------------------------------------------------------------------------------------------------
def chosen(rows: QuerySet[Alert], asked: Any, member: int) -> QuerySet[Alert]:
    if asked.get("state", "open") == "open":
        rows = rows.filter(closed_at=None)
    if asked.get("mine") == "1":
        rows = rows.filter(told__contains=[member])
    if asked.get("level"):
        rows = rows.filter(level__in=asked.getlist("level"))
    if asked.get("rule", "").isdecimal():
        rows = rows.filter(rule=int(asked["rule"][:18]))
    key, _colon, pk = asked.get("of", "").partition(":")
    if pk.isdecimal():
        rows = rows.filter(subject=key, subject_id=int(pk[:18]))
    for word in words.asked(asked.get("q", "")):
        kinds = rows.order_by().values_list("subject", flat=True).distinct()
        named = Q(label__icontains=word) | Q(rule__search_text__contains=words.encode(word))
        rows = rows.filter(named | listing.about(kinds, word))
    return rows


def page(rows: QuerySet[Alert], cursor: str, actor: Actor) -> dict[str, Any]:
    text, _bar, key = cursor.partition("|")
    if cursor:
        try:
            at, pk = datetime.fromisoformat(text), int(key)
        except ValueError as bad:
            raise Refused(
                "bad_cursor", _("This page does not belong to this list. Please start again at the first page."), status=400
            ) from bad
        rows = rows.filter(opened_at__lte=at).filter(Q(opened_at__lt=at) | Q(pk__lt=pk))
    found = list(rows.select_related("rule").order_by("-opened_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return {"rows": [alert(row, actor) for row in found[:PAGE]], "next": f"{last.opened_at.isoformat()}|{last.pk}" if last else None}


def local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def alert(row: Alert, actor: Actor) -> dict[str, Any]:
    resource, names = registry.get(row.subject), people.members()
    hidden = actor.profile.hidden(row.subject).intersection(resource.model.named_by)
    return {
        "id": row.pk,
        "rule": {"id": row.rule_id, "label": row.rule.name},
        "level": row.level,
        "document": {
            "_key": row.subject,
            "id": row.subject_id,
            "label": f"#{row.subject_id}" if hidden else row.label,
            "kind": resource.label,
        },
        "since": local(row.since),
        "opened_at": local(row.opened_at),
        "step": row.step + 1,
        "steps": len(row.rule.steps),
        "count": row.count,
        "told": [names.get(one, f"#{one}") for one in row.told],
        "acknowledged_at": local(row.acknowledged_at) if row.acknowledged_at else None,
        "acknowledged_by": people.named("member", row.acknowledged_by),
        "reason": row.reason,
        "snoozed_until": local(row.snoozed_until) if row.snoozed_until else None,
        "closed_at": local(row.closed_at) if row.closed_at else None,
    }


def quality(now: datetime) -> list[dict[str, Any]]:
    """Per rule over all time: how many fired, whose cause was removed, which were taken up, which nobody answered."""
    answered = Q(acknowledged_at__isnull=False) | Q(snoozed_until__isnull=False)
    silent = Q(closed_at=None, opened_at__lt=now - IGNORED_AFTER) & ~answered
    lasted = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    counted = {
        row["rule"]: row
        for row in Alert.objects.filter(step__gte=0).order_by().values("rule").annotate(
            fired=Count("pk"), acted=Count("pk", filter=Q(closed_at__isnull=False)), answered=Count("pk", filter=answered),
            ignored=Count("pk", filter=silent), open=Count("pk", filter=Q(closed_at=None)), lasted=Avg(lasted),
        )
    }  # fmt: skip
    told = []
    for rule in Rule.objects.order_by("pk"):
        row: Any = counted.get(rule.pk, {})
        numbers = {name: row.get(name, 0) for name in ("fired", "acted", "answered", "ignored", "open")}
        hours = round(row["lasted"].total_seconds() / 3600) if row.get("lasted") else None
        told.append({"rule": {"id": rule.pk, "label": rule.name}, **numbers, "hours": hours})
    return told


# rules ---------------------------------------------------------------------------------------------------------------
def kind(resource: Resource) -> dict[str, Any]:
    fields = [field(spec) for spec in resource.fields.values() if spec.type not in ("json", "refs")]
    return {"key": resource.key, "label": resource.label, "fields": fields, "people": [*people_in(resource)], "events": events(resource)}


def field(spec: Spec) -> dict[str, Any]:
    told = {"name": f"custom.{spec.name}" if spec.custom else spec.name, "label": str(spec.label), "type": spec.type}
    return {**told, "options": [{"value": value, "label": str(label)} for value, label in spec.choices]} if spec.choices else told


def people_in(resource: Resource) -> list[dict[str, str]]:
    """Fields that name a colleague, of the document itself and of what it refers to."""
    from kernel import specs

    found = [{"name": name, "label": str(spec.label)} for name, spec in resource.own.items() if spec.type == "member" and name not in FIXED]
    for name, spec in resource.own.items():
        inner = specs.of_model(spec.target) if spec.type == "ref" and spec.target is not None else {}
        found += [
            {"name": f"{name}.{one}", "label": f"{spec.label} › {other.label}"}
            for one, other in inner.items()
            if other.type == "member" and one not in ("created_by", "updated_by")
        ]
    return found


def events(resource: Resource) -> list[dict[str, str]]:
    told = {"create": _("Created"), "change": _("Changed"), "note": _("Note"), "file": _("File added")}
    return [{"kind": f"{resource.key}.{verb}", "label": label} for verb, label in told.items()] + [
        {"kind": f"{resource.key}.{verb}", "label": str(action.label)} for verb, action in resource.verbs.items()
    ]


def ready(one: alerts.Ready, taken: bool) -> dict[str, Any]:
    return {"key": one.key, "name": str(one.name), "kind": str(registry.label(one.resource)), "level": one.level, "taken": taken}


# channels ------------------------------------------------------------------------------------------------------------
def way(kind: str, found: Way) -> dict[str, Any]:
    from tenant_apps.process.models import Channel

    settings = [{"name": one.name, "label": str(one.label), "required": one.required, "help": str(one.help)} for one in found.settings]
    label = str(Channel.Kind(kind).label)
    return {"kind": kind, "label": label, "settings": settings, "secret": str(found.secret), "address": str(found.address)}


def outgoing(row: Outgoing) -> dict[str, Any]:
    names = ("id", "title", "text", "address", "attempts", "answer", "receipt", "created_at", "sent_at", "next_at", "digest")
    return {**{name: getattr(row, name) for name in names}, "member": people.named("member", row.member), "why": returned.why(row)}
