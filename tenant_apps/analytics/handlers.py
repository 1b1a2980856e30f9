"""What the business means for the standing of a customer, and for the targets of agencies."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel import calls, clock, registry
from kernel.access import SYSTEM
from kernel.events import after
from kernel.models import Event
from tenant_apps.analytics import agency_targets, customer_business, customer_value
from tenant_apps.contracts.models import Contract
from tenant_apps.partners import actions

__all__ = ["customer_business"]
registry.add_page(registry.Page("crm", "customer-values", _("Customer value"), customer_value.told_to))
registry.add_page(
    registry.Page("crm", "territory-statistics", _("Territory statistics"), lambda actor: actor.may("partners.partner", "read"))
)


@after("contracts.contract.sign")
def signed(event: Event) -> None:
    """Done twice it comes to the same: the day of the last deal."""
    contract = Contract.objects.filter(pk=event.subject_id).select_related("customer").first()
    if contract is not None and contract.signed_on is not None:
        with calls.call():
            actions.deal(contract.customer, contract.signed_on, by=SYSTEM, at=clock.now())


@after(
    "partners.agency.create", "partners.agency.change", "contracts.contract.sign", "contracts.contract.terminate", "contracts.change.apply"
)
def counted(event: Event) -> None:
    """Done twice it comes to the same: the figures of all agencies as they stand."""
    with calls.call():
        agency_targets.reckon(timezone.localtime(clock.now()).date())
