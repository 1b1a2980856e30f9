"""Cards of the home page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import registry
from kernel.access import Actor, visible
from kernel.cards import card
from kernel.money import ZERO, cents
from tenant_apps.contracts import selling
from tenant_apps.finance.models import Due, Receipt
from tenant_apps.quoting.models import Quote
from tenant_apps.sales.models import Order

LIST = 8
MONTHS = 12
AMOUNTS = {"total": ("total",), "open": ("amount", "collected")}
"""What an amount on a card repeats of its document."""


def _mine(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    meta = rows.model._meta
    return visible(actor, rows, f"{meta.app_label}.{meta.model_name}")


def _sum(rows: QuerySet[Any], amount: str | Combinable) -> Decimal:
    return cents(rows.aggregate(sum=Sum(amount))["sum"] or ZERO)


def _compared(rows: QuerySet[Any], day: str, amount: str | Combinable, on: date) -> dict[str, Any]:
    """This month so far against the same days of the month before."""
    start = on.replace(day=1)
    before = start - relativedelta(months=1)
    now = _sum(rows.filter(**{f"{day}__gte": start, f"{day}__lte": on}), amount)
    then = _sum(rows.filter(**{f"{day}__gte": before, f"{day}__lte": before + (on - start)}), amount)
    delta = str(((now - then) / then).quantize(Decimal("0.001"))) if then else None
    return {"value": str(now), "unit": "money", "delta": delta, "better": "up"}


@card("signed", _("Signed this month"), kind="figure", needs="contracts.contract", order=10, sums=("total",))
def signed(actor: Actor, on: date) -> dict[str, Any]:
    kinds = "&".join(f"kind={kind}" for kind in selling.SELLING)
    link = {"key": "contracts.contract", "query": f"signed_on__gte={on.replace(day=1)}&{kinds}"}
    return _compared(_mine(actor, selling.sold()), "signed_on", selling.worth(), on) | {"link": link}


@card("received", _("Received this month"), kind="figure", needs="finance.receipt", order=11, sums=("amount",))
def received(actor: Actor, on: date) -> dict[str, Any]:
    rows = _mine(actor, Receipt.objects.filter(state="posted"))
    return _compared(rows, "received_on", selling.worth("amount"), on) | {
        "link": {"key": "finance.receipt", "query": f"received_on__gte={on.replace(day=1)}"}
    }


def _overdue(actor: Actor, on: date) -> QuerySet[Any]:
    return _mine(actor, Due.objects.filter(due_date__lt=on, triggered_on__isnull=False).exclude(state__in=("received", "waived")))


@card("overdue", _("Overdue receivables"), kind="figure", needs="finance.due", order=12, sums=("amount", "collected"))
def overdue(actor: Actor, on: date) -> dict[str, Any]:
    value = cents(_overdue(actor, on).aggregate(sum=Sum(selling.worth(F("amount") - F("collected"))))["sum"] or ZERO)
    query = f"due_date__lte={on - timedelta(days=1)}&state=triggered&state=partly_received"
    return {"value": str(value), "unit": "money", "delta": None, "better": "down", "link": {"key": "finance.due", "query": query}}


@card("offered", _("Open quotes"), kind="figure", needs="quoting.quote", order=13, sums=("total",))
def offered(actor: Actor, on: date) -> dict[str, Any]:
    return {
        "value": str(_sum(_mine(actor, Quote.objects.filter(state="sent")), selling.worth())),
        "unit": "money",
        "delta": None,
        "better": "up",
        "link": {"key": "quoting.quote", "query": "state=sent"},
    }


@card("trend", _("Contracts and receipts"), kind="chart", needs="contracts.contract", order=20, sums=("total",))
def trend(actor: Actor, on: date) -> dict[str, Any]:
    """Contracts signed and money received over the last twelve months."""
    first = on.replace(day=1) - relativedelta(months=MONTHS - 1)
    months = [first + relativedelta(months=step) for step in range(MONTHS)]
    signed_rows = _mine(actor, selling.sold().filter(signed_on__gte=first))
    series = [_series(_t("Contracts signed"), "bar", signed_rows, "signed_on", selling.worth(), months)]
    if actor.may("finance.receipt", "read") and "amount" not in actor.profile.hidden("finance.receipt"):
        series.append(
            _series(
                _t("Money received"),
                "line",
                _mine(actor, Receipt.objects.filter(state="posted", received_on__gte=first)),
                "received_on",
                selling.worth("amount"),
                months,
            )
        )
    return {"x": [month.strftime("%Y-%m") for month in months], "series": series}


def _series(name: str, kind: str, rows: QuerySet[Any], day: str, amount: str | Combinable, months: list[date]) -> dict[str, Any]:
    sums = {
        row["month"]: row["sum"] for row in rows.annotate(month=TruncMonth(day)).values("month").annotate(sum=Sum(amount)).order_by("month")
    }
    return {"name": name, "kind": kind, "unit": "money", "data": [str(cents(sums.get(month, ZERO))) for month in months]}


def _row(actor: Actor, row: Any, key: str, *, sub: str, when: date | None, amount: str, tag: tuple[str, str]) -> dict[str, Any]:
    """A document in a list; its `amount` only for who may see all of it."""
    told = {"_key": key, "id": row.pk, "label": str(row), "sub": sub, "tag": {"label": tag[0], "color": tag[1]}}
    if not actor.profile.hidden(key).intersection(AMOUNTS[amount]):
        told["amount"] = str(getattr(row, amount))
    return told | ({"date": when.isoformat()} if when else {})


@card("todo", _("To do"), kind="list", needs="sales.order", order=21)
def todo(actor: Actor, on: date) -> dict[str, Any]:
    """Quotes waiting for this member's agreement, then orders for a step they may take."""
    may = {verb for verb in registry.get("sales.order").verbs if actor.may("sales.order", verb)}
    steps = {
        "confirmed": "release",
        "released": "ready",
        "ready": "deliver",
        "partly_shipped": "deliver",
        "shipped": "accept",
        "accepted": "close",
    }
    states = [state for state, verb in steps.items() if verb in may]
    rows = (
        _mine(actor, Order.objects.filter(state__in=states))
        .select_related("customer")
        .order_by(F("promised_date").asc(nulls_last=True), "pk")[:LIST]
    )
    options = {one["value"]: one for one in registry.get("sales.order").own["state"].options()}
    waiting = _to_agree(actor)
    return {
        "rows": waiting
        + [
            _row(
                actor,
                row,
                "sales.order",
                sub=row.customer.name,
                when=row.promised_date,
                amount="total",
                tag=(options[row.state]["label"], options[row.state]["color"]),
            )
            for row in rows[: LIST - len(waiting)]
        ]
    }


