"""What a demo company has agreed beside its usual deals: delivery in parts invoiced by stage, contracts by which it buys."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from kernel import saving
from tenant_apps.analytics.demo.book import HERE, Book
from tenant_apps.analytics.demo.deals import World
from tenant_apps.contracts import actions as contracting
from tenant_apps.contracts import billing, buying
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine, Term
from tenant_apps.finance import actions as finance
from tenant_apps.finance.models import Due, Invoice
from tenant_apps.partners import actions as partnering
from tenant_apps.partners.models import Partner, Supplier
from tenant_apps.sales import actions as sales
from tenant_apps.sales.models import Order

TOLD = tomllib.loads((HERE / "agreements.toml").read_text())
DAY = timedelta(days=1)
PARTS = ((2, 20), (2, 45), (2, 75))
"""How many machines come in so many days from now."""
T = Term.Trigger


def go(book: Book, world: World) -> None:
    """Both sides of it."""
    told = TOLD[book.slug]
    _sell_in_parts(told, world)
    _prepare_invoice(world)
    _buy(told, world)


def _sell_in_parts(told: dict[str, Any], world: World) -> None:
    """Six machines, promised in three parts; the prepayment has come in and is invoiced."""
    now, boss, clerk = world.now, world.crew["Sales director"], world.crew["Finance"]
    customer = Contract.objects.filter(state=Contract.State.COMPLETED, customer__kind=Partner.Kind.CUSTOMER).order_by("pk")[0].customer
    deliveries = [{"line": 1, "quantity": str(count), "on": (now + days * DAY).date().isoformat()} for count, days in PARTS]
    values = {
        "customer": customer, "title": told["title"], "scheme": world.schemes["30/60/10"], "deliveries": deliveries, "owner": customer.owner,
        "unit": customer.unit, "delivery_date": (now + PARTS[-1][1] * DAY).date(),
    }  # fmt: skip
    line = ContractLine(item=world.items[told["item"]], quantity=Decimal(sum(count for count, _days in PARTS)))
    contract = saving.create(Contract, values, {"lines": [line]}, by=boss, at=now - 26 * DAY)
    contracting.sign(contract, by=boss, at=now - 21 * DAY)
    first = _stages(contract)[0]
    contracting.receive(contract, by=clerk, at=now - 14 * DAY, amount=first.open, reference="YHK-0331")
    sales.release(Order.objects.get(source="contracts.contract", source_id=contract.pk), by=world.crew["Production"], at=now - 13 * DAY)
    _bill(contract, first, world, now - 13 * DAY)
    finance.issue(Invoice.objects.get(due=first), by=clerk, at=now - 13 * DAY)


def _prepare_invoice(world: World) -> None:
    """Another prepayment that has come in; its invoice waits to be issued."""
    paid = Due.objects.filter(
        source="contracts.contract", seq=1, state=Due.State.RECEIVED, pk__in=PlanLine.objects.filter(bill=Term.Bill.ANY).values("due")
    )
    running = Contract.objects.filter(state=Contract.State.EXECUTING, invoiced=0, pk__in=paid.values("source_id")).order_by("-pk")
    contract = running.exclude(deliveries__gt=[]).first()
    if contract is not None:
        _bill(contract, _stages(contract)[0], world, world.now - DAY)


def _bill(contract: Contract, stage: Due, world: World, at: datetime) -> None:
    billing.bill(contract, by=world.crew["Finance"], at=at, stage=stage)


def _stages(contract: Contract) -> list[Due]:
    return list(Due.objects.filter(source="contracts.contract", source_id=contract.pk).order_by("seq"))


# what is bought ------------------------------------------------------------------------------------------------------
def _buy(told: dict[str, Any], world: World) -> None:
    """Suppliers with their scores; one contract partly paid, one being written, one for a sales contract, and one of a carrier."""
    now, boss = world.now, world.crew["Administrator"]
    suppliers = []
    for name, short, score in told["suppliers"]:
        scores = {"quality": score, "price_score": score - 6, "service_score": score - 2, "punctuality": score - 4}
        suppliers.append(saving.create(Supplier, {"name": name, "short_name": short, **scores}, by=boss, at=now - 300 * DAY))
    carrier = saving.create(Supplier, {"name": told["freight"], "kind": Partner.Kind.CARRIER}, by=boss, at=now - 300 * DAY)
    for one in (*suppliers, carrier):
        partnering.approve(one, by=boss, at=now - 299 * DAY)
    signed = _purchase(suppliers[1], told["bought"][0], world, 40)
    contracting.sign(signed, by=boss, at=now - 38 * DAY)
    buying.pay(signed, by=world.crew["Finance"], at=now - 30 * DAY, amount=signed.plan.order_by("seq")[0].amount, reference="FK-0218")
    _purchase(suppliers[2], told["bought"][1], world, 2)
    goods = Contract.objects.filter(kind=Contract.Kind.SALES, state__in=(Contract.State.EXECUTING, Contract.State.SIGNED))
    if (sold := goods.exclude(lines__item__serialised=True).order_by("-pk").first()) is not None:
        buying.buy(sold, by=boss, at=now - DAY, supplier=suppliers[1])
    contracting.sign(_purchase(carrier, told["carried"], world, 60, Contract.Kind.FREIGHT), by=boss, at=now - 58 * DAY)


def _purchase(supplier: Supplier, row: list[Any], world: World, days: int, kind: Contract.Kind = Contract.Kind.PURCHASE) -> Contract:
    """A contract with a supplier as it was written so many days ago: a third in advance, the rest a month after it has come."""
    at, (code, count, price) = world.now - days * DAY, row
    values = {
        "kind": kind,
        "customer": supplier,
        "title": f"{supplier.short_name or supplier.name} {at:%Y}",
        "delivery_date": (at + 45 * DAY).date(),
    }
    stages = [
        PlanLine(name="预付款", kind=Term.Kind.DEPOSIT, percent=Decimal(30), trigger=T.SIGNED, offset_days=5),
        PlanLine(name="到货款", percent=Decimal(70), trigger=T.ARRIVED, offset_days=30),
    ]
    lines = [ContractLine(item=world.items[code], quantity=Decimal(count), unit_price=Decimal(price))]
    return saving.create(Contract, values, {"lines": lines, "plan": stages}, by=world.crew["Administrator"], at=at)
