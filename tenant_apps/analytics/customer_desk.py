"""One customer on one page: balance, ageing, ledger, every document (W-4.2.1, W-10.1.1, spec 2.11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum, Window
from django.utils.translation import gettext as _

from kernel import reading, registry, words
from kernel.access import Actor, visible
from kernel.money import ZERO, cents
from tenant_apps.analytics import customer_business, customer_value
from tenant_apps.analytics.order_desk import told
from tenant_apps.analytics.seeing import sees
from tenant_apps.contracts.selling import sold, worth
from tenant_apps.finance.models import Due, Entry
from tenant_apps.partners import ports
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


BOOKED = {"finance.invoice": "total", "finance.receipt": "amount"}
"""The documents that stand behind the ledger, and the amount it repeats of each."""


def desk(partner: Partner, actor: Actor, today: date) -> dict[str, Any]:
    """Everything about a customer that its reader may see, counted from the rows they may see and from no others."""
    resource = registry.get("partners.partner")
    document = reading.render_document(resource, partner.pk, actor)
    assert document is not None
    dues = open_dues(partner, actor)
    entries = entries_of(partner, actor)
    return {
        "document": document,
        "figures": figures(partner, dues, entries, actor, today),
        "credit": customer_business.credit(partner, entries, actor),
        "ageing": [] if dues is None else ageing(dues, today),
        "ledger": [] if entries is None else ledger(entries),
        "documents": documents(partner, actor),
        "contacts": document["contacts"],
        "panels": ports.panels(partner, actor),
        "profit": customer_business.profit(partner, actor),
        "value": customer_value.of(partner, actor),
        "notes": notes(actor),
    }


def open_dues(partner: Partner, actor: Actor) -> list[Due] | None:
    """What the customer is still to pay, as far as the reader may see it; None when the screen or its amounts are not granted."""
    if not sees(actor, "finance.due", "amount", "collected"):
        return None
    rows = Due.objects.filter(partner=partner).exclude(state__in=("received", "waived")).select_related("charge")
    return list(visible(actor, rows, "finance.due"))


def entries_of(partner: Partner, actor: Actor) -> QuerySet[Entry] | None:
    """The lines of the ledger whose documents the reader may see; None when invoices, receipts or their amounts are not granted."""
    if not all(sees(actor, key, amount) for key, amount in BOOKED.items()):
        return None
    entries = Entry.objects.filter(partner=partner)
    if all(actor.everywhere(key, "read") for key in BOOKED):
        return entries
    behind = Q(pk__in=[])
    for key in BOOKED:
        rows = visible(actor, registry.get(key).queryset().filter(partner=partner), key)
        behind |= Q(source=key, source_id__in=rows.values("pk"))
    return entries.filter(behind)


def figures(
    partner: Partner, dues: list[Due] | None, entries: QuerySet[Entry] | None, actor: Actor, today: date
) -> dict[str, str | None] | None:
    """Balance by the ledger, what is overdue, retention apart, contracted and collected in all. CNY incl. VAT; None where not granted."""
    found: dict[str, Decimal | None] = dict.fromkeys(("balance", "overdue", "retention", "contracted", "collected"))
    if entries is not None:
        sums = entries.aggregate(debit=Sum("debit"), credit=Sum("credit"))
        found["balance"] = (sums["debit"] or ZERO) - (sums["credit"] or ZERO)
    if dues is not None:
        found["overdue"] = sum((due.worth(due.open) for due in dues if due.due_date and due.triggered_on and due.due_date < today), ZERO)
        found["retention"] = sum((due.worth(due.open) for due in dues if due.retention), ZERO)
    if actor.may("contracts.contract", "read"):
        signed = visible(actor, sold().filter(customer=partner), "contracts.contract")
        sums = signed.aggregate(contracted=Sum(worth()), collected=Sum(worth("collected")))
        shown = {"contracted": sees(actor, "contracts.contract", "total"), "collected": sees(actor, "contracts.contract", "collected")}
        found |= {name: cents(sums[name] or ZERO) for name in shown if shown[name]}
    if all(value is None for value in found.values()):
        return None
    return {name: None if value is None else str(value) for name, value in found.items()}


def notes(actor: Actor) -> list[str]:
    """What the reader has to know about these figures: what is not counted in them and what is not shown."""
    amounts: dict[str, tuple[str, ...]] = {key: (amount,) for key, amount in BOOKED.items()}
    amounts |= {"finance.due": ("amount", "collected"), "contracts.contract": ("total", "collected")}
    hidden = [registry.get(key).label for key, names in amounts.items() if not sees(actor, key, *names)]
    told = []
    if any(actor.may(key, "read") and not actor.everywhere(key, "read") for key in amounts):
        told.append(_("Only the documents you may see are counted here; the company may have more with this customer."))
    if hidden:
        told.append(_("Some figures are not shown, because you have no permission for: %(names)s.") % {"names": words.listed(hidden)})
    return told


def bucket_of(due: Due, today: date) -> str:
    """Where an open receivable stands in the ageing, by its due date; retention that is not overdue has a column of its own."""
    late = (today - due.due_date).days if due.due_date and due.triggered_on else 0
    if late <= 0:
        return "retention" if due.retention else "not_due"
    return next((name for limit, name in BUCKETS if late <= limit), ">365")


def ageing(dues: list[Due], today: date) -> list[dict[str, str]]:
    """Open amounts by days overdue (spec 2.11), of charge items that count for it (W-1.1.4)."""
    sums: dict[str, Decimal] = {name: ZERO for _limit, name in BUCKETS} | {">365": ZERO, "retention": ZERO}
    for due in dues:
        if due.charge is None or due.charge.in_ageing:
            sums[bucket_of(due, today)] += due.worth(due.open)
    words = {"not_due": _("Not due"), "retention": _("Retention")}
    return [
        {"bucket": name, "label": words.get(name) or _("%(n)s days") % {"n": name}, "amount": str(amount)} for name, amount in sums.items()
    ]


def ledger(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    """Lines of the ledger with the running balance, newest first."""
    running = Window(Sum(F("debit") - F("credit")), order_by=[F("date").asc(), F("id").asc()])
    rows = entries.annotate(balance=running).order_by("-date", "-id")[:LEDGER]
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
            found += told(resource, rows, actor)
    return sorted(found, key=lambda row: (row["date"] or "", row["id"]), reverse=True)
