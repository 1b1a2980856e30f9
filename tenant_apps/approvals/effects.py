"""What a flow does to the document on its way, and the document that a held creation will make."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from kernel import formulas, holding, registry, saving
from kernel.access import SYSTEM, Actor
from kernel.intake import Intake, read_document
from kernel.resources import Resource
from tenant_apps.approvals import refusing
from tenant_apps.approvals.drawing import Node
from tenant_apps.approvals.models import Approval
from tenant_apps.approvals.vocabulary import Names


def drafted(resource: Resource, approval: Approval) -> Any:
    """The document that a held creation will make, in memory."""
    intake, at = Intake(SYSTEM, lenient=True), approval.created_at
    values, lines = read_document(intake, resource, approval.call.get("values") or {}, new=True)
    assert at is not None
    document, kinds = saving.fresh(resource.model, values, lines, by=Actor(id=approval.owner, name="", unit_id=approval.unit), at=at)
    document.prepare(kinds, SYSTEM, at.date())
    return document


def set_fields(approval: Approval, document: Any, node: Node, names: Names, at: datetime) -> Any:
    """Write what a step says into the document, in the name of the product."""
    resource = registry.get(approval.resource)
    with refusing.at_node(node):
        told = {field: _sent(formulas.parse(text).value(names)) for field, text in (node.given.get("values") or {}).items()}
        intake = Intake(SYSTEM)
        values, _lines = read_document(intake, resource, told, new=False)
        intake.done()
    if document.pk is None:
        approval.call = {**approval.call, "values": {**(approval.call.get("values") or {}), **told}}
        for name, value in values.items():
            setattr(document, name, value)
        return document
    with holding.let_through(approval.resource, document.pk):
        return saving.change(document, values, by=SYSTEM, at=at)


def _sent(value: Any) -> Any:
    """A value as a program would send it."""
    return value.pk if isinstance(value, Model) else str(value) if value is not None and not isinstance(value, bool | str) else value
