"""What the business with a customer means for its standing: open business keeps it out of the pool, a signed contract makes it a customer (spec 2.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor, visible
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.contracts.models import Contract
from tenant_apps.finance.models import Due
from tenant_apps.inventory.models import Serial
from tenant_apps.partners import ports
from tenant_apps.partners.models import Partner
from tenant_apps.partners.ports import Ids
from tenant_apps.quoting.models import Quote
from tenant_apps.sales.models import Order

RUNNING, SHOWN = ("signed", "executing"), 20


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
        for row in rows.values("customer").annotate(last=Max(Greatest("signed_on", "delivery_date")))
        if row["last"]
    }


def devices(partner: Partner, actor: Actor) -> list[dict[str, Any]]:
    """Machines delivered to a customer, the latest first, as far as the reader may see serial numbers and the orders behind them."""
    if not (actor.may("inventory.serial", "read") and actor.may("sales.order", "read")):
        return []
    theirs = visible(actor, Order.objects.filter(customer=partner), "sales.order")
    rows = Serial.objects.filter(source="sales.order", source_id__in=theirs.values("pk"), shipped_on__isnull=False).select_related("item")
    return [
        {"_key": "inventory.serial", "id": row.pk, "title": row.serial_no, "text": str(row.item), "date": str(row.shipped_on)}
        for row in rows.order_by("-shipped_on", "-pk")[:SHOWN]
    ]


ports.add_panel(ports.Panel("devices", _("Devices owned"), devices))


def profit(partner: Partner, actor: Actor) -> dict[str, str] | None:
    """What was earned with a customer: net value, cost and margin of the orders whose cost is known. CNY; None where margins are not granted."""
    if not actor.may("sales.order", "read") or actor.profile.hidden("sales.order") & {"cost", "margin", "total"}:
        return None
    known = visible(actor, Order.objects.filter(customer=partner, margin__isnull=False), "sales.order")
    sums = known.aggregate(net=Sum("net_total"), cost=Sum("cost"), margin=Sum("margin"), count=Count("pk"))
    if not sums["count"]:
        return None
    rate = cents(sums["margin"] * HUNDRED / sums["net"]) if sums["net"] else ZERO
    return {
        "net": str(sums["net"]),
        "cost": str(sums["cost"]),
        "margin": str(sums["margin"]),
        "rate": str(rate),
        "orders": str(sums["count"]),
    }
