"""How stock is shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Resource, Section
from tenant_apps.inventory import actions
from tenant_apps.inventory.models import Balance, Move, Reservation, Serial, Warehouse


class BalanceResource(Resource):
    model = Balance
    icon = "database"
    menu = "stock"
    place = 10
    columns = ("item", "warehouse", "on_hand", "reserved", "value")
    filters = ("item", "warehouse")
    groups = ("warehouse", "item")
    search = ("item",)
    sort = "id"
    creatable = deletable = False
    editable_when = frozenset()
    form = (Section(_("Stock"), "item", "warehouse", "on_hand", "reserved", "value"),)


class MoveResource(Resource):
    model = Move
    plural = _("Stock moves")
    icon = "swap"
    menu = "stock"
    place = 20
    columns = ("number", "kind", "moved_on", "source_label", "reason", "value", "state")
    filters = ("state", "kind", "moved_on")
    groups = ("kind", "state")
    sort = "-moved_on"
    editable_when = {Move.State.DRAFT}
    form = (
        Section(_("Stock move"), "kind", "moved_on", "reason"),
        Lines(
            _("Lines"), "lines", "item", "quantity", "from_warehouse", "to_warehouse", "serials", "unit_cost", "value", totals=("value",)
        ),
    )
    summary = ("value",)
    actions = (actions.post, actions.reverse)


class SerialResource(Resource):
    model = Serial
    plural = _("Serial numbers")
    icon = "barcode"
    menu = "stock"
    columns = ("serial_no", "item", "warehouse", "cost", "received_on", "shipped_on", "state")
    filters = ("state", "item", "warehouse")
    search = ("item",)
    creatable = deletable = False
    editable_when = frozenset()
    form = (Section(_("Serial number"), "serial_no", "item", "warehouse", "cost", "received_on", "shipped_on"),)


class ReservationResource(Resource):
    model = Reservation
    plural = _("Reservations")
    icon = "lock"
    menu = "stock"
    columns = ("source_label", "item", "warehouse", "quantity")
    filters = ("item", "warehouse")
    search = ("item",)
    creatable = deletable = False
    editable_when = frozenset()
    form = (Section(_("Reservation"), "source_label", "item", "warehouse", "quantity"),)


class WarehouseResource(Resource):
    model = Warehouse
    plural = _("Warehouses")
    icon = "home"
    configuration = ("name",)
    menu = "stock"
    columns = ("name", "kind", "keeper", "default", "active")
    filters = ("kind", "active")
    sort = "id"
    form = (Section(_("Warehouse"), "name", "kind", "keeper", "address", "default", "categories", "active"),)
    match = ("name",)
