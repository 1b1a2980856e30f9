"""What the business with a customer means for its standing: open business keeps it out of the pool, a signed contract makes it a customer (spec 2.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Max, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.access import Actor, visible
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.contracts.models import Contract
from tenant_apps.contracts.selling import worth
from tenant_apps.finance.models import Due, Entry
from tenant_apps.inventory.models import Serial
from tenant_apps.partners import ports
from tenant_apps.partners.models import Partner
from tenant_apps.partners.ports import Ids
from tenant_apps.quoting.models import Quote
from tenant_apps.sales.models import Order

RUNNING, SHOWN = ("signed", "executing"), 20
BEHIND = ("sales.order", "finance.invoice", "finance.receipt")
"""The documents that credit is counted from."""


def _those(rows: QuerySet[Any], name: str, ids: Ids) -> set[int]:
    return set(rows.filter(**{f"{name}__in": ids}).order_by().values_list(name, flat=True).distinct())


@ports.stops(_("a quote is open"))
def quotes(ids: Ids) -> set[int]:
    return _those(Quote.objects.filter(state__in=("draft", "sent")), "customer", ids)


@ports.stops(_("a contract is running"))
def contracts(ids: Ids) -> set[int]:
    return _those(Contract.objects.filter(state__in=RUNNING), "customer", ids)


@ports.stops(_("an order is not closed"))
def orders(ids: Ids) -> set[int]:
    return _those(Order.objects.exclude(state__in=("closed", "cancelled")), "customer", ids)


@ports.stops(_("money is outstanding"))
def receivables(ids: Ids) -> set[int]:
    return _those(Due.objects.filter(amount__gt=F("collected")).exclude(state__in=("received", "waived")), "partner", ids)


@ports.contract_ends
def ends(ids: Ids) -> dict[int, date]:
    rows = Contract.objects.filter(customer__in=ids).exclude(state__in=("draft", "terminated")).order_by()
    return {
        row["customer"]: row["last"]
        for row in rows.values("customer").annotate(last=Max(Greatest("signed_on", "delivery_date", "valid_until")))
        if row["last"]
    }


def devices(partner: Partner, actor: Actor) -> list[dict[str, Any]]:
    """Machines delivered to a customer, the latest first, as far as the reader may see serial numbers and the orders behind them."""
    if not (actor.may("inventory.serial", "read") and actor.may("sales.order", "read")):
        return []
    theirs = visible(actor, Order.objects.filter(customer=partner), "sales.order")
    rows = Serial.objects.filter(source="sales.order", source_id__in=theirs.values("pk"), shipped_on__isnull=False)
    today = timezone.localtime(clock.now()).date()
    return [
        {
            "_key": "inventory.serial", "id": row.pk, "title": row.serial_no, "date": str(row.shipped_on),
            "text": " · ".join(filter(None, (str(row.item), warranty(row, today)))),
        }
        for row in rows.select_related("item__series").order_by("-shipped_on", "-pk")[:SHOWN]
    ]  # fmt: skip


def warranty(serial: Serial, today: date) -> str:
    """Until when a delivered machine is under warranty, by the months of its series from the day it was shipped; empty without a series."""
    series = serial.item.series
    if series is None or serial.shipped_on is None:
        return ""
    until = serial.shipped_on + relativedelta(months=series.warranty_months)
    return (_t("warranty until %(day)s") if until >= today else _t("warranty ended on %(day)s")) % {"day": until}


ports.add_panel(ports.Panel("devices", _("Devices owned"), devices))


def credit(partner: Partner, entries: QuerySet[Entry] | None, actor: Actor) -> dict[str, str] | None:
    """The limit, what of it is used and what is free. CNY incl. VAT; None without a limit, and for who may not see all that is owed and ordered.

    Used is what the ledger says is owed, less deposits, and what of open orders is not invoiced yet: each amount counts once (spec 2.11).
    """
    hidden = actor.profile.hidden("partners.partner") | actor.profile.hidden("sales.order")
    whole = all(actor.everywhere(key, "read") for key in BEHIND) and not hidden & {"credit_limit", "total", "invoiced"}
    if partner.credit_limit is None or entries is None or not whole:
        return None
    owed = entries.aggregate(sum=Sum(F("debit") - F("credit")))["sum"] or ZERO
    running = Order.objects.filter(customer=partner).exclude(state__in=("draft", "closed", "cancelled"))
    open_ = cents(running.aggregate(sum=Sum(worth(Greatest(F("total") - F("invoiced"), ZERO))))["sum"] or ZERO)
    used = max(owed + open_, ZERO)
    return {"limit": str(partner.credit_limit), "used": str(used), "free": str(partner.credit_limit - used)}


def profit(partner: Partner, actor: Actor) -> dict[str, str] | None:
    """What was earned with a customer: net value, cost and margin of the orders whose cost is known. CNY; None where margins are not granted."""
    if not actor.may("sales.order", "read") or actor.profile.hidden("sales.order") & {"cost", "margin", "total"}:
        return None
    known = visible(actor, Order.objects.filter(customer=partner, margin__isnull=False), "sales.order")
    sums = known.aggregate(net=Sum(worth("net_total")), cost=Sum("cost"), margin=Sum("margin"), count=Count("pk"))
    if not sums["count"]:
        return None
    net = cents(sums["net"])
    rate = cents(sums["margin"] * HUNDRED / net) if net else ZERO
    return {
        "net": str(net),
        "cost": str(sums["cost"]),
        "margin": str(sums["margin"]),
        "rate": str(rate),
        "orders": str(sums["count"]),
    }
