"""The company's half of accepting an invitation."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kernel import clock
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.organization import actions
from tenant_apps.organization.models import Member


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
