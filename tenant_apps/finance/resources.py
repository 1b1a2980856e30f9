"""How receivables, invoices and receipts are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Resource, Section
from tenant_apps.catalog.priced import AMOUNTS, GOODS, PRICES, SUMS
from tenant_apps.finance import actions
from tenant_apps.finance.models import ChargeItem, Due, Invoice, Receipt


class DueResource(Resource):
    model = Due
    plural = _("Receivables")
    icon = "dollar"
    menu = "finance"
    place = 30
    columns = ("partner", "source_label", "name", "state", "amount", "collected", "due_date", "forecast_date", "owner")
    filters = ("state", "partner", "due_date", "retention", "owner")
    groups = ("state", "partner", "owner")
    search = ("partner",)
    sort = "-id"
    creatable = deletable = importable = False
    editable_when = frozenset()
    form = (
        Section(
            _("Receivable"), "partner", "source_label", "name", "amount", "collected", "due_date", "forecast_date", "triggered_on",
            "retention", "charge",
        ),
    )  # fmt: skip
    lookup = ("source_label", "name", "amount", "collected", "due_date")
    overlay = {"rate": {"home": True}}
    actions = (actions.waive,)


class ChargeItemResource(Resource):
    model = ChargeItem
    plural = _("Charge items")
    path = "charge-items"
    icon = "profile"
    menu = "settings"
    columns = ("code", "name", "direction", "tax", "account", "in_credit", "in_commission", "in_ageing", "system", "active")
    filters = ("direction", "active")
    sort = "id"
    form = (
        Section(_("Charge item"), "code", "name", "direction", "tax", "account", "active"),
        Section(_("What it counts in"), "in_credit", "in_commission", "in_ageing"),
    )
    match = ("code",)


class InvoiceResource(Resource):
    model = Invoice
    plural = _("Sales invoices")
    icon = "audit"
    menu = "finance"
    place = 10
    columns = ("number", "partner", "state", "source_label", "invoice_date", "kind", "total", "owner")
    filters = ("state", "partner", "kind", "invoice_date", "owner")
    groups = ("state", "partner")
    search = ("partner",)
    sort = "-id"
    editable_when = {Invoice.State.DRAFT}
    form = (
        Section(_("Sales invoice"), "partner", "source_label", "due", "invoice_date", "kind", "title", "tax_no", "einvoice_no", "remark"),
        Lines(_("Lines"), "lines", *GOODS, *PRICES, *AMOUNTS, totals=AMOUNTS),
    )
    summary = SUMS
    overlay = {"rate": {"home": True}}
    actions = (actions.issue, actions.reverse)


class ReceiptResource(Resource):
    model = Receipt
    plural = _("Receipts")
    icon = "wallet"
    menu = "finance"
    place = 20
    columns = ("number", "partner", "state", "received_on", "amount", "allocated", "method", "reference")
    filters = ("state", "partner", "method", "received_on")
    groups = ("state", "partner", "method")
    search = ("partner",)
    sort = "-id"
    editable_when = {Receipt.State.DRAFT}
    form = (
        Section(_("Receipt"), "partner", "received_on", "amount", "method", "reference", "payer", "remark"),
        Lines(_("Used for"), "allocations", "due", "amount", totals=("amount",)),
    )
    summary = ("amount", "allocated")
    actions = (actions.post, actions.allocate, actions.reverse_)
    overlay = {"allocations.due": {"lookup": {"partner": "partner"}}, "rate": {"home": True}}
