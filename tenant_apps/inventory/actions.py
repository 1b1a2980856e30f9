"""Posting and reversing stock moves (W-7.2, W-7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, periods, saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import Document, coming_from
from kernel.periods import Ledger
from kernel.refusals import Refused
from tenant_apps.inventory import stock
from tenant_apps.inventory.models import Move, MoveLine, Warehouse


@action(label=_("Post"), when=Move.State.DRAFT, then=Move.State.POSTED, style="primary", bulk=True, says=_("posted"))
def post(move: Move, *, by: Actor, at: datetime) -> None:
    """Carry the move out: stock, values and serial numbers change now."""
    lines = list(move.lines.all())
    if not lines:
        raise Refused("empty", _t("There is nothing on this move. Add a line first."))
    statements.attach(lines, "item")
    on = move.moved_on or at.date()
    periods.ask(Ledger.STOCK, on, move.unit)
    move.value = stock.apply(lines, on, source=move.source, source_id=move.source_id)
    bulk.update(lines, ["unit_cost", "value"])


@action(
    label=_("Reverse"), when=Move.State.POSTED, then=Move.State.REVERSED, style="danger", says=_("reversed"),
    confirm=_("A move in the other direction is posted. Continue?"), params={"reason": {"label": _("Reason")}},
)  # fmt: skip
def reverse(move: Move, *, by: Actor, at: datetime, reason: str) -> None:
    """Undo a posted move by one in the other direction at the same value."""
    values = {"kind": Move.Kind.REVERSAL, "moved_on": at.date(), "reason": reason[:120], **coming_from(move)}
    against = saving.create(Move, values, {"lines": [_turned(line) for line in move.lines.all()]}, by=by, at=at)
    post(against, by=by, at=at)


def _turned(line: MoveLine) -> dict[str, Any]:
    return {
        "item_id": line.item_id, "quantity": line.quantity, "from_warehouse_id": line.to_warehouse_id, "to_warehouse_id": line.from_warehouse_id,
        "serials": line.serials, "unit_cost": line.value / line.quantity, "source_line": line.source_line,
    }  # fmt: skip


def receive(source: Document, lines: Sequence[MoveLine], *, by: Actor, at: datetime) -> Move:
    """Take finished goods into stock for a document (an order)."""
    values = {"kind": Move.Kind.RECEIPT, "moved_on": at.date(), **coming_from(source)}
    move = saving.create(Move, values, {"lines": lines}, by=by, at=at)
    post(move, by=by, at=at)
    return move


_warehouses = statements.Statement(lambda: Warehouse.objects.filter(active=True).order_by("-default", "pk")[:1])


def main_warehouse() -> Warehouse:
    """Where finished goods go and come from unless said otherwise."""
    found = _warehouses()
    if not found:
        raise Refused("no_warehouse", _t("There is no warehouse yet. Add one under Stock → Warehouses."))
    return cast("Warehouse", found[0])
