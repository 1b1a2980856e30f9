"""What a rule finds now, for whoever writes it: counts a rung, examples, and who would be told. Nothing is written, nobody is told."""

from __future__ import annotations

from typing import Any

from kernel import clock, people, registry
from kernel.access import Actor, visible
from tenant_apps.process.engine import matching, telling
from tenant_apps.process.engine import people as meant
from tenant_apps.process.models import Alert, Rule

EXAMPLES = 8


def now(rule: Rule, actor: Actor) -> dict[str, Any]:
    at, resource = clock.now(), registry.get(rule.resource)
    hits = {key: hit for key, hit in matching.found(rule, at, {}).items() if hit.step >= 0}
    if actor.condition(rule.resource, "read", resource.model) is not None:
        mine = set(visible(actor, resource.queryset(), rule.resource).values_list("pk", flat=True))
        hits = {key: hit for key, hit in hits.items() if hit.pk in mine}
    counts = [sum(hit.step == place for hit in hits.values()) for place in range(len(rule.steps))]
    chosen = sorted(hits.values(), key=lambda hit: (-hit.step, hit.since))[:EXAMPLES]
    names = telling.columns(resource, rule)
    rows = {row["id"]: row for row in resource.queryset().filter(pk__in=[hit.pk for hit in chosen]).values(*names)}
    return {"count": len(hits), "steps": counts, "rows": [_told(rule, hit, rows[hit.pk], actor) for hit in chosen if hit.pk in rows]}


def _told(rule: Rule, hit: matching.Hit, row: dict[str, Any], actor: Actor) -> dict[str, Any]:
    names = people.members()
    seen = Alert(rule=rule, subject=rule.resource, subject_id=hit.pk, since=hit.since, step=hit.step, count=hit.documents)
    document = {"_key": rule.resource, "id": hit.pk, "label": telling.line(actor, rule, row)}
    told = [names.get(member, f"#{member}") for member in meant.meant(rule.steps[hit.step], row)]
    return {"document": document, "step": hit.step, "text": telling.sentence(actor, rule, seen, row, clock.now()), "to": told}
