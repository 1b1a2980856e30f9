"""A contract on its way: signed, paid in stages, built, shipped, invoiced, accepted."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kernel import saving
from kernel.access import Actor
from tenant_apps.analytics.demo.goods import serial_numbers
from tenant_apps.analytics.demo.talk import talk
from tenant_apps.analytics.demo.timeline import Step, Story
from tenant_apps.contracts import actions as contracting
from tenant_apps.contracts.models import Contract
from tenant_apps.finance import actions as finance
from tenant_apps.finance.models import Due, Invoice
from tenant_apps.logistics import actions as logistics
from tenant_apps.logistics.models import Delivery
from tenant_apps.sales import actions as sales
from tenant_apps.sales.models import Order

if TYPE_CHECKING:
    from tenant_apps.analytics.demo.deals import Deal, World

BEFORE_RELEASE, BEFORE_SHIPMENT = "production", "delivery"


class Execution:
    """Who does what when, after the customer has said yes."""

    def __init__(self, deal: Deal, world: World, contract: Contract, rep: Actor) -> None:
        self.deal, self.world, self.contract, self.rep = deal, world, contract, rep
        self.crew, self.trade = world.crew, world.trade
        self.chance = deal.chance

    def tell(self) -> Story:
        yield self.deal.signs or self.chance.randint(2, 9)
        order = self.sign()
        talk(order, self.rep, self.world, self.deal.clock.at, self.chance)
        if not (yield from self.paid(BEFORE_RELEASE)):
            return
        yield self.chance.randint(1, 4)
        if self.deal.fate == "cancelled":
            sales.cancel(order, by=self.crew["Administrator"], at=self.deal.clock.at, reason="客户资金计划调整，项目取消")
            return
        sales.release(order, by=self.crew["Production"], at=self.deal.clock.at)
        yield from self.pay(self.open_stages(""))
        if self.deal.fate == "held":
            yield 9
            sales.hold(order, by=self.crew["Sales director"], at=self.deal.clock.at, reason="客户要求等待新厂房验收")
            return
        yield from self.build(order)
        yield 0
        sales.deliver(order, by=self.crew["Warehouse"], at=self.deal.clock.at)
        delivery = Delivery.objects.get(source="sales.order", source_id=order.pk)
        if not (yield from self.paid(BEFORE_SHIPMENT)):
            return
        yield self.chance.randint(1, 3)
        self.ship(delivery)
        if self.deal.fate != "shipped":
            yield from self.settle(order, delivery)

    def sign(self) -> Order:
        at = self.deal.clock.at
        number = f"{self.contract.customer.short_name}-CG-{at:%Y%m}-{self.chance.randint(1, 99):02d}"
        saving.change(self.contract, {"customer_contract_no": number}, by=self.rep, at=at)
        contracting.sign(self.contract, by=self.crew["Sales director"], at=at)
        return Order.objects.get(source="contracts.contract", source_id=self.contract.pk)

    def build(self, order: Order) -> Iterator[int]:
        machines = [line for line in order.lines.all() if line.item.serialised]
        longest = max((line.item.lead_days for line in order.lines.all()), default=5)
        yield longest + self.chance.randint(-3, 12)
        at = self.deal.clock.at
        serials = "\n".join(serial_numbers(line.item.code, int(line.quantity), at) for line in machines)
        if any(line.item.stocked for line in order.lines.all()):
            sales.stock_in(order, by=self.crew["Warehouse"], at=at, serials=serials)
        sales.ready(order, by=self.crew["Production"], at=at)

    def ship(self, delivery: Delivery) -> None:
        at = self.deal.clock.at
        contact = self.contract.customer.contacts.order_by("seq")[0]
        transport = {
            "carrier": self.chance.choice(self.trade["carriers"]),
            "tracking_no": f"YD{at:%y%m%d}{self.chance.randint(1000, 9999)}",
            "consignee": f"{contact.name} {contact.phone}",
            "delivery_date": at.date(),
        }
        saving.change(delivery, transport, by=self.crew["Warehouse"], at=at)
        logistics.ship(delivery, by=self.crew["Warehouse"], at=at)

    def settle(self, order: Order, delivery: Delivery) -> Iterator[Step]:
        """Arrival, invoice, acceptance, the rest of the money, and the end."""
        yield self.chance.randint(1, 3)
        self.invoice(order)
        yield self.chance.randint(1, 5)
        logistics.arrive(delivery, by=self.crew["Warehouse"], at=self.deal.clock.at)
        yield self.chance.randint(6, 28)
        sales.accept(order, by=self.crew["Sales director"], at=self.deal.clock.at)
        yield self.chance.randint(2, 60)
        sales.close(order, by=self.crew["Finance"], at=self.deal.clock.at)
        yield from self.pay(self.open_stages(""))

    def invoice(self, order: Order) -> None:
        clerk, at = self.crew["Finance"], self.deal.clock.at
        sales.invoice(order, by=clerk, at=at)
        invoice = Invoice.objects.get(source="sales.order", source_id=order.pk)
        saving.change(invoice, {"einvoice_no": f"2531{self.chance.randint(10**15, 10**16 - 1)}"}, by=clerk, at=at)
        finance.issue(invoice, by=clerk, at=at)

    def stages(self) -> list[Due]:
        return list(Due.objects.filter(source="contracts.contract", source_id=self.contract.pk).order_by("seq"))

    def gates(self) -> dict[int, str]:
        return dict(self.contract.plan.values_list("due", "gate"))

    def open_stages(self, gate: str) -> list[Due]:
        """Stages that are due by now and not paid; with `gate`, those that block it."""
        gates = self.gates()
        return [due for due in self.stages() if due.open and due.triggered_on and (not gate or gates[due.pk] == gate)]

    def paid(self, gate: str) -> Generator[Step, None, bool]:
        """Wait for the money that something depends on; tells whether it came."""
        wanted = self.open_stages(gate)
        yield from self.pay(wanted)
        return all(due.seq != self.deal.unpaid for due in wanted)

    def pay(self, wanted: list[Due]) -> Iterator[Step]:
        for due in wanted:
            if due.seq != self.deal.unpaid:
                pays, self.deal.pays = self.deal.pays, None
                yield pays or self.until(due.due_date or self.deal.clock.at.date())
                at = self.deal.clock.at
                reference = f"{at:%Y%m%d}{self.chance.randint(10**5, 10**6 - 1)}"
                contracting.receive(self.contract, by=self.crew["Finance"], at=at, amount=due.open, reference=reference)

    def until(self, day: date) -> int:
        """Days to a payment: some come early, most on time, some late."""
        late = self.chance.choice((-4, -2, 0, 0, 1, 2, 3, 6, 14, 31))
        return max((day - self.deal.clock.at.date()).days + late, 1)
