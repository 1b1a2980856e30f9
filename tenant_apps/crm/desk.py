"""One opportunity on one page: its way through the stages, what was said, what came of it, and what stands against it."""

from __future__ import annotations

from typing import Any

from kernel import reading, registry
from kernel.access import Actor, visible
from tenant_apps.crm import contact_log, rivals
from tenant_apps.crm.models import Opportunity, Stage
from tenant_apps.crm.models.opportunity import stages

CHILDREN = ("quoting.quote", "contracts.contract", "sales.order")
SHOWN = 50


def desk(opportunity: Opportunity, actor: Actor) -> dict[str, Any]:
    resource = registry.get("crm.opportunity")
    return {
        "document": reading.render_document(resource, opportunity.pk, actor),
        "stages": [
            {
                "id": stage.pk, "name": str(stage), "probability": f"{stage.probability.normalize():f}", "days": stage.days,
                "items": _items(stage, opportunity) if stage.pk == opportunity.stage_id else [],
            }
            for stage in stages()
        ],
        "activities": contact_log.page("crm.opportunity", opportunity.pk, actor),
        "documents": documents(opportunity, actor),
        "rivals": rivals.of_opportunity(opportunity, actor),
    }  # fmt: skip


def _items(stage: Stage, opportunity: Opportunity) -> list[dict[str, Any]]:
    """The checklist of the stage it is in, as the reader calls it."""
    return [{"text": text, "done": item in opportunity.ticked} for item, text in zip(stage.items, stage.said(stage.items), strict=True)]


def documents(opportunity: Opportunity, actor: Actor) -> list[dict[str, Any]]:
    """What it came from and what has come of it, as far as the reader may see it."""
    found: list[dict[str, Any]] = []
    for ref in opportunity.chain:
        key, _sep, pk = ref.rpartition(":")
        found += _told(key, actor, pk=int(pk))
    for key in CHILDREN:
        found += _told(key, actor, customer=opportunity.customer_id, chain__contains=[f"crm.opportunity:{opportunity.pk}"])
    return found


def _told(key: str, actor: Actor, **where: Any) -> list[dict[str, Any]]:
    resource = registry.find(key)
    if resource is None or not actor.may(key, "read"):
        return []
    states = {one["value"]: one for one in resource.own["state"].options()}
    total = "total" if "total" in resource.own and "total" not in actor.profile.hidden(key) else ""
    return [
        {
            "_key": key, "id": row.pk, "label": str(row.number or row), "kind": resource.label, "date": row.business_date,
            "state": row.state, "state_label": states[row.state]["label"], "color": states[row.state]["color"], "amount": str(getattr(row, total)) if total else None,
        }
        for row in visible(actor, resource.queryset(), key).filter(**where).order_by("pk")[:SHOWN]
    ]  # fmt: skip
