"""Which flow a call falls under. Read once per company: where there is none, nothing is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kernel import config, formulas
from kernel.holding import Wish
from kernel.refusals import Refused
from tenant_apps.approvals.models import Approval, Flow
from tenant_apps.approvals.vocabulary import Names
from tenant_apps.organization import chart
from tenants.context import PUBLIC


@dataclass(frozen=True)
class Rule:
    """A published flow, as far as it tells whether it applies."""

    flow: int
    kind: str
    company: int | None
    condition: str


def rules() -> dict[str, list[Rule]]:
    """The platform has no flows."""
    return {} if config.schema() == PUBLIC else config.cached("approval-rules", _load)


def _load() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    rows = Flow.objects.filter(state=Flow.State.PUBLISHED).order_by("priority", "company", "id")
    for pk, resource, verb, company, condition in rows.values_list("pk", "resource", "verb", "company_id", "condition"):
        found.setdefault(f"{resource}.{verb}", []).append(Rule(pk, f"{resource}.{verb}", company, condition))
    return found


def kinds() -> frozenset[str]:
    return config.cached("approval-kinds", lambda: frozenset(rules()))


def locking() -> frozenset[str]:
    """Document types with a flow, and those of which one is still being decided under a flow that was retired."""
    return frozenset() if config.schema() == PUBLIC else config.cached("approval-locking", _locking)


def _locking() -> frozenset[str]:
    of_flows = {key for key, _dot, verb in (kind.rpartition(".") for kind in rules()) if verb != "create"}
    running = Approval.objects.filter(open=True, subject_id__isnull=False)
    return frozenset(of_flows | set(running.values_list("resource", flat=True).distinct()))


def rule_for(wish: Wish) -> Rule | None:
    """The first flow whose company and condition fit."""
    found = rules().get(wish.kind, [])
    if not found:
        return None
    company = company_of(wish.document)
    names = Names(wish.document, wish.by.id or 0, dict(wish.values))
    return next((rule for rule in found if rule.company in (None, company) and _holds(rule, names)), None)


def company_of(document: Any) -> int | None:
    """The legal entity of a document: its own, or that of its department."""
    own = getattr(document, "company_id", None)
    return own if own is not None else chart.company_of(document.unit)


def _holds(rule: Rule, names: Names) -> bool:
    if not rule.condition:
        return True
    try:
        return formulas.parse(rule.condition).holds(names)
    except Refused:
        return True  # what cannot be told apart is decided by people
