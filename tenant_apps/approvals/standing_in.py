"""Who decides for whom while they are away (代理)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from kernel import clock, config, people
from kernel.access import Actor
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from tenant_apps.approvals.models import Delegation


class Away(NamedTuple):
    """Somebody away: who decides instead, from when to when, for which flows."""

    agent: int
    begins: date
    ends: date
    kinds: tuple[str, ...]

    def holds(self, kind: str, on: date) -> bool:
        return self.begins <= on <= self.ends and (not self.kinds or kind in self.kinds)


def _load() -> dict[int, list[Away]]:
    from tenant_apps.approvals.models import Delegation

    found: dict[int, list[Away]] = {}
    rows = Delegation.objects.filter(ends_on__gte=clock.now().date(), owner__isnull=False).order_by("id")
    for owner, agent, begins, ends, kinds in rows.values_list("owner", "agent", "begins_on", "ends_on", "kinds"):
        found.setdefault(owner or 0, []).append(Away(agent, begins, ends, tuple(kinds)))
    return found


def agent(member: int, kind: str, on: date) -> int:
    """Who decides in somebody's place: themselves, or the end of the chain of those who stand in; never in a circle."""
    away = config.cached("stand-ins", _load)
    seen = [member]
    while True:
        following = next((one.agent for one in away.get(seen[-1], ()) if one.holds(kind, on)), None)
        if following is None:
            return seen[-1]
        if following in seen:
            return member
        seen.append(following)


def check(delegation: Delegation, by: Actor) -> None:
    """A stand-in is somebody else who is here, and does not lead back to whoever is away."""
    wrong = []
    if delegation.owner is None:
        delegation.owner = by.id
    if delegation.owner != by.id and not by.is_admin and by.id is not None:
        wrong.append(FieldError("owner", "not_yours", _("Only you say who decides in your place; an administrator can too.")))
    if delegation.ends_on < delegation.begins_on:
        wrong.append(FieldError("ends_on", "before", _("It ends before it begins.")))
    if delegation.agent == delegation.owner or delegation.agent not in people.members():
        wrong.append(FieldError("agent", "not_found", _("Choose a colleague who decides in your place.")))
    if not wrong and _leads_back(delegation):
        wrong.append(
            FieldError(
                "agent",
                "circle",
                _("In those days this colleague is represented by you, directly or through others. Choose somebody else."),
            )
        )
    if wrong:
        raise Invalid(wrong)


def _leads_back(delegation: Delegation) -> bool:
    from tenant_apps.approvals.models import Delegation as Every

    rows = Every.objects.filter(begins_on__lte=delegation.ends_on, ends_on__gte=delegation.begins_on).exclude(pk=delegation.pk)
    links: dict[int | None, set[int]] = {}
    for owner, agent_, kinds in rows.values_list("owner", "agent", "kinds"):
        if not kinds or not delegation.kinds or set(kinds) & set(delegation.kinds):
            links.setdefault(owner, set()).add(agent_)
    seen, open_ = {delegation.agent}, [delegation.agent]
    while open_:
        for following in links.get(open_.pop(), ()):
            if following not in seen:
                seen.add(following)
                open_.append(following)
    return delegation.owner in seen
