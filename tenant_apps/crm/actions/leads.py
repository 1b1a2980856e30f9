"""From a lead to a customer (W-5.2, WF-3.1, spec 2.1)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import messages, people, saving
from kernel.access import Actor
from kernel.actions import action, perform, set_state
from kernel.documents import coming_from
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.crm import routing
from tenant_apps.crm.actions import activities
from tenant_apps.crm.code_tables import INVALID
from tenant_apps.crm.models import Activity, Lead, Opportunity
from tenant_apps.organization import chart
from tenant_apps.partners import actions as partners
from tenant_apps.partners import pools
from tenant_apps.partners.duplicates import ANY
from tenant_apps.partners.models import Contact, Partner

S = Lead.State
ALIVE = (S.NEW, S.ASSIGNED, S.WORKING, S.QUALIFIED)


def hand(lead: Lead, member: int, by: Actor, at: datetime) -> None:
    """Into somebody's hands, who hears of it."""
    routing.take(lead, member, at.date())
    if member != by.id:
        link = {"_key": "crm.lead", "id": lead.pk}
        messages.send([member], _t("New lead: %(lead)s") % {"lead": lead.name}, origin=f"lead:{lead.pk}:{at.isoformat()}", link=link)


@action(
    label=_("Assign"), when=(*ALIVE, S.POOL), then=S.ASSIGNED, bulk=True, says=_("assigned"),
    params={"owner": {"label": _("To"), "type": "member"}},
)  # fmt: skip
def assign(lead: Lead, *, by: Actor, at: datetime, owner: int) -> None:
    """Give it to a colleague, who has it for so many days."""
    if owner not in chart.chart().people:
        raise Invalid([FieldError("owner", "not_found", _t("Nobody of this name works here. Please choose from the list."))])
    hand(lead, owner, by, at)


@action(label=_("Assign by territory"), when=S.NEW, then=S.ASSIGNED, style="primary", bulk=True, says=_("assigned"))
def route(lead: Lead, *, by: Actor, at: datetime) -> None:
    """To whoever has the customer, or serves the region with the fewest leads in hand."""
    member = routing.whom(lead)
    if member is None:
        raise Refused("nobody_serves", _t("Nobody serves the region of “%(lead)s”. Give it to somebody by hand.") % {"lead": lead.name})
    hand(lead, member, by, at)


@action(label=_("Take"), when=S.POOL, then=S.ASSIGNED, style="primary", bulk=True, says=_("taken"))
def claim(lead: Lead, *, by: Actor, at: datetime) -> None:
    """Take it out of the pool; others can no longer."""
    if by.id is None:
        raise Refused("nobody", _t("Only a colleague can take a lead."))
    if lead.pool is not None:
        take_turns(f"crm.leads:{by.id}")
        pools.refuse_member(lead.pool, by, Lead.objects.filter(owner=by.id, state__in=routing.HELD).count())
        pools.refuse_claim(lead.pool, lead, by, at.date())
        pools.count_claim(lead.pool, by, at.date())
    routing.take(lead, by.id, at.date())


@action(label=_("Back to the pool"), when=ALIVE, then=S.POOL, bulk=True, says=_("back in the pool"))
def release(lead: Lead, *, by: Actor, at: datetime) -> None:
    """Let others have it."""
    routing.let_go(lead, at.date())


@action(
    label=_("Log a contact"), when=(*ALIVE, S.INVALID), says=_("contacted"), params=activities.LOGGED,
)  # fmt: skip
def log(
    lead: Lead, *, by: Actor, at: datetime, kind: str = "call", subject: str = "", text: str = "", result: str = "", next_step: str = "",
    next_on: date | None = None,
) -> None:  # fmt: skip
    """Write down a contact and what comes next; the lead is kept longer for it."""
    if lead.state in (S.NEW, S.ASSIGNED):
        if lead.claimed_on is None and by.id is not None:
            routing.take(lead, by.id, at.date())
        set_state(lead, S.WORKING)
    values = {"kind": kind, "subject": subject or lead.name, "text": text, "result": result, "next_step": next_step, "next_on": next_on}
    activities.note({"lead_id": lead.pk, "partner_id": lead.partner_id}, values, by=by, at=at)


@action(label=_("Qualified"), when=(S.ASSIGNED, S.WORKING), then=S.QUALIFIED, says=_("qualified"))
def qualify(lead: Lead, *, by: Actor, at: datetime) -> None:
    """There is a need, money and somebody who decides."""


@action(
    label=_("Not valid"), when=(*ALIVE, S.POOL), then=S.INVALID, style="danger", bulk=True, says=_("not valid"),
    params={"reason": {"label": _("Reason"), "type": "choice", "choices": INVALID}},
)  # fmt: skip
def dismiss(lead: Lead, *, by: Actor, at: datetime, reason: str) -> None:
    """Nothing will come of it; the reason is kept."""
    lead.invalid_reason, lead.protect_until = reason[:200], None


@action(label=_("Take up again"), when=S.INVALID, then=S.NEW, says=_("taken up again"))
def revive(lead: Lead, *, by: Actor, at: datetime) -> None:
    """It is worth another try."""
    lead.invalid_reason, lead.claimed_on = "", None


