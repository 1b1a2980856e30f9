"""What waits for one person, what they have decided, started and been copied on; page by page, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from kernel import people, reading, registry, words
from kernel.access import Actor
from kernel.refusals import Refused
from tenant_apps.approvals import buttons, entitled, hiding, showing, vocabulary
from tenant_apps.approvals.drawing import Node
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.approvals.running import drawing_of

S = Task.State
BOXES: dict[str, Q] = {
    "waiting": Q(state=S.ACTIVE) & ~Q(kind=Task.Kind.COPY),
    "done": ~Q(state__in=(S.ACTIVE, S.WAITING, S.CANCELLED, S.READ, S.SKIPPED)) & ~Q(kind=Task.Kind.COPY),
    "copied": Q(kind=Task.Kind.COPY),
}
MOST, FACTS = 100, 4
COUNTED = 10_000


def page(by: Actor, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """A page of one box, newest first."""
    box = asked.get("box") or "waiting"
    if box == "started":
        return _started(by, asked, at)
    if box not in BOXES:
        raise Refused("unknown_field", _("There is no box “%(name)s”.") % {"name": box[:40]}, status=400)
    rows = _narrowed(Task.objects.filter(BOXES[box], owner=by.id), asked, "approval__", at)
    found, following = _paged(rows.select_related("approval"), asked)
    facts = _facts([task.approval for task in found], by)
    return {"rows": [_card(task, facts, by, at) for task in found], "next": following, **_totals(rows, asked, by)}


def one(task: Task, by: Actor, at: datetime) -> dict[str, Any]:
    """The card of one task."""
    return _card(task, _facts([task.approval], by), by, at)


def _narrowed(rows: QuerySet[Any], asked: Mapping[str, str], prefix: str, at: datetime) -> QuerySet[Any]:
    if asked.get("resource"):
        rows = rows.filter(**{f"{prefix}resource": asked["resource"]})
    for word in words.asked(asked.get("q", "")):
        rows = rows.filter(**{f"{prefix}search_text__contains": words.encode(word)})
    if asked.get("late") == "1" and prefix:
        rows = rows.filter(due_at__lt=at)
    return rows


def _paged(rows: QuerySet[Any], asked: Mapping[str, str]) -> tuple[list[Any], str | None]:
    limit, cursor = asked.get("limit", "50"), asked.get("cursor", "")
    if not limit.isdecimal() or not 0 < int(limit) <= MOST:
        raise Refused("bad_limit", _("limit is a whole number from 1 to %(n)d.") % {"n": MOST}, status=400)
    if cursor and not (cursor.isdecimal() and len(cursor) < 19):
        raise Refused("bad_cursor", _("This cursor is not from here. Begin with the first page."), status=400)
    ordered = rows.order_by("-id")
    found = list((ordered.filter(id__lt=int(cursor)) if cursor else ordered)[: int(limit) + 1])
    more = len(found) > int(limit)
    found = found[: int(limit)]
    return found, str(found[-1].pk) if more else None


def _totals(rows: QuerySet[Any], asked: Mapping[str, str], by: Actor) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if asked.get("count"):
        told["count"] = rows[: COUNTED + 1].count()
    if asked.get("sum"):
        shown = {key for key in vocabulary.resources() if not veiled(key, by)}
        told_of = rows.filter(approval__resource__in=shown).exclude(hiding.without_amounts("approval__"))
        told["sums"] = {"amount": str(told_of.aggregate(sum=Sum("approval__amount"))["sum"] or "0.00")}
    return told


def counts(by: Actor, at: datetime) -> dict[str, int]:
    """How much waits, how much of it is late, and how many copies are unread; in one statement."""
    late = Count("id", filter=BOXES["waiting"] & Q(due_at__lt=at))
    open_ = Task.objects.filter(owner=by.id, state=S.ACTIVE)
    return open_.aggregate(waiting=Count("id", filter=BOXES["waiting"]), late=late, copied=Count("id", filter=BOXES["copied"]))


def waiting(member: int) -> int:
    """How much waits for somebody's decision."""
    return Task.objects.filter(BOXES["waiting"], owner=member).count()


