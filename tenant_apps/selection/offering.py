"""Which tables and templates there are to begin with, and what can be said of a table before it is saved."""

from __future__ import annotations

import time
from typing import Any

from kernel.access import Actor
from kernel.refusals import Refused
from tenant_apps.selection import engine
from tenant_apps.selection.engine import Problem
from tenant_apps.selection.engine.table import Table
from tenant_apps.selection.models import Configuration, RuleSet

Json = dict[str, Any]
MOST = 200
AT_ONCE = 1
"""Second for which values are looked at while somebody waits; what is left is for a job."""
NOTHING: Json = {"cases": [], "impossible": False, "dead": [], "undecided": [], "unseen": 0, "contradictions": [], "unread": []}


def tables(actor: Actor) -> list[Json]:
    """The published versions; those being tested too for who writes tables."""
    states = [RuleSet.State.PUBLISHED, *([RuleSet.State.TESTING] if actor.may("selection.ruleset", "read") else [])]
    rows = RuleSet.objects.filter(state__in=states).select_related("series").defer("table").order_by("name", "-edition")[:MOST]
    return [
        {"id": row.pk, "name": row.name, "edition": row.edition, "state": row.state, "series": row.series.name if row.series else "", "item": row.item_id, "remark": row.remark}
        for row in rows
    ]  # fmt: skip


def templates(rule_set: int) -> list[Json]:
    """Configurations kept as templates (选型模版) of all versions of a table's name."""
    name = RuleSet.objects.filter(pk=rule_set).values_list("name", flat=True)[0]
    rows = Configuration.objects.filter(preset=True, rule_set__name=name).order_by("standard", "title")[:MOST]
    return [{"id": row.pk, "name": row.title or row.code, "standard": row.standard, "choices": row.choices} for row in rows]


def told(problem: Problem) -> Json:
    return {"path": problem.path, "code": problem.code, "detail": problem.sentence}


def _read(source: Any) -> tuple[Table | None, list[Json]]:
    try:
        table = engine.read(source)
        slow = engine.told_slow(engine.Machine(table))
        return (None if slow else table), [told(one) for one in slow]
    except engine.Bad as bad:
        return None, [told(one) for one in bad.problems]


def within(seconds: float) -> engine.GoOn:
    """Time to look at values."""
    until = time.monotonic() + seconds
    return lambda _done, _all: time.monotonic() < until


def analysed(source: Any, go_on: engine.GoOn, steps: int = engine.STEPS) -> Json:
    """Problems by cell, failing test cases, values that cannot be reached, rules that contradict each other."""
    table, problems = _read(source)
    if table is None:
        return {**NOTHING, "problems": problems}
    try:
        report, failed = engine.analysed(table, go_on, steps), engine.failures(engine.Machine(table))
    except Refused as refused:  # a formula that mixes kinds of values shows only when it is worked out
        return {**NOTHING, "problems": [told(Problem("table", refused.code, str(refused)))]}
    return {
        "problems": [],
        "cases": [told(one) for one in failed],
        "impossible": report.impossible,
        "dead": [{"option": option, "value": value} for option, value in report.dead],
        "undecided": [{"option": option, "value": value} for option, value in report.undecided],
        "unseen": report.unseen,
        "contradictions": [list(pair) for pair in report.contradictions],
        "unread": [{"code": code, "option": option} for code, option in report.unread],
    }
