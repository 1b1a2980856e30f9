"""What happens to an order between confirmation and closing (spec 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import action, move, set_state
from kernel.differences import snapshot
from kernel.documents import coming_from
from kernel.figures import figure
from kernel.money import ZERO
from kernel.refusals import Help, Refused
from tenant_apps.catalog import delivering
from tenant_apps.catalog.priced import COPIED
from tenant_apps.finance.models import Invoice, InvoiceLine
from tenant_apps.inventory import actions as inventory
from tenant_apps.inventory import stock
from tenant_apps.inventory.models import MoveLine, Warehouse
from tenant_apps.logistics.models import Delivery, DeliveryLine
from tenant_apps.sales.models import Order, OrderLine

S = Order.State
RUNNING = (S.CONFIRMED, S.RELEASED, S.READY, S.PARTLY_SHIPPED)
WAREHOUSE = {"warehouse": {"label": _("Warehouse"), "help": _("Empty: the main warehouse")}}


@action(label=_("Confirm"), when=S.DRAFT, then=S.CONFIRMED, style="primary", says=_("confirmed"))
def confirm(order: Order, *, by: Actor, at: datetime) -> None:
    """Take the order on as it stands."""
    if order.total <= 0:
        raise Refused("empty", _t("There is nothing on this order. Add a line first."))


@action(label=_("Release to production"), when=S.CONFIRMED, then=S.RELEASED, style="primary", says=_("released to production"))
def release(order: Order, *, by: Actor, at: datetime) -> None:
    """Let production begin; the payment plan may ask for the deposit first."""
    order.released_on = at.date()


@action(
    label=_("Receive into stock"), when=(S.RELEASED, S.READY, S.PARTLY_SHIPPED), says=_("finished goods received"),
    params={**WAREHOUSE, "serials": {"label": _("Serial numbers"), "type": "long", "help": _("One a line, in the order of the lines; empty: made from the order's number")}},
)  # fmt: skip
def stock_in(order: Order, *, by: Actor, at: datetime, warehouse: Warehouse | None = None, serials: str = "") -> None:
    """Take the finished goods of this order into stock at their standard cost and keep them for it."""
    lines = [line for line in _lines(order) if line.item.stocked and line.quantity > line.received]
    if not lines:
        raise Refused("nothing_open", _t("Everything of this order has been received."))
    place = warehouse or inventory.main_warehouse()
    inventory.receive(order, _receipt_lines(order, lines, place, serials), by=by, at=at)
    stock.reserve("sales.order", order.pk, str(order), [(line.pk, line.item_id, place.pk, line.quantity - line.received) for line in lines])
    for line in lines:
        line.received = line.quantity
    bulk.update(lines, ["received"])


def _receipt_lines(order: Order, lines: Sequence[OrderLine], place: Warehouse, serials: str) -> list[MoveLine]:
    given = MoveLine(serials=serials).serial_list
    rows = []
    for line in lines:
        quantity, numbers = line.quantity - line.received, []
        if line.item.serialised:
            numbers, given = given[: int(quantity)], given[int(quantity) :]
            numbers += [f"{order.number}-{line.seq:02d}-{n:02d}" for n in range(len(numbers) + 1, int(quantity) + 1)]
        rows.append(MoveLine(item=line.item, quantity=quantity, to_warehouse=place, serials="\n".join(numbers), source_line=line.pk))
    if given:
        raise Refused("serials_left", _t("More serial numbers than machines: %(rest)s.") % {"rest": ", ".join(given)})
    return rows


@action(label=_("Ready to ship"), when=(S.CONFIRMED, S.RELEASED), then=S.READY, style="primary", says=_("ready to ship"))
def ready(order: Order, *, by: Actor, at: datetime) -> None:
    """Tell that the goods are finished; the payment before shipment becomes due."""


@action(
    label=_("Make delivery"),
    when=(S.CONFIRMED, S.RELEASED, S.READY, S.PARTLY_SHIPPED),
    style="primary",
    opens=True,
    params={**WAREHOUSE, "until": {"label": _("Promised until"), "help": _("By the delivery plan; empty: all that is open")}},
    says=_("delivery prepared"),
)
def deliver(order: Order, *, by: Actor, at: datetime, warehouse: Warehouse | None = None, until: date | None = None) -> None:
    """Prepare a delivery of all that is still to be delivered, or of what the delivery plan promises up to a day."""
    drafted = _in_drafts(order)
    lines = [(line, _wanted(order, line, until) - line.delivered - drafted.get(line.pk, ZERO)) for line in _lines(order)]
    rows = [
        DeliveryLine(item=line.item, description=line.description, quantity=quantity, source_line=line.pk)
        for line, quantity in lines
        if quantity > 0
    ]
    if not rows and until is not None:
        raise Refused("not_yet", _t("Nothing more of this order is promised until %(day)s.") % {"day": until})
    if not rows:
        raise Refused("nothing_open", _t("Everything of this order is delivered or on a delivery already."), help=_open_deliveries(order))
    statements.attach([order], "customer")
    values = {
        "partner": order.customer,
        "warehouse": warehouse or inventory.main_warehouse(),
        "owner": order.owner,
        "unit": order.unit,
        **coming_from(order),
    }
    saving.create(Delivery, values, {"lines": rows}, by=by, at=at)


def _wanted(order: Order, line: OrderLine, until: date | None) -> Decimal:
    return line.quantity if until is None else delivering.until(order.deliveries, line.seq, until, line.quantity)


def _open_deliveries(order: Order) -> list[Help]:
    """The way to the deliveries that are prepared and wait to be shipped."""
    rows = Delivery.objects.filter(source="sales.order", source_id=order.pk, state=Delivery.State.DRAFT).order_by("pk")
    return [Help(_t("Open delivery %(number)s") % {"number": row}, "logistics.delivery.open", {"id": row.pk}) for row in rows[:3]]


def fully_prepared(order: Order) -> Refused | None:
    """The refusal of a further delivery when deliveries waiting to be shipped cover all that is open; None otherwise."""
    drafted = _in_drafts(order)
    if drafted and all(line.undelivered <= drafted.get(line.pk, ZERO) for line in order.lines.all()):
        return Refused("prepared", _t("The delivery is prepared. Ship it next."), help=_open_deliveries(order))
    return None


_prepared = statements.Statement(
    lambda order: DeliveryLine.objects.filter(
        delivery__source="sales.order", delivery__source_id=order, delivery__state=Delivery.State.DRAFT
    ).values_list("source_line", "quantity")
)


def _in_drafts(order: Order) -> dict[int, Decimal]:
    """What stands on deliveries not yet shipped."""
    return _sums(_prepared(order.pk))


@action(
    label=_("Make invoice"),
    when=(S.CONFIRMED, S.RELEASED, S.READY, S.PARTLY_SHIPPED, S.SHIPPED, S.ACCEPTED),
    opens=True,
    says=_("invoice prepared"),
)
def invoice(order: Order, *, by: Actor, at: datetime) -> None:
    """Prepare an invoice of all that is not yet invoiced."""
    rows = []
    for line in _lines(order):
        quantity = line.quantity - line.invoiced_quantity
        if quantity > 0:
            rows.append(InvoiceLine(source_line=line.pk, **{name: getattr(line, name) for name in COPIED} | {"quantity": quantity}))
    if not rows:
        raise Refused("nothing_open", _t("Everything of this order is invoiced."))
    statements.attach([order], "customer")
    values = {
        "partner": order.customer,
        "owner": order.owner,
        "unit": order.unit,
        "currency": order.currency,
        "rate": order.rate,
        **coming_from(order),
    }
    saving.create(Invoice, values, {"lines": rows}, by=by, at=at)


@action(
    label=_("Customer accepted"),
    when=S.SHIPPED,
    then=S.ACCEPTED,
    style="primary",
    says=_("accepted by the customer"),
    params={"on": {"label": _("Accepted on")}},
)
def accept(order: Order, *, by: Actor, at: datetime, on: date | None = None) -> None:
    """The customer has accepted the machine; the retention period begins."""
    order.accepted_on = on or at.date()


@action(label=_("Close"), when=(S.SHIPPED, S.ACCEPTED), then=S.CLOSED, says=_("closed"))
def close(order: Order, *, by: Actor, at: datetime) -> None:
    """End the order; its margin is fixed."""
    if order.invoiced < order.total:
        open_ = figure(order.total - order.invoiced, "sales.order", "total", "invoiced", currency=order.currency)
        raise Refused("not_invoiced", _t("%(open)s is not invoiced yet. Invoice it first.") % {"open": open_})
    order.margin = order.worth(order.net_total) - order.cost


@action(label=_("Hold"), when=RUNNING, then=S.HELD, style="danger", says=_("put on hold"), params={"reason": {"label": _("Reason")}})
def hold(order: Order, *, by: Actor, at: datetime, reason: str) -> None:
    """Stop the order where it is until it is resumed."""
    order.held_from, order.held_reason = order.state, reason[:200]


@action(label=_("Resume"), when=S.HELD, style="primary", says=_("resumed"))
def resume(order: Order, *, by: Actor, at: datetime) -> None:
    """Go on where the order was stopped."""
    set_state(order, order.held_from)
    order.held_from = order.held_reason = ""


@action(
    label=_("Cancel order"),
    when=(S.DRAFT, S.CONFIRMED, S.HELD),
    then=S.CANCELLED,
    style="danger",
    confirm=_("Cancel this order?"),
    says=_("cancelled"),
    params={"reason": {"label": _("Reason")}},
)
def cancel(order: Order, *, by: Actor, at: datetime, reason: str) -> None:
    """Call the order off; what was kept for it is free again."""
    if order.delivered_amount or order.invoiced:
        raise Refused("under_way", _t("Something was delivered or invoiced already. Close the order instead."))
    stock.give_back(stock.kept_for("sales.order", order.pk))


def _lines(order: Order) -> list[OrderLine]:
    lines = statements.lines(OrderLine)(order.pk)
    statements.attach(lines, "item")
    return lines


def _sums(rows: Any) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for key, amount in rows:
        sums[key] = sums.get(key, ZERO) + amount
    return sums


def recompute(pk: int, *, by: Actor, at: datetime) -> None:
    """Bring an order in line with its deliveries and invoices: quantities, values, cost, state. May run any number of times."""
    order = saving.lock(Order(pk=pk))
    before = snapshot(order)
    lines = statements.lines(OrderLine)(order.pk)
    _from_facts(order, lines)
    bulk.update(lines, ["delivered", "invoiced_quantity", "invoiced", "cost"])
    order.delivered_amount = sum((line.value_of(line.delivered) for line in lines), ZERO)
    order.invoiced = sum((line.invoiced for line in lines), ZERO)
    order.cost = sum((line.cost for line in lines), ZERO)
    order.margin = order.worth(order.net_total) - order.cost if order.cost else None
    state = _state(order, lines)
    if state != order.state:
        order.shipped_on = at.date() if state == S.SHIPPED else order.shipped_on
        move(order, state, by=by, at=at, before=before)
    saving.store(order, by=by, at=at)


_shipped = statements.Statement(
    lambda order: DeliveryLine.objects.filter(
        delivery__source="sales.order", delivery__source_id=order, delivery__state__in=(Delivery.State.SHIPPED, Delivery.State.ARRIVED)
    ).values_list("source_line", "quantity", "value")
)
_billed = statements.Statement(
    lambda order: InvoiceLine.objects.filter(
        invoice__source="sales.order", invoice__source_id=order, invoice__state=Invoice.State.ISSUED
    ).values_list("source_line", "quantity", "amount")
)


def _from_facts(order: Order, lines: Sequence[OrderLine]) -> None:
    moved: dict[int | None, Decimal] = {}
    costs: dict[int | None, Decimal] = {}
    for key, quantity, value in _shipped(order.pk):
        moved[key], costs[key] = moved.get(key, ZERO) + quantity, costs.get(key, ZERO) + value
    counts: dict[int | None, Decimal] = {}
    amounts: dict[int | None, Decimal] = {}
    for key, quantity, value in _billed(order.pk):
        counts[key], amounts[key] = counts.get(key, ZERO) + quantity, amounts.get(key, ZERO) + value
    for line in lines:
        line.delivered, line.cost = moved.get(line.pk, ZERO), costs.get(line.pk, ZERO)
        line.invoiced_quantity, line.invoiced = counts.get(line.pk, ZERO), amounts.get(line.pk, ZERO)


def _state(order: Order, lines: Sequence[OrderLine]) -> str:
    if order.state not in (*RUNNING, S.SHIPPED):
        return order.state
    if all(line.delivered >= line.quantity for line in lines):
        return S.SHIPPED
    return S.PARTLY_SHIPPED if any(line.delivered for line in lines) else order.state


def collect(pk: int, collected: Decimal, *, by: Actor, at: datetime) -> None:
    """Tell an order how much of its money has come in; the contract, which knows the payment plan, calls it."""
    order = saving.lock(Order(pk=pk))
    order.collected = collected
    saving.store(order, by=by, at=at)
