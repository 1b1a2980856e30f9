"""The company's half of accepting an invitation."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kernel import clock, saving
from kernel.access import SYSTEM
from kernel.actions import move
from kernel.refusals import Refused
from tenant_apps.organization import actions
from tenant_apps.organization.models import Member, Role


def _invited(token: str) -> Member | None:
    found = Member.objects.filter(invitation=actions.digest(token), state=Member.State.INVITED).first()
    if found is None or found.invited_at is None or found.invited_at < clock.now() - actions.VALID_FOR:
        return None
    return found


def peek(token: str) -> dict[str, Any] | None:
    """Whom an invitation is for; None when it is used, expired or made up."""
    found = _invited(token)
    return None if found is None else {"company": connection.tenant.name, "email": found.email, "name": found.name}  # type: ignore[attr-defined]


def accept(token: str, user: Any) -> None:
    """Make the log-in a member."""
    found = _invited(token)
    if found is None:
        raise Refused("invitation_gone", _("This invitation was used or has expired. Please ask for a new one."), status=404)
    actions.join(found, by=SYSTEM, at=clock.now(), account=user.pk, name=getattr(user, "name", "") or "")


def adopt(user_id: int, email: str, name: str) -> None:
    """The company has come from elsewhere, where log-ins mean other people: this person is its administrator, the others are invited anew."""
    by, at = SYSTEM, clock.now()
    Member.objects.update(account=None, invitation="")
    roles = actions.admin_roles()[:1] or [saving.create(Role, {"name": _("Administrator"), "grants": {"*": {"*": "all"}}}, by=by, at=at).pk]
    found = Member.objects.filter(email=email.lower()).first()
    if found is None:
        told = {"name": name, "email": email, "account": user_id, "roles": roles, "state": Member.State.ACTIVE}
        found = saving.create(Member, told, by=by, at=at)
    else:
        saving.change(found, {"roles": sorted({*found.roles, *roles})}, by=by, at=at)
        _bring_back(found, user_id)
    for other in Member.objects.filter(state=Member.State.ACTIVE).exclude(pk=found.pk):
        move(saving.lock(other), Member.State.INVITED, by=by, at=at)  # their business stays in their hands: nobody has left


def _bring_back(member: Member, user_id: int) -> None:
    by, at = SYSTEM, clock.now()
    if member.state == Member.State.ACTIVE:
        saving.change(member, {"account": user_id}, by=by, at=at)
        return
    if member.state == Member.State.DISABLED:
        actions.enable(member, by=by, at=at)
    actions.join(member, by=by, at=at, account=user_id)
