"""Fields that a step keeps from those who decide there, as long as it is being decided (W-1.4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from kernel import config
from kernel.access import Actor
from kernel.resources import Resource
from kernel.specs import Spec
from tenant_apps.approvals.drawing import Node
from tenant_apps.approvals.models import Approval, Flow, Task
from tenants.context import PUBLIC

S = Task.State
OPEN = (S.ACTIVE, S.WAITING, S.DELEGATED)
AMOUNTS = frozenset({"total", "amount"})
"""What an approval itself repeats as its amount."""
Steps = Mapping[tuple[int, str], frozenset[str]]


def hideable(resource: Resource) -> dict[str, tuple[str, Spec]]:
    """{name: (label, spec)} of what a step may hide: all but what the document is called by."""
    called = {"number", "state", resource.model.label_field, *resource.model.named_by}
    found = {name: (str(spec.label), spec) for name, spec in resource.fields.items() if name not in called}
    for kind, specs in resource.line_specs.items():
        title = resource.line_parts[kind].title
        found |= {f"{kind}.{name}": (f"{title} · {spec.label}", spec) for name, spec in specs.items()}
    return found


def of_node(node: Node | None) -> frozenset[str]:
    return frozenset(node.given.get("hidden") or ()) if node is not None else frozenset()


def steps() -> Mapping[str, Steps]:
    """{document type: {(flow, step): fields}} of the flows under which something may run; the platform has no flows."""
    return {} if config.schema() == PUBLIC else config.cached("approval-hiding", _load)


def _load() -> dict[str, dict[tuple[int, str], frozenset[str]]]:
    found: dict[str, dict[tuple[int, str], frozenset[str]]] = {}
    used = Q(state=Flow.State.PUBLISHED) | Q(pk__in=Approval.objects.filter(open=True).values("flow"))
    for pk, resource, plan in Flow.objects.filter(used).values_list("pk", "resource", "plan"):
        for node in plan.get("nodes", ()):
            if node.get("hidden"):
                found.setdefault(resource, {})[pk, node["id"]] = frozenset(node["hidden"])
    return found


def types() -> frozenset[str]:
    return frozenset(steps())


def veils(key: str, by: Actor) -> dict[int, frozenset[str]]:
    """{document: fields hidden from this reader}: by the steps that wait for them, else by those at which they were asked."""
    hidden = steps().get(key, {})
    rows = Task.objects.filter(
        owner=by.id, approval__open=True, approval__resource=key, approval__flow__in={flow for flow, _node in hidden}
    )
    now: dict[int, set[str]] = {}
    before: dict[int, set[str]] = {}
    for pk, flow, node, state in rows.values_list("approval__subject_id", "approval__flow", "node", "state"):
        place = now if state in OPEN else before
        place.setdefault(pk or 0, set()).update(hidden.get((flow, node), ()))
    return {pk: frozenset(names) for pk, names in {**before, **now}.items() if names and pk}


def without_amounts(prefix: str) -> Q:
    """Tasks of steps at which the amount is hidden."""
    found = Q(pk__in=[])
    for of_type in steps().values():
        for (flow, node), names in of_type.items():
            if names & AMOUNTS:
                found |= Q(**{f"{prefix}flow": flow, f"{prefix}open": True, "node": node})
    return found


def told(resource: Resource) -> list[dict[str, Any]]:
    """What the designer offers."""
    return [{"name": name, "label": label, "type": spec.type} for name, (label, spec) in hideable(resource).items() if spec.type != "json"]
