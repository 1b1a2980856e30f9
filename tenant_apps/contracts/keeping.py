"""What happens to a signed contract besides orders and money: stages reached, the original filed, an end without orders (spec 2.4)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import statements
from kernel.access import Actor
from kernel.actions import action
from kernel.locks import take_turns
from kernel.refusals import Refused
from tenant_apps.contracts import billing, buying, staging
from tenant_apps.contracts.models import Contract, PlanLine, Term
from tenant_apps.sales.models import Order

S = Contract.State
RUNNING = (S.SIGNED, S.EXECUTING)
T = Term.Trigger
NEVER_TOLD = (T.TESTED, T.ARRIVED, T.INSTALLED)
"""What no document tells, whatever the contract; arrival is told by the delivery too."""
BY_HAND = tuple(one for one in T if one not in (T.SIGNED, T.WARRANTY, T.FIXED))


@action(
    label=_("Stage reached"), when=RUNNING, says=_("reached a stage"),
    params={
        "stage": {"label": _("What has happened"), "type": "choice", "choices": tuple((one.value, one.label) for one in BY_HAND)},
        "on": {"label": _("Day")},
    },
)  # fmt: skip
def reach(contract: Contract, *, by: Actor, at: datetime, stage: str, on: date | None = None) -> None:
    """Something that no document of the product tells has happened: stages of payment that wait for it become due."""
    if stage not in _by_hand(contract):
        told = {"stage": T(stage).label, "contract": contract}
        raise Refused(
            "told_elsewhere", _t("“%(stage)s” follows from the orders, deliveries and invoices of %(contract)s. Carry on there.") % told
        )
    day = on or at.date()
    contract.facts = {**contract.facts, "reached": {**contract.facts.get("reached", {}), stage: day.isoformat()}}
    staging.trigger(contract.pk, stage, day)
    billing.remind_upon(contract.pk, stage)
    if contract.kind == Contract.Kind.PURCHASE and stage == Term.Trigger.ARRIVED:
        buying.rate(contract, by=by, at=at)


def _by_hand(contract: Contract) -> tuple[str, ...]:
    """What somebody has to tell: all where we buy, and of services without an order all but our invoice."""
    if contract.buys:
        return BY_HAND
    ordered = any(order.state != Order.State.CANCELLED for order in staging.orders_of(contract.pk))
    if contract.kind == Contract.Kind.SERVICE and not ordered:
        return tuple(one for one in BY_HAND if one != T.INVOICED)
    return NEVER_TOLD


@action(label=_("Begin installation"), when=RUNNING, says=_("installation begun"), params={"on": {"label": _("Day")}})
def install(contract: Contract, *, by: Actor, at: datetime, on: date | None = None) -> None:
    """Our people begin to install at the customer's; the payment plan may ask for a stage first."""
    since = contract.facts.get("installing")
    if since or not contract.sells:
        told = {"contract": contract, "day": since or ""}
        raise Refused(
            "begun" if since else "not_sold",
            _t("%(contract)s has been under installation since %(day)s.") % told if since else _t("Only what is sold is installed."),
        )
    contract.facts = {**contract.facts, "installing": (on or at.date()).isoformat()}


@action(
    label=_("File the original"), when=(*RUNNING, S.COMPLETED), says=_("original filed"),
    params={"archive_no": {"label": _("Archive number"), "max_length": 40}, "place": {"label": _("Where it lies"), "max_length": 80}},
)  # fmt: skip
def file_original(contract: Contract, *, by: Actor, at: datetime, archive_no: str, place: str = "") -> None:
    """Note under which number the signed and sealed original is kept, and where."""
    take_turns("contracts.archive")
    taken = Contract.objects.filter(archive_no=archive_no).exclude(pk=contract.pk).first()
    if taken is not None:
        told = {"number": archive_no, "contract": taken}
        raise Refused("archive_taken", _t("%(number)s is the original of contract %(contract)s. Choose another number.") % told)
    contract.archive_no, contract.archive_place = archive_no, place


@action(label=_("Complete"), when=RUNNING, then=S.COMPLETED, says=_("completed"))
def complete(contract: Contract, *, by: Actor, at: datetime) -> None:
    """A contract without orders of ours has been fulfilled. Sales contracts complete by themselves, when all is delivered and paid."""
    if contract.kind == Contract.Kind.SALES:
        raise Refused("by_itself", _t("A sales contract completes by itself when its orders are closed and paid."))
    if contract.buys and any(line.open > 0 for line in statements.lines(PlanLine)(contract.pk)):
        raise Refused("unpaid", _t("It is not paid in full. Register what was paid first."))
    if contract.sells and contract.collected < contract.total:
        raise Refused("unpaid", _t("It is not paid in full. Register the receipts, or waive what is open."))
