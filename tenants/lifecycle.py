"""What happens to a company from its trial to its deletion. Every step is written down; taking one twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.context import public_context
from tenants.models import Tenant, Transition
from tenants.states import FOLLOWS, LEAVING, OPEN, READ_ONLY, State


@dataclass(frozen=True)
class By:
    """Who moves a company: a person of the platform, or the clock."""

    name: str
    account: int | None = None


CLOCK = By("clock")
SIGN_UP = By("sign-up")


class WrongState(Exception):
    """A company cannot go from where it stands to where somebody wants it."""

    code = "wrong_state"

    def __init__(self, company: Tenant, to: str) -> None:
        told = {"company": company.name, "state": State(company.state).label, "to": State(to).label}
        super().__init__(_("%(company)s is “%(state)s” and cannot become “%(to)s”. Reload to see where it stands.") % told)


def move(company: Tenant, to: str, *, by: By, reason: str = "", until: datetime | None = None) -> Tenant:
    """Take a company to another state and write down who did it; nothing happens when it stands there already."""
    with public_context(), transaction.atomic():
        found = Tenant.objects.select_for_update(of=("self",)).get(pk=company.pk)
        if found.state == to:
            return found
        if to not in FOLLOWS[found.state]:
            raise WrongState(found, to)
        return _step(found, to, by, reason, until if until is not None else _until(found, to))


def _step(found: Tenant, to: str, by: By, reason: str, until: datetime | None) -> Tenant:
    now = timezone.now()
    Transition.objects.create(
        company=found, at=now, by=by.name[:120], account=by.account, before=found.state, after=to, reason=reason[:300]
    )
    found.state, found.until = to, until
    found.save(update_fields=["state", "until"])
    for copy in Tenant.objects.filter(sandbox_of=found, state__in=OPEN - LEAVING):
        move(copy, State.SUSPENDED if to in READ_ONLY else State.ACTIVE, by=by, reason=f"As {found.slug}")
    return found


def _until(company: Tenant, to: str) -> datetime | None:
    """When the state will end by itself."""
    if company.state in LEAVING and to in LEAVING:
        return company.until  # an export does not put the deletion off
    days = {State.TRIAL: settings.TRIAL_DAYS, State.PAST_DUE: settings.GRACE_DAYS, State.CANCELLED: settings.DELETION_DAYS}.get(State(to))
    return None if days is None else timezone.now() + timedelta(days=days)


def start_trial(company: Tenant, *, by: By = SIGN_UP) -> Tenant:
    return move(company, State.TRIAL, by=by)


def activate(company: Tenant, *, by: By, reason: str = "") -> Tenant:
    """It is paid for, or taken back before its deletion."""
    return move(company, State.ACTIVE, by=by, reason=reason)


def fall_due(company: Tenant, *, by: By = CLOCK, reason: str = "") -> Tenant:
    """A payment is missing: the company works on for the days of grace, under a banner."""
    return move(company, State.PAST_DUE, by=by, reason=reason)


def suspend(company: Tenant, *, by: By = CLOCK, reason: str = "") -> Tenant:
    """Read-only from now on; nothing is lost."""
    return move(company, State.SUSPENDED, by=by, reason=reason)


def cancel(company: Tenant, *, by: By, reason: str = "") -> Tenant:
    """Read-only, and deleted after the wait unless it is activated again."""
    return move(company, State.CANCELLED, by=by, reason=reason)


def exported(company: Tenant, *, by: By) -> Tenant:
    """A cancelled company has taken its data along; in any other state an export changes nothing."""
    return move(company, State.EXPORTED, by=by) if company.state == State.CANCELLED else company


def extend_trial(company: Tenant, days: int, *, by: By, reason: str = "") -> Tenant:
    """More days to try the product, from the end of the present trial or from now."""
    with public_context(), transaction.atomic():
        found = Tenant.objects.select_for_update(of=("self",)).get(pk=company.pk)
        if found.state != State.TRIAL and State.TRIAL not in FOLLOWS[found.state]:
            raise WrongState(found, State.TRIAL)
        begin = found.until if found.state == State.TRIAL and found.until else timezone.now()
        return _step(found, State.TRIAL, by, reason or f"{days} days more", begin + timedelta(days=days))


def end_now(company: Tenant, *, by: By, reason: str, backups_until: datetime | None = None) -> Tenant:
    """The company is due for deletion at this moment; its backups go with it, or are kept until a day."""
    with public_context(), transaction.atomic():
        found = Tenant.objects.select_for_update(of=("self",)).get(pk=company.pk)
        to = found.state if found.state in LEAVING else State.CANCELLED
        if found.state != to and to not in FOLLOWS[found.state]:
            raise WrongState(found, State.DELETED)
        Tenant.objects.filter(pk=found.pk).update(backups_until=backups_until)
        return _step(found, to, by, reason, timezone.now())


AFTER = {State.TRIAL: State.PAST_DUE, State.PAST_DUE: State.SUSPENDED}
WHY = {State.TRIAL: "The trial has ended.", State.PAST_DUE: "The days of grace have ended."}


def advance(company: Tenant) -> bool:
    """Take a company over the end of a trial or of the days of grace, once, however many try."""
    with public_context(), transaction.atomic():
        found = Tenant.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=company.pk, until__lte=timezone.now()).first()
        if found is None or found.state not in AFTER:
            return False
        state = State(found.state)
        move(found, AFTER[state], by=CLOCK, reason=WHY[state])
        return True
