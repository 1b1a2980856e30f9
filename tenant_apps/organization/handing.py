"""Carrying out a handover, and everything back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import doors, formulas, handing, people, registry, saving
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.api.me import MemberView
from kernel.handing import Documents, Kind
from kernel.refusals import Help, Refused
from tenant_apps.organization import chart, introducing
from tenant_apps.organization.handover import UNDONE_WITHIN, Handover, HandoverPart
from tenant_apps.organization.models import Member, Unit

S = Handover.State
Moves = dict[str, list[tuple[int, list[int]]]]
"""{kind: [(receiver, ids)]}"""


class Heads(Kind):
    """Departments that somebody leads."""

    key = "organization.unit.head"
    label = _("Departments led")

    def held(self, member: int) -> list[int]:
        return list(Unit.objects.filter(head=member).order_by("pk").values_list("pk", flat=True))

    def move(self, ids: Sequence[int], giver: int, to: int, unit: int | None, *, by: Actor, at: datetime) -> None:
        for department in Unit.objects.filter(pk__in=ids).order_by("pk"):
            saving.change(department, {"head": to}, by=by, at=at)


handing.add(Heads())


def planned(handover: Handover) -> Moves:
    """What would go to whom now."""
    parts = list(handover.parts.all())
    found: Moves = {}
    for key, kind in handing.kinds().items():
        left = kind.held(handover.giver)
        for part in parts if left else ():
            taken = _fitting(part, key, kind, handover.giver, left)
            if taken:
                found.setdefault(key, []).append((part.receiver, taken))
                gone = set(taken)
                left = [one for one in left if one not in gone]
    return found


def _fitting(part: HandoverPart, key: str, kind: Kind, giver: int, left: list[int]) -> list[int]:
    if part.kind not in ("", key):
        return []
    if not part.rule or not isinstance(kind, Documents):
        return left
    chosen = set(kind.held(giver, formulas.parse(part.rule).condition(kind.resource)))
    return [one for one in left if one in chosen]


def counts(member: int) -> list[dict[str, Any]]:
    """What somebody has, by kind."""
    told = ((key, str(kind.label), len(kind.held(member))) for key, kind in handing.kinds().items())
    return [{"kind": key, "label": label, "count": count} for key, label, count in told if count]


def refuse_open(member: Member) -> None:
    """Nobody is disabled while business is in their hands."""
    found = counts(member.pk)
    if found:
        what = ", ".join(f"{row['count']} {row['label']}" for row in found[:5])
        raise Refused(
            "open_business",
            _t("%(name)s still has: %(what)s. Hand it over to a colleague first.") % {"name": member.name, "what": what},
            help=[Help(pgettext("business", "Hand over"), "organization.handover.create", {"giver": member.pk})],
        )


@action(
    label=pgettext_lazy("business", "Hand over"),
    when=S.DRAFT,
    style="primary",
    says=_("handed over"),
    confirm=_("What is shown below goes to the colleagues named. Continue?"),
)
def hand_over(handover: Handover, *, by: Actor, at: datetime) -> None:
    """Put it into the others' hands, at once or on the day named."""
    if not handover.parts.exists():
        raise Refused("no_receiver", _t("Say who gets it: add a line."))
    if handover.from_day and handover.from_day > at.date():
        set_state(handover, S.PLANNED)
        return
    _carry_out(handover, by=by, at=at)


@action(label=_("Hand over now"), when=S.PLANNED, says=_("handed over"))
def carry_out(handover: Handover, *, by: Actor, at: datetime) -> None:
    """Do not wait for the day."""
    _carry_out(handover, by=by, at=at)


