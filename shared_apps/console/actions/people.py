"""Operators come and go (W-2.1.2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import config
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from shared_apps.console.models import Person

S = Person.State


@action(
    label=_("Disable"),
    when=S.ACTIVE,
    then=S.DISABLED,
    style="danger",
    says=_("disabled"),
    confirm=_("This person can no longer log in. Continue?"),
)
def disable(person: Person, *, by: Actor, at: datetime) -> None:
    """Close the console to somebody; what they did stays in the history."""
    others = Person.objects.filter(role=Person.Role.ADMIN, state=S.ACTIVE).exclude(pk=person.pk)
    if person.role == Person.Role.ADMIN and not others.exists():
        raise Refused("last_admin", _t("This is the last administrator of the platform. Make another one first."))
    config.changed()


@action(label=_("Enable"), when=S.DISABLED, then=S.ACTIVE, says=_("enabled"))
def enable(person: Person, *, by: Actor, at: datetime) -> None:
    """Open the console to them again."""
    config.changed()
