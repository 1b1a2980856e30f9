"""From what somebody sent to what the kernel does: finding the document, checking what may be changed, reading an action's parameters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import holding, saving, typed
from kernel.access import Actor, visible
from kernel.actions import Action, perform
from kernel.intake import Intake, read_document
from kernel.refusals import Refused
from kernel.resources import Resource


def not_found() -> Refused:
    """One answer for what is not there and for what is not the reader's to see."""
    return Refused("not_found", _("There is nothing here, or it is not yours to see."), status=404)


def find(resource: Resource, pk: int, actor: Actor) -> Any:
    """A document this member may see."""
    actor.require(resource.key, "read", label=resource.label)
    found = visible(actor, resource.queryset(), resource.key).filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def handle(resource: Resource, pk: int, actor: Actor) -> Any:
    """A mere handle for a change: the kernel locks and reads the row itself. Only a reader of some rows needs a look first."""
    actor.require(resource.key, "read", label=resource.label)
    narrowed = type(resource).queryset is not Resource.queryset
    if narrowed or actor.company is not None or (not actor.everywhere(resource.key, "read") and resource.model.row_scoped):
        return find(resource, pk, actor)
    model: Any = resource.model
    return model(pk=pk)


def changeable(resource: Resource, document: Any, verb: str, actor: Actor) -> None:
    """Refuse a change that the member, or the document's state, does not allow."""
    actor.require(resource.key, verb, document, resource.label)
    if not resource.editable(document) and not resource.has_state:
        raise Refused("not_editable", _("“%(label)s” follows from other documents and is not edited by hand.") % {"label": resource.label})
    if not resource.editable(document):
        told = {"document": document, "state": document.get_state_display()}
        raise Refused("wrong_state", _("%(document)s is “%(state)s” and can no longer be edited. Use one of its actions instead.") % told)


def known(resource: Resource, verb: str) -> Action:
    """An action by its verb."""
    found = resource.verbs.get(verb)
    if found is None:
        raise Refused("unknown_verb", _("There is no action “%(verb)s” here.") % {"verb": verb[:60]}, status=400)
    return found


def read_params(action: Action, data: dict[str, Any], by: Actor) -> dict[str, Any]:
    """An action's parameters, checked like fields; unknown ones are refused."""
    intake = Intake(by)
    for name in sorted(set(data) - set(action.params) - {"version"}):
        intake.fail(name, "unknown_field", _("There is no field “%(name)s” here.") % {"name": name})
    values = intake.fields(action.params, data, complete=True)
    intake.settle()
    intake.done()
    return {name: value for name, value in values.items() if value is not None or action.params[name].required}


def create(resource: Resource, data: dict[str, Any], *, by: Actor, at: datetime) -> Any:
    """Make a document as somebody asks; None when that waits for an approval."""
    intake = Intake(by)
    values, lines = read_document(intake, resource, data, new=True)
    intake.done()
    typed.take(resource, data, values, by)
    if f"{resource.key}.create" in holding.port.kinds():
        drafts, wrong = saving.draft_many(resource.model, [(values, lines)], by=by, at=at)
        if not wrong and holding.held(resource.key, "create", drafts[0][0], lambda: data, by=by, at=at):
            return None
    return saving.create(resource.model, values, lines, by=by, at=at)


def change(resource: Resource, document: Any, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Change a locked document as somebody asks."""
    changeable(resource, document, "change", by)
    intake = Intake(by)
    values, lines = read_document(intake, resource, data, new=False)
    intake.done()
    typed.take(resource, data, values, by, document)
    if not holding.held(resource.key, "change", document, lambda: without_version(data), by=by, at=at):
        saving.change(document, values, lines, by=by, at=at)


def version_of(data: dict[str, Any]) -> int | None:
    """The version in which what is to be changed was read."""
    version = data.get("version")
    if version is not None and type(version) is not int:
        raise Refused("bad_version", _("version must be the whole number that was read."), status=400)
    return version


def without_version(data: dict[str, Any]) -> dict[str, Any]:
    """What was sent, but for the version it was read in."""
    return {name: value for name, value in data.items() if name != "version"}


def remove(resource: Resource, document: Any, *, by: Actor, at: datetime) -> None:
    """Delete a locked document as somebody asks."""
    if not resource.deletable:
        raise Refused("not_deletable", _("“%(label)s” is kept for good.") % {"label": resource.label})
    changeable(resource, document, "delete", by)
    if not holding.held(resource.key, "delete", document, dict, by=by, at=at):
        saving.delete(document, by=by, at=at)


def carry_out(resource: Resource, document: Any, verb: str, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """One verb, `change` and `delete` among them, on a locked document."""
    if verb == "delete":
        remove(resource, document, by=by, at=at)
    elif verb == "change":
        change(resource, document, data, by=by, at=at)
    else:
        action = known(resource, verb)
        perform(action, document, by=by, at=at, values=read_params(action, data, by))
