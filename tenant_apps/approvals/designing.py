"""What the designer of flows asks: what can be decided about, in which words, and what is wrong with a drawing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import formulas, registry, saving
from kernel.access import Actor
from kernel.actions import perform
from kernel.refusals import Refused
from kernel.resources import Resource
from tenant_apps.approvals import checking, expanding, hiding, templates, vocabulary
from tenant_apps.approvals.actions import flows
from tenant_apps.approvals.models import Flow
from tenant_apps.approvals.templates import STARRED

S = Flow.State


def errors(resource: Resource, verb: str, condition: Any, drawing: Any) -> list[dict[str, Any]]:
    """All that is wrong with a flow as it stands in the designer."""
    found = [one.told() for one in checking.everything(drawing, resource, verb)]
    if condition:
        try:
            formulas.parse(str(condition), vocabulary.names(resource, verb))
        except Refused as refused:
            found.insert(0, checking.Problem("condition", refused.code, str(refused.sentence), at=refused.extra.get("at")).told())
    return found


def names(resource: Resource, verb: str) -> dict[str, Any]:
    rows = []
    for name, (label, spec) in vocabulary.names(resource, verb).items():
        options = {"options": spec.options()} if spec.choices else {}
        target = {"resource": registry.of(spec.target).key} if spec.target is not None and registry.of(spec.target) else {}  # type: ignore[union-attr]
        rows.append({"name": name, "label": label, "type": spec.type, **options, **target})
    editable = [
        {"name": name, "label": str(resource.own[name].label), "type": resource.own[name].type} for name in sorted(resource.writable)
    ]
    editable += [{"name": name, "label": str(part.title), "type": "lines"} for name, part in resource.line_parts.items() if not part.fixed]
    return {"names": rows, "editable": editable, "hideable": hiding.told(resource)}


def kinds() -> list[dict[str, Any]]:
    """Document types with their actions, and the flow under which each is."""
    on = {
        (flow.resource, flow.verb): {"id": flow.pk, "label": flow.name}
        for flow in Flow.objects.filter(state=S.PUBLISHED).order_by("-priority", "-id")
    }
    return [
        {
            "resource": key,
            "label": resource.label,
            "verbs": [
                {"verb": verb, "label": label, "kind": f"{key}.{verb}", "usual": f"{key}.{verb}" in STARRED, "flow": on.get((key, verb))}
                for verb, label in vocabulary.verbs(resource).items()
            ],
        }
        for key, resource in vocabulary.resources().items()
    ]


def whole_drawing(drawing: dict[str, Any]) -> dict[str, Any]:
    return expanding.expanded(drawing)


def draft_of(name: str, resource: Resource, verb: str, *, by: Actor, at: datetime) -> Flow:
    """A draft of a ready flow for an action."""
    by.require("approvals.flow", "create", label=registry.get("approvals.flow").label)
    found = templates.library().get(name)
    if found is None:
        raise Refused("not_found", _("There is no such template."), status=404)
    label = vocabulary.verbs(resource).get(verb, verb)
    values = {"name": f"{resource.label} · {label}"[:80], "resource": resource.key, "verb": verb, "drawing": templates.drawing_of(found)}
    return saving.create(Flow, values, by=by, at=at)


def switch(resource: Resource, verb: str, on: bool, *, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Put an action under approval by the usual three levels; or take it out, with all flows it has."""
    published = list(Flow.objects.filter(resource=resource.key, verb=verb, state=S.PUBLISHED))
    if not on:
        for flow in published:
            perform(flows.retire, flow, by=by, at=at, values={})
        return None
    if not published:
        published = [perform(flows.publish, draft_of("three_levels", resource, verb, by=by, at=at), by=by, at=at, values={})]  # type: ignore[list-item]
    return {"id": published[0].pk, "label": str(published[0])}
