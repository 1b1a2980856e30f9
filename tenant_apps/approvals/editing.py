"""What whoever decides may change of the document meanwhile, kept with their task so that later ones see it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kernel import holding, registry, saving
from kernel.access import Actor
from kernel.intake import Intake, read_document
from kernel.models import Event
from kernel.refusals import FieldError, Invalid
from tenant_apps.approvals import matching
from tenant_apps.approvals.holding import editable
from tenant_apps.approvals.models import Task
from tenant_apps.approvals.running import Step


def edit(step: Step, task: Task, data: dict[str, Any]) -> None:
    """Change the fields that this step may change."""
    approval, resource = step.approval, registry.get(step.approval.resource)
    allowed = editable(approval, [(task.owner or 0, task.node)], Actor(id=task.owner, name=""))
    beyond = sorted(set(data) - allowed)
    if beyond or not data:
        raise Invalid([FieldError(name, "not_editable", _("This step may not change that field.")) for name in beyond or ["values"]])
    intake = Intake(step.by)
    values, lines = read_document(intake, resource, data, new=False)
    intake.done()
    if approval.subject_id is None:
        approval.call = {**approval.call, "values": {**approval.call.get("values", {}), **data}}
        saving.store(approval, by=step.by, at=step.at)
        return
    with holding.let_through(approval.resource, approval.subject_id):
        saving.change(step.world.document, values, lines, by=step.by, at=step.at)


def record(document: Any, event: Event, by: Actor) -> None:
    """Note a change of a document that is being decided about with the task of whoever made it."""
    if event.subject not in matching.locking() or by.id is None:
        return
    found = Task.objects.filter(
        approval__resource=event.subject, approval__subject_id=document.pk, approval__open=True, owner=by.id, state=Task.State.ACTIVE
    ).exclude(kind=Task.Kind.COPY)
    for pk in found.values_list("pk", flat=True)[:1]:
        task = saving.lock(Task(pk=pk))
        task.edits = [*task.edits, {"at": event.at.isoformat(), "changes": event.changes}]
        saving.store(task, by=by, at=event.at)
