"""What can happen to a partner: into the pool and out of it, the blacklist, approval to trade; and to a contact."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import people, saving, words
from kernel.access import Actor
from kernel.actions import action, move, set_state
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.organization import chart
from tenant_apps.partners import masking, pools, ports, relations, suppliers
from tenant_apps.partners.models import Contact, Partner, Pool

S = Partner.State
HELD = (S.PROTECTED, S.CUSTOMER, S.DORMANT)
REASON = {"reason": {"label": _("Reason")}}
INTO: dict[str, Any] = {"pool": {"label": _("Account pool"), "help": _("Empty: that of its region"), "only": {"active": ["true"]}}}
TO = {"to": {"label": _("Colleague"), "type": "member", "required": True}}


def stand(partner: Partner) -> S:
    """What an account in somebody's hands is: one that has bought, or one that is followed up."""
    if partner.dealt_on is not None:
        return S.CUSTOMER
    return S.PROTECTED


@action(label=pgettext_lazy("account", "Release"), when=HELD, says=_("released into the pool"), bulk=True, params={**REASON, **INTO})
def release(partner: Partner, *, by: Actor, at: datetime, reason: str, pool: Pool | None = None) -> None:
    """Give the account back to its pool, or to another one, for others to claim."""
    why = ports.stopped([partner.pk]).get(partner.pk)
    if why:
        told = {"name": partner.name, "why": words.listed(why)}
        raise Refused("open_business", _t("%(name)s cannot go into the pool yet: %(why)s.") % told)
    into_pool(partner, at.date(), pool)


def into_pool(partner: Partner, on: date, chosen: Pool | None = None) -> None:
    """Take a locked account out of its owner's hands; in memory, its caller stores it."""
    if chosen is not None and not chosen.active:
        raise Refused("pool_closed", _t("“%(pool)s” is not in use. Choose another pool.") % {"pool": chosen.name})
    pool = chosen or partner.pool or pools.of_region(partner.region)
    if pool is None or not partner.sold_to:
        raise Refused("no_pool", _t("There is no pool for %(name)s. Set one up for its region first.") % {"name": partner.name})
    if partner.owner is not None:
        partner.let_go = {**partner.let_go, str(partner.owner): on.isoformat()}
    partner.pool, partner.owner, partner.unit = pool, None, None
    partner.claimed_on = partner.protect_until = None
    masking.put_aside(partner)
    set_state(partner, S.POOL)


def into_hands(partner: Partner, owner: int, pool: Pool | None, on: date) -> None:
    """Put a locked account of the pool into somebody's hands; in memory, its caller stores it."""
    partner.owner, partner.unit = owner, chart.unit_of(owner)
    if pool is not None:
        pools.protect(partner, pool, on)
    masking.give_back(partner)
    set_state(partner, stand(partner))


@action(label=_("Claim"), when=S.POOL, says=_("claimed from the pool"))
def claim(partner: Partner, *, by: Actor, at: datetime) -> None:
    """Take the account out of the pool into your own hands, within the pool's quotas."""
    pool, me = partner.pool, by.id
    if pool is None or me is None:
        raise Refused("no_pool", _t("There is no pool for %(name)s. Set one up for its region first.") % {"name": partner.name})
    take_turns(f"partners.claims:{me}")
    held = Partner.objects.filter(owner=me, pool=pool, dealt_on=None).exclude(state=S.POOL).count()
    pools.refuse_member(pool, by, held)
    pools.refuse_claim(pool, partner, by, at.date())
    pools.count_claim(pool, by, at.date())
    into_hands(partner, me, pool, at.date())


@action(label=pgettext_lazy("account", "Assign"), when=(S.POOL, *HELD), bulk=True, says=_("assigned"), params=TO)
def assign(partner: Partner, *, by: Actor, at: datetime, to: int) -> None:
    """Give the account to a colleague, out of the pool or out of somebody else's hands."""
    if to not in people.members():
        raise Invalid([FieldError("to", "not_found", _t("It is not known here. Please choose it from the list."))])
    if partner.state == S.POOL:
        into_hands(partner, to, partner.pool, at.date())
        return
    if partner.owner is not None and partner.owner != to:
        partner.let_go = {**partner.let_go, str(partner.owner): at.date().isoformat()}
    partner.owner, partner.unit = to, chart.unit_of(to)
    if partner.pool is not None:
        pools.protect(partner, partner.pool, at.date())


