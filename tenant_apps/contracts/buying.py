"""Contracts by which we buy: made for a sales contract, signed with a supplier that may be bought from, paid stage by stage (spec 2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from kernel.figures import figure
from kernel.money import HUNDRED, ZERO, cents
from kernel.refusals import Refused
from tenant_apps.catalog.priced import PricedLine, copied
from tenant_apps.contracts import staging
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine
from tenant_apps.partners import suppliers
from tenant_apps.partners.models import Partner, Supplier

S = Contract.State
RUNNING = (S.SIGNED, S.EXECUTING)


def check_priced(lines: Iterable[PricedLine]) -> None:
    """Refuse to order something whose price is left open."""
    unpriced = next((line for line in lines if line.unit_price is None), None)
    if unpriced is not None:
        raise Refused("no_price", _t("“%(what)s” has no price yet. Enter what the supplier takes for it.") % {"what": unpriced})


def take_on(contract: Contract, at: datetime) -> None:
    """A supplier that may be bought from; its stages get their days as far as they are known."""
    suppliers.refuse_trade(contract.customer, at.date())
    plan = statements.lines(PlanLine)(contract.pk)
    staging.check_dated(plan)
    days = staging.happened(contract, (), ())
    for line in plan:
        line.due_date = staging.due_day(line, days, contract.warranty_months)
    bulk.update(plan, ["due_date"])


@action(label=_("Buy for it"), when=RUNNING, opens=True, says=_("bought for"), params={"supplier": {"label": _("Supplier")}})
def buy(contract: Contract, *, by: Actor, at: datetime, supplier: Supplier) -> None:
    """Begin a purchase contract of what this contract sells, at standard cost, typed by whom costs are hidden from; it cannot be signed before the stages that block purchasing are paid."""
    if not contract.sells:
        raise Refused("not_sold", _t("Only what we sell is bought for. Make a purchase contract of its own instead."))
    lines = statements.lines(ContractLine)(contract.pk)
    rows = [ContractLine(**{**copied(line), "unit_price": None, "discount": ZERO}) for line in lines]
    values = {
        "kind": Contract.Kind.PURCHASE, "customer_id": supplier.pk, "title": contract.title, "delivery_date": contract.delivery_date,
        "owner": by.id or contract.owner, "unit": contract.unit, **coming_from(contract),
    }  # fmt: skip
    saving.create(Contract, values, {"lines": rows}, by=by, at=at)


def rate(contract: Contract, *, by: Actor, at: datetime) -> None:
    """The on-time score of a supplier: of its purchase contracts with an agreed day, how many arrived by it, in percent."""
    others = Contract.objects.filter(customer=contract.customer_id, kind=contract.kind, facts__reached__has_key="arrived").exclude(
        pk=contract.pk
    )
    came = [*others.values_list("delivery_date", "facts__reached__arrived"), (contract.delivery_date, contract.facts["reached"]["arrived"])]
    in_time = [date.fromisoformat(day) <= agreed for agreed, day in came if agreed]
    if in_time:
        supplier = saving.lock(Partner(pk=contract.customer_id))
        supplier.punctuality = cents(HUNDRED * sum(in_time) / len(in_time))
        suppliers.rate(supplier)
        saving.store(supplier, by=by, at=at)


@action(
    label=_("Register payment"), when=RUNNING, says=_("paid"),
    params={"amount": {"label": _("Amount"), "help": _("It pays the open stages in their order")}, "on": {"label": _("Paid on")}, "reference": {"label": _("Bank reference"), "max_length": 80}},
)  # fmt: skip
def pay(contract: Contract, *, by: Actor, at: datetime, amount: Decimal, on: date | None = None, reference: str = "") -> None:
    """Note what was paid to a supplier or carrier; it counts for the stages in their order, and never for more than they come to."""
    if not contract.buys:
        raise Refused("incoming", _t("The other party pays for a contract of this kind. Register what comes in with “Register receipt”."))
    plan = statements.lines(PlanLine)(contract.pk)
    open_ = sum((line.open for line in plan), ZERO)
    if not 0 < amount <= open_:
        told = {"open": figure(open_, "contracts.contract", "plan", "amount", "total", currency=contract.currency)}
        raise Refused("too_much", _t("Of this contract %(open)s is still to be paid. Enter an amount up to that.") % told)
    rest = amount
    for line in plan:
        part = min(rest, line.open)
        line.paid, rest = line.paid + part, rest - part
    bulk.update(plan, ["paid"])
    staging.count_in(contract, plan)
