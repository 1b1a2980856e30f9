"""How many colleagues can have a log-in is a matter of the company's plan."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from kernel import limits
from kernel.access import Actor
from kernel.gates import gate
from kernel.locks import take_turns
from tenant_apps.organization.models import Member

SEATED = Q(state=Member.State.ACTIVE) | Q(state=Member.State.INVITED) & ~Q(invitation="")


@limits.meter("seats")
def seats() -> int:
    """Colleagues with a log-in, and those on the way to one."""
    return Member.objects.filter(SEATED).count()


@gate("organization.member.invite")
def seat_free(member: Member, *, by: Actor, at: datetime) -> None:
    """An invitation takes a seat; sending it again takes none."""
    if not Member.objects.filter(SEATED, pk=member.pk).exists():
        take_turns("seats")
        limits.ask_seats(seats())