# cards ---------------------------------------------------------------------------------------------------------------
def _facts(approvals: list[Approval], by: Actor) -> dict[tuple[str, int], list[dict[str, str]]]:
    """A few fields of each document, masked for the reader: one query per document type."""
    wanted: dict[str, set[int]] = {}
    for approval in approvals:
        if approval.subject_id is not None:
            wanted.setdefault(approval.resource, set()).add(approval.subject_id)
    found: dict[tuple[str, int], list[dict[str, str]]] = {}
    for key, ids in wanted.items():
        resource = registry.get(key)
        names = [name for name in resource.columns if name not in ("number", "state", resource.model.label_field, "total")]
        specs = {name: resource.own[name] for name in names[:FACTS] if resource.own[name].type not in ("json", "refs")}
        for row in reading.render_rows(resource, resource.queryset().filter(pk__in=ids), specs, by):
            shown = [{"label": str(spec.label), "text": _text(spec, row[name])} for name, spec in specs.items()]
            found[key, row["id"]] = [fact for fact in shown if fact["text"]]
    return found


def veiled(key: str, by: Actor) -> bool:
    """Whether the amount of such documents is hidden from this reader."""
    return bool({"total", "amount"} & by.profile.hidden(key))


def _text(spec: Any, value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("label", ""))
    if spec.choices:
        return str(dict(spec.choices).get(value, value or ""))
    return "" if value is None else str(value)


def _about(
    approval: Approval, facts: Mapping[tuple[str, int], list[dict[str, str]]], by: Actor, node: Node | None = None
) -> dict[str, Any]:
    resource = registry.get(approval.resource)
    key = (approval.resource, approval.subject_id or 0)
    untold = veiled(approval.resource, by) or (approval.open and hiding.of_node(node) & hiding.AMOUNTS)
    return {
        "approval": approval.pk, "document": {"_key": approval.resource, "id": approval.subject_id, "label": approval.subject},
        "resource_label": resource.label, "verb_label": showing.verb_label(approval), "by": people.named("member", approval.owner),
        "amount": None if approval.amount is None or untold else str(approval.amount), "currency": "", "facts": facts.get(key, []),
    }  # fmt: skip


def _card(task: Task, facts: Mapping[tuple[str, int], list[dict[str, str]]], by: Actor, at: datetime) -> dict[str, Any]:
    drawing = drawing_of(task.approval.flow_id)
    node = drawing.nodes.get(task.node)
    offered = buttons.offered(node, task) if node else buttons.of_kind(task)
    return {
        **_about(task.approval, facts, by, node), "id": task.pk, "version": task.version, "node_name": task.node_name, "kind": task.kind,
        "since": showing.stamp(task.since), "due": showing.stamp(task.due_at), "late": task.state == S.ACTIVE and task.due_at is not None and task.due_at < at,
        "state": task.state, "state_label": str(S(task.state).label), "color": showing.TASKS[task.state], "actions": sorted(offered),
        "signature": bool(node and node.given.get("signature")),
        "choose": node is not None and buttons.chooses(drawing, node.id), "decision_label": str(S(task.state).label), "decided_at": showing.stamp(task.decided_at),
        "comment": task.comment,
    }  # fmt: skip


def _started(by: Actor, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    rows = _narrowed(Approval.objects.filter(owner=by.id), asked, "", datetime.max)
    found, following = _paged(rows, asked)
    turns: dict[int, list[tuple[int, str, datetime | None]]] = {}
    active = Task.objects.filter(approval__in=[one.pk for one in found], state=S.ACTIVE).exclude(kind=Task.Kind.COPY).order_by("id")
    for approval, owner, name, due in active.values_list("approval_id", "owner", "node_name", "due_at"):
        turns.setdefault(approval, []).append((owner or 0, name, due))
    facts, fixed = _facts(found, by), entitled.past_withdrawing(found)
    shown = [
        {
            **_about(one, facts, by), **showing.state_of(one), "id": one.pk, "version": one.version, "since": showing.stamp(one.created_at),
            "waiting_for": [people.named("member", owner) for owner, _name, _due in turns.get(one.pk, ())],
            "node_name": next((name for _owner, name, _due in turns.get(one.pk, ())), ""), "due": None, "late": False,
            **showing.actions(one, by, at, fixed), "signature": False, "decision_label": str(Approval.State(one.state).label),
            "decided_at": showing.stamp(one.ended_at), "comment": one.outcome,
        }
        for one in found
    ]  # fmt: skip
    count = {"count": rows[: COUNTED + 1].count()} if asked.get("count") else {}
    return {"rows": shown, "next": following, **count}
