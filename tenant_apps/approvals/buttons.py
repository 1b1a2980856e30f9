"""Which verbs a step offers to whoever has it."""

from __future__ import annotations

from tenant_apps.approvals.drawing import Drawing, Node
from tenant_apps.approvals.models import Task

S = Task.State
USUAL = ("agree", "refuse", "return", "add_before", "add_after", "add_beside", "hand_over", "delegate", "copy")
ALWAYS = {"agree"}
WITH_OTHERS = ("add_before", "add_after", "add_beside")


def of_kind(task: Task) -> set[str]:
    """What can be done with a task of its kind at all, in its present state."""
    if task.kind == Task.Kind.COPY:
        return {"read"} if task.state == S.ACTIVE else set()
    if task.kind == Task.Kind.RESUBMIT:
        return {"agree", "edit", "copy"} if task.state == S.ACTIVE else set()
    if task.state in (S.WAITING, S.DELEGATED):
        return {"remove"}
    if task.state == S.APPROVED:
        return {"take_back"}
    return {*USUAL, "edit", "remove"} if task.state == S.ACTIVE else set()


def offered(node: Node, task: Task) -> set[str]:
    """What this very step offers of it."""
    found = of_kind(task)
    if task.kind in (Task.Kind.COPY, Task.Kind.RESUBMIT):
        return found
    if isinstance(node.given.get("buttons"), list):
        named = set(node.given["buttons"]) | ALWAYS | ({"remove"} if set(WITH_OTHERS) & set(node.given["buttons"]) else set())
        found &= named | {"edit", "take_back", "read"}
    if node.kind == "handle":
        found -= {"refuse"}
    if not node.given.get("editable"):
        found -= {"edit"}
    return found


def chooses(drawing: Drawing, key: str) -> bool:
    """Whether whoever decides at a step says who is asked next."""
    sources = (source for node in drawing.asked_next(key) for source in node.given.get("who") or ())
    return any(source.get("source") == "chosen_by_previous" for source in sources)
