"""Which documents a rule concerns now, and how far up the ladder each of them has come."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from kernel import formulas, registry
from kernel.models import Event
from kernel.webhooks.models import wanted
from tenant_apps.organization import hours
from tenant_apps.process.models.rule import Rule

Instant = date | datetime
LONGEST = 120


class Hit(NamedTuple):
    """A document found: its id, what makes it one alert, since when it counts, which rung is reached."""

    pk: int
    since: datetime
    step: int
    documents: int = 1


def rows(rule: Rule, now: datetime) -> QuerySet[Any]:
    """The documents that have reached the first rung; `_step` and `_since` say more where the database can tell."""
    resource = registry.get(rule.resource)
    found = resource.queryset()
    if rule.condition.strip():
        found = found.filter(formulas.parse(rule.condition).condition(resource))
    if rule.anchor == Rule.Anchor.DATE:
        return found.filter(**{f"{rule.field}__lte": cuts(rule, now)[0]})
    if rule.anchor == Rule.Anchor.SILENT:
        return _silent(rule, found, now)
    return found


def found(rule: Rule, now: datetime, opened: dict[str, datetime]) -> dict[str, Hit]:
    """{key: hit}, one statement. `opened`: since when alerts of this rule are open already, for a rule that counts from there."""
    per = _column(rule)
    extra = {Rule.Anchor.DATE: [rule.field], Rule.Anchor.SILENT: ["_step"]}.get(Rule.Anchor(rule.anchor), [])
    marks = cuts(rule, now)
    hits: dict[str, Hit] = {}
    for pk, value, *more in rows(rule, now).order_by("pk").values_list("pk", per, *extra):
        key = str(value)[:LONGEST] if value is not None else f"#{pk}"
        hit = _hit(rule, pk, more[0] if more else opened.get(key, now), marks, now)
        other = hits.get(key)
        hits[key] = hit if other is None else max(other, hit, key=lambda one: one.step)._replace(documents=other.documents + 1)
    return hits


def _column(rule: Rule) -> str:
    return registry.get(rule.resource).own[rule.per].attname if rule.per else "pk"


def _hit(rule: Rule, pk: int, told: Any, marks: list[Instant], now: datetime) -> Hit:
    if rule.anchor == Rule.Anchor.SILENT:
        return Hit(pk, _moment(marks[told]), told)
    step = max((place for place, mark in enumerate(marks) if told <= mark), default=-1)
    return Hit(pk, _moment(told), step)


def _silent(rule: Rule, found: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Documents that are old enough and of which no such event is told since; each rung is one look at the events, not one a document."""
    marks = cuts(rule, now)
    kinds = [kind for kind in _kinds(rule) if wanted(rule.kinds, kind)] if rule.kinds.strip() else None

    def quiet(mark: Instant) -> Q:
        told = Event.objects.filter(subject=rule.resource, at__gt=mark)
        told = told if kinds is None else told.filter(kind__in=kinds)
        return Q(created_at__lte=mark) & ~Q(pk__in=told.values("subject_id"))

    steps = [When(quiet(mark), then=Value(place)) for place, mark in reversed(list(enumerate(marks)))]
    return found.annotate(_step=Case(*steps, default=Value(-1), output_field=IntegerField())).filter(_step__gte=0)


def _kinds(rule: Rule) -> list[str]:
    resource = registry.get(rule.resource)
    verbs = ["create", "change", "delete", "state", "note", "file", "import", *resource.verbs]
    return [f"{resource.key}.{verb}" for verb in verbs]


# time ----------------------------------------------------------------------------------------------------------------
def cuts(rule: Rule, now: datetime) -> list[Instant]:
    """For each rung the latest moment from which it is reached now."""
    days = [int(step["days"]) for step in rule.steps]
    if rule.unit_of_time == Rule.Unit.HOURS:
        return [now - timedelta(hours=n) for n in days]
    marks = [_shifted(now.date(), n) if rule.working else now.date() - timedelta(days=n) for n in days]
    if rule.anchor == Rule.Anchor.DATE and registry.get(rule.resource).own[rule.field].type == "date":
        return list(marks)
    return [datetime.combine(mark, time.max, now.tzinfo) if n <= 0 or rule.anchor == Rule.Anchor.DATE else
            datetime.combine(mark, now.timetz()) for mark, n in zip(marks, days, strict=True)]  # fmt: skip


def _shifted(day: date, count: int) -> date:
    """So many working days earlier, or later for a negative number; counted from the last working day there was."""
    while count > 0 and not hours.works_on(day):
        day -= timedelta(days=1)
    left, way = abs(count), timedelta(days=-1 if count > 0 else 1)
    while left:
        day += way
        left -= hours.works_on(day)
    return day


def _moment(told: Instant) -> datetime:
    return told if isinstance(told, datetime) else timezone.make_aware(datetime.combine(told, time.min))
