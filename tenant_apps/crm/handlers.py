"""What follows from contracts signed, projects agreed to and stages changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from kernel import config, saving
from kernel.access import Actor, visible
from kernel.events import follows
from kernel.models import Event
from kernel.specs import key_of
from tenant_apps.contracts.ending import undelivered
from tenant_apps.contracts.selling import worth_of
from tenant_apps.crm.actions import opportunities, registrations
from tenant_apps.crm.models import Activity, Lead, Opportunity, Registration
from tenant_apps.crm.seeing import seen
from tenant_apps.partners import ports


@follows("crm.stage.*")
def stages_changed(stage: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("contracts.contract.sign")
def contract_signed(contract: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """The contract made of an opportunity's quote wins it."""
    key = contract.ancestor("crm.opportunity")
    if key is not None:
        opportunities.won_by(key, worth_of(contract), by=by, at=at)


@follows("contracts.contract.terminate")
def contract_ended(contract: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """What was won with a contract, and not delivered before it was ended, is not won any more."""
    key = contract.ancestor("crm.opportunity")
    if key is not None and contract.signed_on is not None:
        opportunities.taken_back(key, worth_of(contract, undelivered(contract)), by=by, at=at)


@follows("crm.opportunity.win", "crm.opportunity.state")
def project_won(opportunity: Opportunity, event: Event, *, by: Actor, at: datetime) -> None:
    """The project registered for it is won with it."""
    if opportunity.state != Opportunity.State.WON:
        return
    for row in Registration.objects.filter(opportunity=opportunity, state=Registration.State.PROTECTED).order_by("pk"):
        registrations.win(saving.lock(row), by=by, at=at)


@follows("crm.registration.submit")
def registration_agreed(registration: Registration, event: Event, *, by: Actor, at: datetime) -> None:
    """Where submitting is under approval, whoever agreed to it has granted the protection too."""
    registrations.after_approval(registration, by=by, at=at)


def _panel(model: Any, key: str, text: str, customer: str) -> Callable[[Any, Actor], list[dict[str, Any]]]:
    """The latest of a kind that a customer has, for its page."""
    beside = text if model._meta.get_field(text).is_relation else None

    def rows(partner: Any, actor: Actor) -> list[dict[str, Any]]:
        if not actor.may(key, "read"):
            return []
        found = visible(actor, model.objects.filter(**{customer: partner}), key).select_related(beside).order_by("-pk")[:20]
        return [
            {
                "_key": key,
                "id": row.pk,
                "title": str(told[model.label_field] or row),
                "text": str(told[text] or ""),
                "date": row.business_date or row.created_at.date(),
            }
            for row in found
            for told in [seen(actor, key, row, model.label_field, text)]
        ]

    return rows


for _name, _label, _model, _text, _customer in (
    ("activities", pgettext_lazy("several", "Activities"), Activity, "text", "partner"),
    ("opportunities", pgettext_lazy("several", "Opportunities"), Opportunity, "stage", "customer"),
    ("leads", pgettext_lazy("several", "Leads"), Lead, "need", "partner"),
):
    _key = key_of(_model)
    ports.add_panel(
        ports.Panel(_name, _label, _panel(_model, _key, _text, _customer), packed=_model is not Opportunity, adds=(_key, _customer))
    )
