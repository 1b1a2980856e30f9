"""What follows from one person's answer: kept with what the document said at that moment."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import files, saving
from kernel.access import Actor
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.approvals import buttons, naming
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.approvals.refusing import telling
from tenant_apps.approvals.running import Step, digest, note
from tenant_apps.organization import chart

PNG = "data:image/png;base64,"
MOST_SIGNATURE = 200_000


def mine(task: Task, verb: str, by: Actor) -> None:
    """Only whoever has a task does something with it, and only what their step offers."""
    if by.id is not None and task.owner != by.id:
        raise Refused("not_yours", _("This is for somebody else to decide. An administrator can hand it to you."), status=403)
    if by.id is not None and verb not in buttons.of_kind(task):
        raise Refused("not_offered", _("This step does not offer that."))


def begin(task: Task, verb: str, *, by: Actor, at: datetime) -> Step:
    """The step of the approval in which somebody acts. The approval was locked before the task."""
    mine(task, verb, by)
    step = Step(saving.lock(Approval(pk=task.approval_id)), by=by, at=at)
    if by.id is not None and verb not in buttons.offered(step.drawing.nodes[task.node], task) and verb not in ("take_back", "read"):
        raise Refused("not_offered", _("This step does not offer that."))
    return step


def may_return(step: Step, task: Task, node: str) -> None:
    """Whether a step lets it go back to that one."""
    allowed = step.drawing.nodes[task.node].given.get("return_to")
    if isinstance(allowed, list) and allowed and node not in allowed:
        raise Refused("not_passed", _("This step sends back only to certain steps. Choose one of those offered."))


def runs_again(step: Step, task: Task) -> bool:
    """Whether what is sent back from here runs all steps again, as the step says; otherwise it comes straight back."""
    given = step.drawing.nodes[task.node].given
    return "again" in (given.get("return_to"), given.get("after_return"))


def known(members: Iterable[int]) -> list[int]:
    """Colleagues who are here."""
    found, here = list(dict.fromkeys(members)), chart.chart().people
    if not found or any(one not in here for one in found):
        raise Invalid([FieldError("members", "not_found", _("It is not known here. Please choose it from the list."))])
    return found


def remark(task: Task, step: Step, comment: str, at: datetime, signature: str = "", *, unsigned: bool = False) -> None:
    """What was said, and about what."""
    node = step.drawing.nodes[task.node]
    asked = not unsigned and task.kind != Task.Kind.RESUBMIT and step.by.id is not None
    if asked and node.given.get("signature") and not signature:
        raise Invalid([FieldError("signature", "required", _("This step needs your signature."))])
    task.comment, task.decided_at = comment[:1000], at
    naming.tell(task, step.approval, comment, step.by, at)
    task.hash = digest(step.world.document)
    task.next_at = None
    if signature:
        task.signature = _stored(task, signature, step.by, at)


def _stored(task: Task, signature: str, by: Actor, at: datetime) -> int:
    try:
        content = base64.b64decode(signature.removeprefix(PNG), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not signature.startswith(PNG) or not content.startswith(b"\x89PNG") or len(content) > MOST_SIGNATURE:
        raise Invalid([FieldError("signature", "bad_image", _("A signature is a PNG image of at most 200 kB."))])
    file = files.begin(f"signature-{task.pk}.png", "image/png", len(content), by=by, at=at)
    files.put(file, content)
    return int(file.pk)


def decide(task: Task, agree: bool, *, by: Actor, at: datetime, comment: str, signature: str, chosen: Iterable[int] = ()) -> None:
    """Agree or refuse."""
    step = begin(task, "agree" if agree else "refuse", by=by, at=at)
    remark(task, step, comment, at, signature)
    asked = list(chosen)
    if asked:
        step.approval.chosen = {**step.approval.chosen, "": asked}
    with telling():
        step.engine.decide(task.place, agree)
    step.keep(task, Task.State.APPROVED if agree else Task.State.REJECTED)


def told(step: Step, verb: str, text: str, **data: Any) -> None:
    note(verb, step.approval, step.at, {"text": text, **data}, step.by)