@action(label=_("Blacklist"), when=(S.POOL, *HELD), then=S.BLACKLISTED, style="danger", says=_("blacklisted"), params=REASON)
def blacklist(partner: Partner, *, by: Actor, at: datetime, reason: str) -> None:
    """No more business with this company until it is taken off again."""
    if partner.aside:
        masking.give_back(partner)
    partner.approved = False


@action(label=_("Take off the blacklist"), when=S.BLACKLISTED, says=_("taken off the blacklist"), params=REASON)
def readmit(partner: Partner, *, by: Actor, at: datetime, reason: str) -> None:
    """Do business with this company again."""
    if partner.owner is None:
        partner.owner, partner.unit = by.id, by.unit_id
    set_state(partner, stand(partner))
    pools.begin(partner, at.date())


@action(label=_("Approve to trade"), when=HELD, says=_("approved to trade"))
def approve(partner: Partner, *, by: Actor, at: datetime) -> None:
    """Let buyers order from this supplier; licences that trade needs must be in force."""
    suppliers.refuse_run_out(partner, at.date())
    partner.approved = True


@action(label=_("Withdraw approval"), says=_("no longer approved to trade"), style="danger", params=REASON)
def disapprove(partner: Partner, *, by: Actor, at: datetime, reason: str) -> None:
    """Let nobody order from this supplier."""
    partner.approved = False


@action(label=_("Take over the proposed grade"), bulk=True, says=_("regraded"))
def regrade(partner: Partner, *, by: Actor, at: datetime) -> None:
    """Give the account the grade that its value analysis proposes."""
    if not partner.proposed_grade:
        raise Refused("no_proposal", _t("No grade is proposed for %(name)s. Reckon the values first.") % {"name": partner.name})
    partner.grade = partner.proposed_grade


# by itself -----------------------------------------------------------------------------------------------------------
def recycle(partner: Partner, *, by: Actor, at: datetime) -> None:
    """An account whose protection has run out goes into the pool."""
    before = saving.snapshot(partner)
    into_pool(partner, at.date())
    move(partner, S.POOL, by=by, at=at, reason=_t("Protection ran out"), before=before)


def fall_dormant(partner: Partner, *, by: Actor, at: datetime) -> None:
    """A customer that has neither bought nor been spoken to for long."""
    move(partner, S.DORMANT, by=by, at=at)


def deal(partner: Any, on: date, *, by: Actor, at: datetime) -> None:
    """A contract was signed: from now on it is a customer, protected as such."""
    partner = saving.lock(partner)
    before = saving.snapshot(partner)
    partner.dealt_on = max(on, partner.dealt_on or on)
    if partner.sold_to and partner.state in (S.PROTECTED, S.DORMANT, S.POOL):
        if partner.aside:
            masking.give_back(partner)
        if partner.owner is None:
            partner.owner, partner.unit = by.id, by.unit_id
        if partner.pool is not None:
            pools.protect(partner, partner.pool, on)
        move(partner, S.CUSTOMER, by=by, at=at, before=before)
    else:
        saving.store(partner, by=by, at=at)


# contacts ------------------------------------------------------------------------------------------------------------
@action(
    label=_("Moved to another company"),
    says=_("changed company"),
    params={"to": {"label": _("New company")}, "job": {"label": _("Job title")}},
)
def change_company(contact: Contact, *, by: Actor, at: datetime, to: Partner, job: str = "") -> None:
    """The person works for another account now; where they were before stays on record."""
    if to.pk == contact.partner_id:
        raise Invalid([FieldError("to", "same_company", _t("The person works there already."))])
    past = {"id": contact.partner_id, "label": contact.partner.name, "job": contact.job, "until": str(contact.left_on or at.date())}
    contact.history = [past, *contact.history]
    contact.partner, contact.job, contact.left_on = to, job[:60], None
    relations.forget(contact)
    contact.main = False
    contact.owner, contact.unit = to.owner, to.unit
