"""Shipping and arrival (W-7.3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from kernel.money import ZERO
from kernel.refusals import Refused
from tenant_apps.catalog.models import Item
from tenant_apps.inventory import actions as inventory
from tenant_apps.inventory import stock
from tenant_apps.inventory.models import Move, MoveLine, Serial
from tenant_apps.logistics.models import Delivery, DeliveryLine


@action(label=_("Ship"), when=Delivery.State.DRAFT, then=Delivery.State.SHIPPED, style="primary", bulk=True, says=_("shipped"))
def ship(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Take the goods out of stock and send them off."""
    lines = statements.lines(DeliveryLine)(delivery.pk)
    if not lines:
        raise Refused("empty", _t("There is nothing on this delivery. Add a line first."))
    items = statements.by_keys(Item, {line.item_id for line in lines})
    goods = [line for line in lines if items[line.item_id].stocked]
    if goods:
        delivery.cost = _issue(delivery, goods, items, by=by, at=at)
        bulk.update(goods, ["serials", "value"])
    delivery.delivery_date = delivery.delivery_date or at.date()


def _issue(delivery: Delivery, lines: Sequence[DeliveryLine], items: dict[int, Item], *, by: Actor, at: datetime) -> Decimal:
    """Post the goods issue, using what was reserved for the order; returns the cost of the goods."""
    reserved = stock.kept_for(delivery.source, delivery.source_id) if delivery.source_id else []
    _choose_serials(delivery, lines, items)
    rows = [
        MoveLine(
            item=items[line.item_id],
            quantity=line.quantity,
            from_warehouse_id=delivery.warehouse_id,
            serials=line.serials,
            source_line=line.source_line,
        )
        for line in lines
    ]
    values = {"kind": Move.Kind.DELIVERY, "moved_on": at.date(), **coming_from(delivery)}
    move = saving.create(Move, values, {"lines": rows}, by=by, at=at)
    stock.give_back(reserved, _used(delivery, lines))
    inventory.post(move, by=by, at=at)
    for line, moved in zip(lines, move.lines.all(), strict=True):
        line.value = moved.value
    return move.value


def _used(delivery: Delivery, lines: Sequence[DeliveryLine]) -> dict[tuple[int, int], Decimal]:
    used: dict[tuple[int, int], Decimal] = {}
    for line in lines:
        if line.source_line is not None:
            slot = (line.source_line, delivery.warehouse_id)
            used[slot] = used.get(slot, ZERO) + line.quantity
    return used


def _choose_serials(delivery: Delivery, lines: Sequence[DeliveryLine], items: dict[int, Item]) -> None:
    """Where no serial numbers were entered: those made for the order, oldest first."""
    open_lines = [line for line in lines if items[line.item_id].serialised and not line.serials]
    if not open_lines:
        return
    rows = Serial.objects.filter(
        item__in={line.item_id for line in open_lines}, warehouse=delivery.warehouse_id, source__in=("", delivery.source)
    ).order_by("pk")
    mine = [row for row in rows if row.source_id == delivery.source_id and row.source]
    spare = [row for row in rows if not row.source]
    for line in open_lines:
        fitting = [row for row in (*mine, *spare) if row.item_id == line.item_id][: int(line.quantity)]
        if len(fitting) < line.quantity:
            raise Refused(
                "serials_missing",
                _t("%(item)s: no serial number in stock for this order. Receive the machine first, or enter its number.")
                % {"item": items[line.item_id]},
            )
        line.serials = "\n".join(row.serial_no for row in fitting)
        mine, spare = [row for row in mine if row not in fitting], [row for row in spare if row not in fitting]


@action(
    label=_("Confirm arrival"),
    when=Delivery.State.SHIPPED,
    then=Delivery.State.ARRIVED,
    says=_("arrived"),
    params={"on": {"label": _("Arrived on")}},
)
def arrive(delivery: Delivery, *, by: Actor, at: datetime, on: date | None = None) -> None:
    """The goods are with the customer."""
    delivery.arrived_on = on or at.date()


@action(
    label=_("Cancel delivery"),
    when=Delivery.State.DRAFT,
    then=Delivery.State.CANCELLED,
    style="danger",
    confirm=_("Cancel this delivery?"),
    says=_("cancelled"),
)
def cancel(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Call a delivery off before it leaves."""