def _carry_out(handover: Handover, *, by: Actor, at: datetime) -> None:
    moves = planned(handover)
    _present([receiver for shares in moves.values() for receiver, _ids in shares])
    for key, shares in moves.items():
        for receiver, ids in shares:
            handing.kinds()[key].move(ids, handover.giver, receiver, chart.unit_of(receiver), by=by, at=at)
    handover.moved = {key: [[receiver, ids] for receiver, ids in shares] for key, shares in moves.items()}
    handover.told = list(introducing.addressed(moves)) if handover.notice else []
    handover.done_on = at.date()
    set_state(handover, S.DONE)


def _present(receivers: list[int]) -> None:
    gone = Member.objects.filter(pk__in=receivers, state=Member.State.DISABLED).first()
    if gone is not None:
        raise Refused("receiver_left", _t("%(name)s has left. Choose somebody else.") % {"name": gone.name})


@action(
    label=_("Take back"), when=S.DONE, then=S.UNDONE, says=_("taken back"), confirm=_("What the others still have goes back. Continue?")
)
def take_back(handover: Handover, *, by: Actor, at: datetime) -> None:
    """Give everything back that the receivers still have, within 30 days."""
    if handover.done_on and at.date() > handover.done_on + timedelta(days=UNDONE_WITHIN):
        raise Refused(
            "too_late", _t("It was handed over more than %(n)d days ago. Hand it over the other way round instead.") % {"n": UNDONE_WITHIN}
        )
    _give_back(handover, by=by, at=at)


@action(label=_("Cancel"), when=S.PLANNED, then=S.CANCELLED, says=_("cancelled"))
def cancel(handover: Handover, *, by: Actor, at: datetime) -> None:
    """It does not take place."""


def _give_back(handover: Handover, *, by: Actor, at: datetime) -> None:
    _present([handover.giver])
    for key, receiver, ids in moved(handover):
        kind = handing.kinds().get(key)
        still = kind.still(ids, receiver) if kind else []
        if kind and still:
            kind.move(still, receiver, handover.giver, chart.unit_of(handover.giver), by=by, at=at)


def moved(handover: Handover) -> Iterator[tuple[str, int, list[int]]]:
    for key, shares in handover.moved.items():
        for receiver, ids in shares:
            yield key, receiver, ids


@action(label=_("Is back"), when=S.DONE, then=S.RETURNED, says=_("returned"))
def come_back(handover: Handover, *, by: Actor, at: datetime) -> None:
    """Give back what was handed over for a time; what the others have finished or passed on stays with them."""
    if handover.returns_on is None:
        raise Refused("for_good", _t("It was handed over for good. Take it back, or hand it over the other way round."))
    _give_back(handover, by=by, at=at)


class MovesView(MemberView):
    """What a handover moves, or has moved, by kind and receiver; and the mails that tell customers of it."""

    def get(self, request: Request, pk: int) -> Response:
        handover = doors.find(registry.get("organization.handover"), pk, self.actor)
        done = handover.state != S.DRAFT and handover.moved
        shares = handover.moved if done else planned(handover)
        kinds, names = handing.kinds(), people.members()
        rows = [
            {"kind": key, "label": str(kinds[key].label), "receiver": names.get(receiver, ""), "count": len(ids)}
            for key, parts in shares.items()
            if key in kinds
            for receiver, ids in parts
        ]
        taken = {(row["kind"], row["label"]) for row in rows}
        left = [] if done else [row for row in counts(handover.giver) if (row["kind"], row["label"]) not in taken]
        return Response({"rows": rows, "left": left, **mails(handover, shares, done=bool(done))})


def mails(handover: Handover, moves: introducing.Moves, *, done: bool) -> dict[str, Any]:
    """Who is told, with the first mail as it goes out; when it is done, who was."""
    told = handover.told if done else list(introducing.addressed(moves)) if handover.notice else []
    names = people.members()
    rows = [{**one, "member": names.get(one["member"], ""), "sent": one.get("sent"), **introducing.trouble(one)} for one in told]
    sample = introducing.written(handover, told[0]) if told else None
    return {"mails": rows, "sample": sample and {name: sample[name] for name in ("email", "subject", "text")}}
