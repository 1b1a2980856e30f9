"""What a rule would have found last month, day by day, from the documents as they were: what has changed since is taken back by its events.

Documents that nothing happened to are judged by the database; the others are led back through their changes. References to other
documents are read as they are today, and documents deleted meanwhile are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from kernel import clock, formulas, registry
from kernel.access import Actor, visible
from kernel.models import Event
from kernel.refusals import Refused
from kernel.specs import Bad, Spec
from tenant_apps.process.engine import matching
from tenant_apps.process.models import Rule

DAYS, MOST, EXAMPLES = 30, 5000, 8
State = dict[str, Any]


class Month:
    """The last days of one rule."""

    def __init__(self, rule: Rule, actor: Actor) -> None:
        self.rule, self.resource = rule, registry.get(rule.resource)
        self.today = clock.now().date()
        self.days = [self.today - timedelta(days=n) for n in range(DAYS, -1, -1)]
        self.start = timezone.make_aware(datetime.combine(self.days[0], time.min))
        self.formula = formulas.parse(rule.condition) if rule.condition.strip() else None
        self.rows = visible(actor, self.resource.queryset(), rule.resource)
        self.marks = {day: matching.cuts(rule, _evening(day)) for day in self.days}

    def changes(self) -> dict[int, list[Event]]:
        """What happened to each document since the first day, the latest first."""
        found: dict[int, list[Event]] = defaultdict(list)
        for event in (
            Event.objects.filter(subject=self.rule.resource, at__gte=self.start).order_by("-id").only("subject_id", "at", "kind", "changes")
        ):
            found[event.subject_id].append(event)
        return found

    # one document ----------------------------------------------------------------------------------------------------
    def fired(self, levels: Iterator[int]) -> list[tuple[date, int]]:
        """The days on which a document came to a further rung, given the rung it stood on each evening."""
        before, found = next(levels), []
        for day, level in zip(self.days[1:], levels, strict=False):
            if level > before:
                found.append((day, level))
            before = level
        return found

    def rung(self, day: date, since: Any) -> int:
        """How far up the ladder something is on a day, counted from a moment."""
        marks = self.marks[day]
        if since is None:
            return -1
        if isinstance(since, datetime) and not isinstance(marks[0], datetime):
            since = since.date()
        return max((place for place, mark in enumerate(marks) if since <= mark), default=-1)

    def unchanged(self, since: Any) -> list[tuple[date, int]]:
        """Of a document for which the condition held all the time."""
        if self.rule.anchor == Rule.Anchor.HOLDS:
            return []
        return self.fired(self.rung(day, since) for day in self.days)

    def changed(self, document: Any, events: list[Event]) -> list[tuple[date, int]]:
        """Of a document that was led back: its values each evening, and what follows from them."""
        evenings = list(self.evenings(document, events))[::-1]
        begun: date | None = None
        levels = []
        for day, state in zip(self.days, evenings, strict=True):
            holds = state is not None and self.holds(state)
            begun = (begun or day) if holds else None
            levels.append(self.rung(day, self.since(document, events, day, state, begun)) if holds and state else -1)
        return self.fired(iter(levels))

    def evenings(self, document: Any, events: list[Event]) -> Iterator[State | None]:
        """The document's values on each evening, the last day first; None before it was there."""
        names = {name.partition(".")[0] for name in self.formula.names} if self.formula else set()
        state: State = {name: _read(document, name) for name in names | {self.rule.field} - {""}}
        state["custom"] = dict(document.custom)
        left, there = list(events), True
        for day in reversed(self.days):
            while left and left[0].at > _evening(day):
                event = left.pop(0)
                there = there and not event.kind.endswith((".create", ".import"))
                self.take_back(state, event)
            yield dict(state) if there else None

    def take_back(self, state: State, event: Event) -> None:
        for column, pair in event.changes.items():
            name = column.removesuffix("_id") if column not in self.resource.own else column
            if name in state and isinstance(pair, list) and name in self.resource.own:
                state[name] = _value(self.resource.own[name], pair[0])

    def holds(self, state: State) -> bool:
        if self.formula is None:
            return True
        try:
            return self.formula.holds(state)
        except Refused:  # a reference that has changed cannot be followed back
            return False

    def since(self, document: Any, events: list[Event], day: date, state: State | None, begun: date | None) -> Any:
        if self.rule.anchor == Rule.Anchor.DATE:
            return (state or {}).get(self.rule.field)
        if self.rule.anchor == Rule.Anchor.HOLDS:
            return _evening(begun) if begun and begun > self.days[0] else None
        told = [event.at for event in events if event.at <= _evening(day) and self.counts(event)]
        return max(told, default=document.__dict__.get("_last") or document.created_at)

    def counts(self, event: Event) -> bool:
        return not self.rule.kinds.strip() or matching.wanted(self.rule.kinds, event.kind)

    # all documents ---------------------------------------------------------------------------------------------------
    def last_events(self, rows: list[int]) -> Mapping[int, datetime]:
        """For a rule that counts from silence: when each document was last heard of before the first day."""
        if self.rule.anchor != Rule.Anchor.SILENT:
            return {}
        told = Event.objects.filter(subject=self.rule.resource, subject_id__in=rows, at__lt=self.start).order_by()
        return dict(told.values_list("subject_id").annotate(last=Max("at")))

    def quiet_rows(self, touched: list[int]) -> QuerySet[Any]:
        found = self.rows.filter(created_at__lt=self.start).exclude(pk__in=touched)
        return found.filter(self.formula.condition(self.resource)) if self.formula else found


def month(rule: Rule, actor: Actor) -> dict[str, Any]:
    """How often the rule would have fired, on which days, and examples."""
    the = Month(rule, actor)
    events = the.changes()
    touched = list(the.rows.filter(pk__in=list(events)).order_by("-pk")[:MOST])
    quiet = list(the.quiet_rows(list(events)).order_by("-pk").values_list("pk", rule.field or "created_at")[:MOST])
    last = the.last_events([document.pk for document in touched] + [pk for pk, _since in quiet])
    fired: list[tuple[date, int, int]] = []
    for document in touched:
        document.__dict__["_last"] = last.get(document.pk)
        fired += [(day, level, document.pk) for day, level in the.changed(document, events[document.pk])]
    for pk, since in quiet:
        fired += [(day, level, pk) for day, level in the.unchanged(last.get(pk, since))]
    per_day = Counter(day for day, _level, _pk in fired)
    chosen = sorted(fired, reverse=True)[:EXAMPLES]
    labels = {row.pk: str(row) for row in the.rows.filter(pk__in=[pk for _day, _level, pk in chosen])}
    return {
        "from": the.days[1].isoformat(),
        "to": the.today.isoformat(),
        "count": len(fired),
        "documents": len({pk for _day, _level, pk in fired}),
        "steps": [sum(level == place for _day, level, _pk in fired) for place in range(len(rule.steps))],
        "days": [{"day": day.isoformat(), "count": per_day[day]} for day in the.days[1:]],
        "rows": [{"day": day.isoformat(), "step": level, "document": {"_key": rule.resource, "id": pk, "label": labels.get(pk, f"#{pk}")}} for day, level, pk in chosen],
        "complete": len(touched) < MOST and len(quiet) < MOST,
    }  # fmt: skip


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _read(document: Any, name: str) -> Any:
    return getattr(document, name, None)


def _value(spec: Spec, text: str | None) -> Any:
    """A value as its event kept it."""
    try:
        return None if text in (None, "None") else spec.parse(text)
    except Bad:
        return None
