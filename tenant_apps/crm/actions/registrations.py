"""Claiming a project, and how long the claim holds (W-6.1.1, spec 2.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import holding, people
from kernel.access import Actor
from kernel.actions import action
from kernel.locks import take_turns
from kernel.refusals import Refused
from tenant_apps.crm.code_tables import PHASE
from tenant_apps.crm.conflicts import conflicts
from tenant_apps.crm.models import Registration
from tenant_apps.crm.parameters import PROTECTED_DAYS
from tenant_apps.quoting import estimating

S = Registration.State
REASON = {"reason": {"label": _("Reason"), "max_length": 200}}
ENDED = (S.REFUSED, S.EXPIRED, S.RELEASED)


def free(registration: Registration) -> None:
    """Refuse what somebody else is protected for already. Whoever asks holds the turn until the transaction ends."""
    take_turns("crm.registration")
    for conflict in conflicts(registration):
        other = conflict.registration
        if conflict.same and other.state == S.PROTECTED:
            told = {"number": other.number, "owner": people.here().load_members().get(other.owner or 0, "—"), "day": other.protected_until}
            raise Refused(
                "protected_for_another",
                _t("%(number)s of %(owner)s protects this project until %(day)s. Talk to them, or wait until it is free.") % told,
            )


@action(label=_("Submit"), when=(S.DRAFT, *ENDED), then=S.SUBMITTED, style="primary", says=_("submitted"))
def submit(registration: Registration, *, by: Actor, at: datetime) -> None:
    """Claim the project. Refused when somebody else is protected for the same one."""
    free(registration)
    registration.submitted_on, registration.reason = at.date(), ""


@action(
    label=_("Grant protection"), when=S.SUBMITTED, then=S.PROTECTED, style="primary", says=_("protected"),
    params={"days": {"label": _("Days"), "help": _("Empty: as the company has set")}},
)  # fmt: skip
def protect(registration: Registration, *, by: Actor, at: datetime, days: int | None = None) -> None:
    """Nobody else may claim it for so many days; the first that is granted wins."""
    free(registration)
    registration.protected_until = at.date() + timedelta(days=_days(days, by))


def _days(days: int | None, by: Actor) -> int:
    found = PROTECTED_DAYS.value(by) if days is None else days
    if not 0 < found <= 1000:
        raise Refused("bad_days", _t("A project is protected for 1 to 1,000 days."), status=422)
    return found


def after_approval(registration: Registration, *, by: Actor, at: datetime) -> None:
    """Where submitting is under approval, whoever agreed to it has granted the protection too."""
    if holding.agreed(registration):
        protect(registration, by=by, at=at)


@action(label=_("Refuse"), when=S.SUBMITTED, then=S.REFUSED, style="danger", says=_("refused"), params=REASON)
def refuse(registration: Registration, *, by: Actor, at: datetime, reason: str) -> None:
    """No protection, and why; it can be changed and submitted again."""
    registration.reason = reason[:200]


@action(label=_("Prolong"), when=S.PROTECTED, says=_("prolonged"), params={"days": {"label": _("Days")}, **REASON})
def prolong(registration: Registration, *, by: Actor, at: datetime, days: int, reason: str) -> None:
    """So many more days from today or from the end of the protection, whichever is later."""
    begins = max(registration.protected_until or at.date(), at.date())
    registration.protected_until, registration.reason = begins + timedelta(days=_days(days, by)), reason[:200]


@action(
    label=pgettext_lazy("project", "Release"),
    when=(S.SUBMITTED, S.PROTECTED),
    then=S.RELEASED,
    says=pgettext_lazy("project", "released"),
    params=REASON,
)
def release(registration: Registration, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Give the claim up; others may have the project."""
    registration.reason = reason[:200]


@action(label=_("Protection over"), when=S.PROTECTED, then=S.EXPIRED, says=_("expired"))
def expire(registration: Registration, *, by: Actor, at: datetime) -> None:
    """The time is over. Happens by itself every night."""


@action(label=pgettext_lazy("project", "Won"), when=S.PROTECTED, then=S.WON, says=pgettext_lazy("project", "won"))
def win(registration: Registration, *, by: Actor, at: datetime) -> None:
    """The end user has ordered. Happens by itself when its opportunity is won."""
    registration.phase = max(registration.phase, "awarded", key=list(PHASE.system).index)


@action(label=pgettext_lazy("project", "Lost"), when=(S.SUBMITTED, S.PROTECTED), then=S.LOST, style="danger", says=pgettext_lazy("project", "lost"), params=REASON)  # fmt: skip
def lose(registration: Registration, *, by: Actor, at: datetime, reason: str) -> None:
    """Somebody else got it, or nobody; why is kept."""
    registration.reason = reason[:200]


@action(
    label=_("To phase"), when=(S.DRAFT, S.SUBMITTED, S.PROTECTED, S.WON), says=_("went to another phase"),
    params={"phase": {"label": _("Phase"), "type": "choice", "choices": PHASE}},
)  # fmt: skip
def to_phase(registration: Registration, *, by: Actor, at: datetime, phase: str) -> None:
    """Where the project stands, from the opportunity to the last payment."""
    registration.phase = phase


@action(label=_("Estimate full cost"), when=(S.DRAFT, S.SUBMITTED, S.PROTECTED), opens=True, says=_("full cost estimated"))
def estimate(registration: Registration, *, by: Actor, at: datetime) -> None:
    """What the project costs in full, before anything is offered for the tender."""
    estimating.begin(registration, registration.title, [], by=by, at=at)


def over(on: date) -> list[int]:
    """Registrations whose protection has ended."""
    return list(Registration.objects.filter(state=S.PROTECTED, protected_until__lt=on).order_by("pk").values_list("pk", flat=True))