def _to_agree(actor: Actor) -> list[dict[str, Any]]:
    """Submitted quotes that this member was asked to agree to, the oldest first."""
    if actor.id is None or not actor.may("quoting.quote", "approve"):
        return []
    submitted = Quote.objects.filter(state=Quote.State.SUBMITTED, facts__asked__contains=actor.id)
    rows = _mine(actor, submitted).select_related("customer").order_by("pk")[: LIST // 2]
    tag = (_t("to agree to"), "gold")
    return [_row(actor, row, "quoting.quote", sub=row.customer.name, when=row.quote_date, amount="total", tag=tag) for row in rows]


@card("late-money", _("Money to collect"), kind="list", needs="finance.due", order=22, size=(6, 6))
def late_money(actor: Actor, on: date) -> dict[str, Any]:
    """Receivables overdue or due within a week, the oldest first."""
    rows = _mine(
        actor,
        Due.objects.filter(due_date__lte=on + timedelta(days=7), triggered_on__isnull=False).exclude(state__in=("received", "waived")),
    )
    told = []
    for row in rows.select_related("partner").order_by("due_date", "pk")[:LIST]:
        late = (on - row.due_date).days
        tag = (_t("%(n)d days late") % {"n": late}, "red") if late > 0 else (_t("due soon"), "gold")
        told.append(_row(actor, row, "finance.due", sub=row.partner.name, when=row.due_date, amount="open", tag=tag))
    return {"rows": told}


@card("expiring", _("Quotes to follow up"), kind="list", needs="quoting.quote", order=23, size=(6, 6))
def expiring(actor: Actor, on: date) -> dict[str, Any]:
    """Sent quotes, those that expire first on top."""
    rows = _mine(actor, Quote.objects.filter(Q(state="sent"))).select_related("customer").order_by("valid_until", "pk")[:LIST]
    return {
        "rows": [
            _row(
                actor,
                row,
                "quoting.quote",
                sub=row.customer.name,
                when=row.valid_until,
                amount="total",
                tag=(_t("expired"), "red") if row.valid_until < on else (_t("open"), "blue"),
            )
            for row in rows
        ]
    }
