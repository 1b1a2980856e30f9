"""How orders are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Resource, Section
from kernel.rows import shown
from tenant_apps.catalog.delivering import DELIVERIES
from tenant_apps.catalog.priced import GOODS, PRICES, SUMS
from tenant_apps.sales import actions
from tenant_apps.sales.models import Order


class OrderResource(Resource):
    model = Order
    plural = _("Sales orders")
    icon = "shopping"
    menu = "sales"
    place = 30
    columns = (
        "number", "customer", "title", "state", "order_date", "promised_date", "total", "delivered_amount", "invoiced", "collected", "owner",
    )  # fmt: skip
    filters = ("state", "customer", "owner", "order_date", "promised_date")
    groups = ("state", "customer", "owner")
    search = ("customer",)
    sort = "-order_date"
    editable_when = {Order.State.DRAFT}
    form = (
        Section(
            _("Order"), "customer", "title", "order_date", "customer_order_no", "requested_date", "promised_date", "source_label", "owner",
            "remark", "deliveries",
        ),
        Lines(_("Lines"), "lines", *GOODS, *PRICES, "amount", "delivered", "invoiced", totals=("amount",)),
    )  # fmt: skip
    overlay = {"deliveries": shown(DELIVERIES), "cost": {"home": True}, "margin": {"home": True}, "rate": {"home": True}}
    summary = SUMS
    actions = (
        actions.confirm, actions.release, actions.stock_in, actions.ready, actions.deliver, actions.invoice, actions.accept, actions.close,
        actions.hold, actions.resume, actions.cancel,
    )  # fmt: skip
    lookup = ("customer", "title", "total")