@action(label=_("Is the same as the earlier one"), when=(*ALIVE, S.POOL), then=S.INVALID, says=_("joined with the earlier lead"))
def join(lead: Lead, *, by: Actor, at: datetime) -> None:
    """Move its contacts to the earlier lead, which keeps its owner, and close this one as known already."""
    if lead.twin_id is None:
        raise Refused("no_twin", _t("There is no earlier lead of this company."))
    earlier = saving.lock(Lead(pk=lead.twin_id))
    Activity.objects.filter(lead=lead).update(lead=earlier)
    told = "\n".join(filter(None, (lead.dealer.name if lead.dealer else "", lead.need)))
    if told and told not in earlier.need:
        saving.change(earlier, {"need": "\n\n".join(filter(None, (earlier.need, told)))}, by=by, at=at)
    lead.invalid_reason, lead.protect_until = "duplicate", None


@action(
    label=_("Convert"), when=ALIVE, then=S.CONVERTED, style="primary", opens=True, says=_("converted"),
    params={
        "partner": {"label": _("Customer"), "help": _("Empty: the one of this name, or a new one")}, "opportunity": {"label": _("With an opportunity")},
        "title": {"label": _("Subject of the opportunity"), "max_length": 120}, "amount": {"label": _("Amount")}, "expected_on": {"label": _("Order expected on")},
        "separate": {"label": _("Another company"), "help": _("It only looks like one that is there already")},
    },
)  # fmt: skip
def convert(
    lead: Lead, *, by: Actor, at: datetime, partner: Partner | None = None, opportunity: bool = True, title: str = "",
    amount: Decimal | None = None, expected_on: date | None = None, separate: bool = False,
) -> None:  # fmt: skip
    """Make a customer with its contact and an opportunity of it, all at once; a customer that is there already is taken."""
    take_turns("partners.partner")
    lead.give_back()
    customer = partner or lead.partner or Partner.objects.filter(plain_name=lead.plain_name).order_by("pk").first()
    customer = customer and _taken(customer, by=by, at=at)
    contact = None
    if customer is None:
        customer = _new_account(lead, separate, by=by, at=at)
        contact = Contact.objects.filter(partner=customer).order_by("pk").first()
    elif lead.contact_name:
        contact = _contact_of(customer, lead, by=by, at=at)
    lead.partner, lead.converted_on, lead.protect_until = customer, at.date(), None
    Activity.objects.filter(lead=lead, partner=None).update(partner=customer)
    if opportunity:
        values: dict[str, Any] = {
            "title": title or (lead.need.strip().splitlines() or [lead.name])[0][:120], "customer": customer, "contact": contact,
            "amount": amount or lead.amount, "expected_on": expected_on, "origin": lead.source, "campaign_id": lead.campaign_id, "need": lead.need,
            "owner": lead.owner, "unit": lead.unit,
        }  # fmt: skip
        saving.create(Opportunity, values | coming_from(lead), by=by, at=at)


def _taken(customer: Partner, *, by: Actor, at: datetime) -> Partner:
    """The customer that is there already: out of its pool it is claimed first, and nobody goes on with what is in hands they cannot look into."""
    if customer.state == Partner.State.POOL:
        by.require("partners.partner", "claim", label=str(partners.claim.label))
        return perform(partners.claim, customer, by=by, at=at, values={}, part=True)  # type: ignore[return-value]
    if not by.covers("partners.partner", "read", customer):
        owner = people.named("member", customer.owner)
        told = {"name": customer.name, "owner": owner["label"] if owner else _t("nobody")}
        raise Refused("others", _t("“%(name)s” is a customer of %(owner)s. Have it assigned to you, or give them the lead.") % told)
    return customer


def _new_account(lead: Lead, separate: bool, *, by: Actor, at: datetime) -> Partner:
    """A customer of the lead's name; one that looks like another only when somebody has said that it is not."""
    names = ("name", "industry", "source", "division", "region", "phone", "owner", "unit")
    values = {name: getattr(lead, name) for name in names} | {"different_from": ANY if separate else ""}
    try:
        return saving.create(Partner, values, {"contacts": _people(lead)}, by=by, at=at)
    except Invalid as refused:
        if not any(error.code == "alike" for error in refused.errors):
            raise
        told = refused.errors[0].detail.partition(". ")[0].partition("。")[0]
        sentence = _t("%(told)s. Choose the customer, or say that it is another company.") % {"told": told}
        raise Invalid([FieldError("partner", "alike", sentence)]) from refused


def _people(lead: Lead) -> list[Contact]:
    name = lead.contact_name
    return [Contact(name=name, phone=lead.phone, email=lead.email, job=lead.job, main=True)] if name else []


def _contact_of(customer: Partner, lead: Lead, *, by: Actor, at: datetime) -> Contact:
    """The person of this name there, or a new contact."""
    known = Contact.objects.filter(partner=customer, name=lead.contact_name).order_by("pk").first()
    values = {"partner": customer, "name": lead.contact_name, "phone": lead.phone, "email": lead.email, "job": lead.job}
    return known or saving.create(Contact, values, by=by, at=at)
