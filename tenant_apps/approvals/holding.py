"""The kernel's port: a call is kept, and its document locked until it is decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kernel import calls, holding, people, registry, saving, words
from kernel.access import SYSTEM, Actor
from kernel.documents import coming_from
from kernel.holding import Lock, Wish
from kernel.refusals import Refused
from tenant_apps.approvals import approvers, choosing, hiding, matching, vocabulary
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.approvals.running import Step, begun, drawing_of

FEW = 3
S = Approval.State


def hold(wish: Wish) -> dict[str, Any] | None:
    """Keep a call under the flow it falls under; None when there is none, or when nobody needs to agree."""
    rule = matching.rule_for(wish)
    if rule is None:
        return None
    approval = Approval(**_values(wish, rule.flow))
    approval.progress = begun(approval)
    choosing.ask(approval, wish.document, wish.at)
    step = Step(approval, by=wish.by, at=wish.at, document=wish.document)
    step.engine.start()
    if step.engine.outcome == "rejected":
        node = step.drawing.nodes[step.engine.state["end"]]
        raise Refused(
            "no_approver", _("Nobody can decide at “%(step)s”. An administrator can name somebody in the flow.") % {"step": node.title}
        )
    through = step.engine.outcome == "approved"
    more = {"state": S.APPROVED, "open": False, "done_at": wish.at, "ended_at": wish.at} if through else {}
    values = _values(wish, rule.flow) | {"call": approval.call, "progress": step.engine.state, **more}
    step.approval = saving.create(Approval, values, by=wish.by, at=wish.at)
    step.keep()
    return None if through else told(step.approval)


def _values(wish: Wish, flow: int) -> dict[str, Any]:
    document, by = wish.document, wish.by
    source = coming_from(document) if document.pk is not None else {}
    return {
        **source, "flow_id": flow, "resource": wish.key, "verb": wish.verb, "subject": _label(wish), "subject_id": document.pk,
        "amount": approvers.measured(document, "amount"), "owner": by.id, "unit": by.unit_id, "created_at": wish.at,
        "call": {"values": dict(wish.values), "version": document.version, "language": by.language}, "chosen": dict(calls.current().chosen),
    }  # fmt: skip


def _label(wish: Wish) -> str:
    if wish.document.pk is not None:
        return str(wish.document)[:120]
    title = str(getattr(wish.document, wish.document.label_field, "") or "")
    return f"{registry.get(wish.key).label} {title}".strip()[:120]


def go_on_with(approval: int, verbs: Sequence[str]) -> None:
    found = calls.current().locked[(Approval, approval)]
    found.call = {**found.call, "then": list(verbs)}
    saving.store(found, by=SYSTEM, at=found.updated_at)


# who has it ----------------------------------------------------------------------------------------------------------
def told(approval: Approval) -> dict[str, Any]:
    """What the answer to a held call says."""
    waiting = [one for one, _node in deciding(approval)]
    sentence = (
        _("It is decided first by %(who)s. You will hear of it.") % {"who": _named(waiting)}
        if waiting
        else _("It waits. You will hear of it.")
    )
    return {"approval": approval.pk, "waiting_for": [people.named("member", one) for one in waiting], "text": sentence}


def deciding(approval: Approval) -> list[tuple[int, str]]:
    """Whose turn it is, and at which step."""
    rows = Task.objects.filter(approval=approval, state=Task.State.ACTIVE).exclude(kind=Task.Kind.COPY).order_by("id")
    return [(owner or 0, node) for owner, node in rows.values_list("owner", "node")]


def _named(members: Sequence[int]) -> str:
    names = people.members()
    return words.listed(names.get(one, f"#{one}") for one in list(dict.fromkeys(members))[:FEW])


def lock_of(key: str, pk: int, by: Actor) -> Lock | None:
    """Who has a document now."""
    approval = Approval.objects.filter(resource=key, subject_id=pk, open=True).first()
    if approval is None:
        return None
    turns = deciding(approval) if approval.state == S.RUNNING else []
    return Lock(approval.pk, list(dict.fromkeys(one for one, _node in turns)), sentence(approval, turns), editable(approval, turns, by))


def sentence(approval: Approval, turns: Sequence[tuple[int, str]]) -> str:
    verb = vocabulary.verbs(registry.get(approval.resource)).get(approval.verb, approval.verb)
    about = {"document": approval.subject, "action": verb, "who": _named([one for one, _node in turns])}
    if approval.state == S.FAILED:
        return (
            _("“%(action)s” of %(document)s was agreed to but could not be carried out. Try it again or withdraw it on the approval.")
            % about
        )
    if approval.state == S.APPROVED:
        return _("“%(action)s” of %(document)s was agreed to and is just being carried out.") % about
    if not turns:
        return _("“%(action)s” of %(document)s is being decided. It can be changed again when that is over, or withdrawn.") % about
    return _("“%(action)s” of %(document)s is being decided by %(who)s. It can be changed again when that is over, or withdrawn.") % about


def editable(approval: Approval, turns: Sequence[tuple[int, str]], by: Actor) -> frozenset[str]:
    """The fields that this person may change while it is their turn."""
    mine = {node for one, node in turns if one == by.id}
    if not mine:
        return frozenset()
    drawing, resource = drawing_of(approval.flow_id), registry.get(approval.resource)
    found: set[str] = set()
    for node in mine:
        if drawing.nodes[node].kind == "start":
            found |= resource.writable | set(resource.line_parts)
        found |= set(drawing.nodes[node].given.get("editable") or ())
    return frozenset(found)


def connect() -> None:
    """Answer the kernel's questions."""
    holding.port.kinds, holding.port.locking = matching.kinds, matching.locking
    holding.port.hiding, holding.port.veils = hiding.types, hiding.veils
    holding.port.hold, holding.port.lock_of, holding.port.go_on_with = hold, lock_of, go_on_with
