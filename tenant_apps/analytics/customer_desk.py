"""One customer on one page: balance, ageing, ledger, every document (W-4.2.1, W-10.1.1, spec 2.11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum, Window
from django.utils.translation import gettext as _

from kernel import reading, registry
from kernel.access import Actor, visible
from kernel.money import ZERO
from tenant_apps.analytics.order_desk import told
from tenant_apps.contracts.models import Contract
from tenant_apps.finance.models import Due, Entry
from tenant_apps.partners.models import Partner

BUCKETS = ((0, "not_due"), (30, "1-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"), (365, "181-365"))
KINDS = (
    ("quoting.quote", "customer"),
    ("contracts.contract", "customer"),
    ("sales.order", "customer"),
    ("logistics.delivery", "partner"),
    ("finance.invoice", "partner"),
    ("finance.receipt", "partner"),
)
PER_KIND, LEDGER = 20, 200


def desk(partner: Partner, actor: Actor, today: date) -> dict[str, Any]:
    """Everything about a customer that its reader may see."""
    resource = registry.get("partners.partner")
    document = reading.render_document(resource, partner.pk, actor)
    assert document is not None
    money = actor.may("finance.due", "read")
    dues = (
        list(visible(actor, Due.objects.filter(partner=partner).exclude(state__in=("received", "waived")), "finance.due")) if money else []
    )
    return {
        "document": document,
        "figures": figures(partner, dues, actor, today) if money else None,
        "ageing": ageing(dues, today),
        "ledger": ledger(partner) if actor.scope("finance.due", "read") == "all" or actor.may("finance.receipt", "read") else [],
        "documents": documents(partner, actor),
        "contacts": document["contacts"],
    }


def figures(partner: Partner, dues: list[Due], actor: Actor, today: date) -> dict[str, str]:
    """Balance by the ledger, what is overdue, retention apart, contracted and collected in all. CNY incl. VAT."""
    sums = Entry.objects.filter(partner=partner).aggregate(debit=Sum("debit"), credit=Sum("credit"))
    contracts = visible(actor, Contract.objects.filter(customer=partner).exclude(state__in=("draft", "terminated")), "contracts.contract")
    signed = contracts.aggregate(total=Sum("total"), collected=Sum("collected"))
    found = {
        "balance": (sums["debit"] or ZERO) - (sums["credit"] or ZERO),
        "overdue": sum((due.open for due in dues if due.due_date and due.triggered_on and due.due_date < today), ZERO),
        "retention": sum((due.open for due in dues if due.retention), ZERO),
        "contracted": signed["total"] or ZERO,
        "collected": signed["collected"] or ZERO,
    }
    return {name: str(value) for name, value in found.items()}


def bucket_of(due: Due, today: date) -> str:
    """Where an open receivable stands in the ageing, by its due date; retention that is not overdue has a column of its own."""
    late = (today - due.due_date).days if due.due_date and due.triggered_on else 0
    if late <= 0:
        return "retention" if due.retention else "not_due"
    return next((name for limit, name in BUCKETS if late <= limit), ">365")


def ageing(dues: list[Due], today: date) -> list[dict[str, str]]:
    """Open amounts by days overdue (spec 2.11)."""
    sums: dict[str, Decimal] = {name: ZERO for _limit, name in BUCKETS} | {">365": ZERO, "retention": ZERO}
    for due in dues:
        sums[bucket_of(due, today)] += due.open
    words = {"not_due": _("Not due"), "retention": _("Retention")}
    return [
        {"bucket": name, "label": words.get(name) or _("%(n)s days") % {"n": name}, "amount": str(amount)} for name, amount in sums.items()
    ]


def ledger(partner: Partner) -> list[dict[str, Any]]:
    """The customer's ledger with the running balance, newest first."""
    running = Window(Sum(F("debit") - F("credit")), order_by=[F("date").asc(), F("id").asc()])
    rows = Entry.objects.filter(partner=partner).annotate(balance=running).order_by("-date", "-id")[:LEDGER]
    return [
        {
            "date": row.date.isoformat(), "kind": row.kind, "kind_label": row.get_kind_display(), "label": row.label, "debit": str(row.debit), "credit": str(row.credit),
            "balance": str(row.balance), "_key": row.source, "id": row.source_id,
        }
        for row in rows
    ]  # fmt: skip


def documents(partner: Partner, actor: Actor) -> list[dict[str, Any]]:
    """The latest documents of each kind, all together newest first."""
    found = []
    for key, name in KINDS:
        if actor.may(key, "read"):
            resource = registry.get(key)
            rows = visible(actor, resource.queryset(), key).filter(**{name: partner}).order_by("-pk")[:PER_KIND]
            found += [told(resource, row, row.business_date, getattr(row, "total", getattr(row, "amount", None))) for row in rows]
    return sorted(found, key=lambda row: (row["date"] or "", row["id"]), reverse=True)
