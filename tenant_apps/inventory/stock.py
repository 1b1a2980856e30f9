"""The stock ledger: how a posted move changes balances, values and serial numbers (spec 2.8).

Moving average: `C' = (Q·C + q·c) / (Q + q)`; an issue takes `q · value / on hand`, rounded to the cent, and the last piece takes
the rest. Serial-numbered items carry their own cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _t

from kernel import bulk
from kernel.actions import set_state
from kernel.money import ZERO, cents
from kernel.refusals import Refused
from kernel.statements import Statement
from tenant_apps.inventory.models import Balance, MoveLine, Reservation, Serial

Slot = tuple[int, int]


def lock_balances(slots: Iterable[Slot]) -> dict[Slot, Balance]:
    """The balances of (item, warehouse) pairs, made where missing and locked in one order, so that two postings never block each other."""
    wanted = sorted(set(slots))
    found = _locked(wanted)
    missing = [slot for slot in wanted if slot not in found]
    if missing:
        Balance.objects.bulk_create([Balance(item_id=item, warehouse_id=warehouse) for item, warehouse in missing], ignore_conflicts=True)
        found = _locked(wanted)
    return found


_balances = Statement(
    lambda items, warehouses: (
        Balance.objects.select_for_update().filter(item__among=items, warehouse__among=warehouses).order_by("item_id", "warehouse_id")
    ),
    list,
    list,
)


def _locked(slots: Sequence[Slot]) -> dict[Slot, Balance]:
    rows = _balances([item for item, _w in slots], sorted({warehouse for _i, warehouse in slots}))
    return {(row.item_id, row.warehouse_id): row for row in rows}


def apply(lines: Sequence[MoveLine], on: date, *, source: str = "", source_id: int | None = None) -> Decimal:
    """Post lines: balances, values and serials follow. Returns the value moved, CNY without VAT."""
    slots = [(line.item_id, key) for line in lines for key in (line.from_warehouse_id, line.to_warehouse_id) if key is not None]
    balances = lock_balances(slots)
    _check_enough(lines, balances)
    serials = _serials(lines)
    for line in lines:
        if line.from_warehouse_id is not None:
            _take_out(line, balances[(line.item_id, line.from_warehouse_id)], serials)
        elif line.unit_cost is None:
            line.unit_cost = line.item.standard_cost
        if line.from_warehouse_id is None:
            line.value = cents(line.quantity * (line.unit_cost or ZERO))
        if line.to_warehouse_id is not None:
            into = balances[(line.item_id, line.to_warehouse_id)]
            into.on_hand += line.quantity
            into.value += line.value
    _store_serials(lines, serials, on, source, source_id)
    bulk.update(balances.values(), ["on_hand", "reserved", "value"])
    return sum((line.value for line in lines), ZERO)


def _check_enough(lines: Sequence[MoveLine], balances: Mapping[Slot, Balance]) -> None:
    """What goes out must be there and not be reserved for somebody else."""
    need: dict[Slot, Decimal] = {}
    items = {line.item_id: line.item for line in lines}
    for line in lines:
        if line.from_warehouse_id is not None:
            slot = (line.item_id, line.from_warehouse_id)
            need[slot] = need.get(slot, ZERO) + line.quantity
    for slot, quantity in need.items():
        balance = balances[slot]
        free = balance.on_hand - balance.reserved
        if quantity > free:
            raise Refused(
                "stock_short",
                _t("%(item)s: %(need)s needed, %(free)s free in the warehouse. Receive stock first, or deliver less.")
                % {"item": items[slot[0]], "need": quantity.normalize(), "free": max(free, ZERO).normalize()},
            )


def _take_out(line: MoveLine, balance: Balance, serials: Mapping[tuple[int, str], Serial]) -> None:
    if line.serials:
        line.value = sum((serials[(line.item_id, text)].cost for text in line.serial_list if (line.item_id, text) in serials), ZERO)
    elif balance.on_hand == line.quantity:
        line.value = balance.value
    else:
        line.value = cents(balance.value * line.quantity / balance.on_hand)
    line.unit_cost = line.value / line.quantity
    balance.on_hand -= line.quantity
    balance.value -= line.value


def _serials(lines: Sequence[MoveLine]) -> dict[tuple[int, str], Serial]:
    named = [(line.item_id, text) for line in lines for text in line.serial_list]
    if not named:
        return {}
    rows = (
        Serial.objects.select_for_update()
        .filter(item__in={item for item, _text in named}, serial_no__in={text for _item, text in named})
        .order_by("pk")
    )
    return {(row.item_id, row.serial_no): row for row in rows}


def _store_serials(lines: Sequence[MoveLine], known: dict[tuple[int, str], Serial], on: date, source: str, source_id: int | None) -> None:
    new, changed = [], []
    for line in lines:
        for text in line.serial_list:
            serial = known.get((line.item_id, text))
            if line.from_warehouse_id is not None:
                if serial is None or serial.warehouse_id != line.from_warehouse_id:
                    raise Refused("serial_not_here", _t("Serial number %(serial)s is not in this warehouse.") % {"serial": text})
                changed.append(serial)
            elif serial is not None and serial.warehouse_id is not None:
                raise Refused("serial_twice", _t("Serial number %(serial)s is in stock already.") % {"serial": text})
            elif serial is not None:
                changed.append(serial)
            else:
                serial = Serial(
                    item_id=line.item_id,
                    serial_no=text,
                    cost=cents(line.value / line.quantity),
                    source=source,
                    source_id=source_id,
                    received_on=on,
                )
                serial.search_text = serial.index_text()
                new.append(serial)
                known[(line.item_id, text)] = serial
            serial.warehouse_id = line.to_warehouse_id
            set_state(serial, Serial.State.IN_STOCK if line.to_warehouse_id else Serial.State.SHIPPED)
            serial.shipped_on = None if line.to_warehouse_id else on
    Serial.objects.bulk_create(new)
    if changed:
        bulk.update(changed, ["warehouse", "state", "shipped_on"])


def reserve(source: str, source_id: int, label: str, wanted: Sequence[tuple[int, int, int, Decimal]]) -> None:
    """Keep stock for order lines; `wanted` is (order line, item, warehouse, quantity). At most what is free."""
    balances = lock_balances((item, warehouse) for _line, item, warehouse, _quantity in wanted)
    rows = []
    for line, item, warehouse, quantity in wanted:
        balance = balances[(item, warehouse)]
        free = min(quantity, balance.on_hand - balance.reserved)
        if free > 0:
            balance.reserved += free
            rows.append(
                Reservation(
                    source=source,
                    source_id=source_id,
                    source_label=label,
                    source_line=line,
                    item_id=item,
                    warehouse_id=warehouse,
                    quantity=free,
                )
            )
    bulk.update(balances.values(), ["reserved"])
    _add_reservations(source, source_id, rows)


def _add_reservations(source: str, source_id: int, rows: Sequence[Reservation]) -> None:
    """Add to what is reserved already for the same order lines, or note it anew."""
    there = {(row.source_line, row.warehouse_id): row for row in kept_for(source, source_id)}
    new = []
    for row in rows:
        known = there.get((row.source_line, row.warehouse_id))
        if known is None:
            row.search_text = row.index_text()
            new.append(row)
        else:
            known.quantity += row.quantity
    Reservation.objects.bulk_create(new)
    if there:
        bulk.update(there.values(), ["quantity"])


_kept = Statement(lambda source, key: Reservation.objects.select_for_update().filter(source=source, source_id=key).order_by("pk"), str, int)


def kept_for(source: str, source_id: int) -> list[Reservation]:
    """What is reserved for a document."""
    return _kept(source, source_id)


def give_back(reservations: Sequence[Reservation], used: Mapping[tuple[int, int], Decimal] | None = None) -> None:
    """Use up or free reservations: all of them, or as much as `used` says per (order line, warehouse)."""
    if not reservations:
        return
    balances = lock_balances((row.item_id, row.warehouse_id) for row in reservations)
    gone = []
    for row in reservations:
        amount = row.quantity if used is None else min(row.quantity, used.get((row.source_line, row.warehouse_id), ZERO))
        balance = balances[(row.item_id, row.warehouse_id)]
        balance.reserved -= min(amount, balance.reserved)
        row.quantity -= amount
        if row.quantity <= 0:
            gone.append(row.pk)
    bulk.update(balances.values(), ["reserved"])
    bulk.update([row for row in reservations if row.pk not in gone], ["quantity"])
    Reservation.objects.filter(pk__in=gone).delete()
