"""One supplier on one page: its papers, what was bought of it, its score, its people (WF-4.S5, W-9.1.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, QuerySet, Sum

from kernel import reading, registry
from kernel.access import Actor, visible
from kernel.money import ZERO, cents
from tenant_apps.analytics.order_desk import plain, told
from tenant_apps.analytics.seeing import part_only, sees
from tenant_apps.contracts.models import Contract, ContractLine
from tenant_apps.contracts.selling import worth
from tenant_apps.partners.models import Paper, Partner
from tenant_apps.partners.suppliers import WEIGHTS

CONTRACT = "contracts.contract"
BUYING = (Contract.Kind.PURCHASE, Contract.Kind.FREIGHT)
SHOWN = 20
SOON = relativedelta(days=30)


def desk(supplier: Partner, actor: Actor, today: date) -> dict[str, Any]:
    """Everything about a supplier that its reader may see."""
    document = reading.render_document(registry.get("partners.supplier"), supplier.pk, actor)
    assert document is not None
    contracts = _contracts(supplier, actor)
    return {
        "document": document,
        "figures": figures(contracts, actor),
        "score": score(supplier, actor),
        "papers": papers(supplier, actor, today),
        "bought": bought(contracts, actor),
        "documents": [] if contracts is None else told(registry.get(CONTRACT), contracts.order_by("-pk")[:SHOWN], actor),
        "contacts": document["contacts"],
        "customer": supplier.sold_to and actor.may("partners.partner", "read"),
        "notes": part_only(actor, (CONTRACT,)),
    }


def _contracts(supplier: Partner, actor: Actor) -> QuerySet[Contract] | None:
    """The contracts by which we buy of it, as far as the reader may see them; None where contracts are not granted."""
    if not actor.may(CONTRACT, "read"):
        return None
    return visible(actor, Contract.objects.filter(customer=supplier.pk, kind__in=BUYING), CONTRACT)


def figures(contracts: QuerySet[Contract] | None, actor: Actor) -> dict[str, str | None] | None:
    """How many contracts were signed, what they come to, what of it is paid and still open. CNY incl. VAT; None where not granted."""
    if contracts is None:
        return None
    signed = contracts.exclude(state__in=("draft", "terminated"))
    sums = signed.aggregate(count=Count("pk"), contracted=Sum(worth()), paid=Sum(worth("collected")))
    shown = {"contracted": sees(actor, CONTRACT, "total"), "paid": sees(actor, CONTRACT, "collected")}
    found = {name: cents(sums[name] or ZERO) if may else None for name, may in shown.items()}
    open_ = None if None in found.values() else found["contracted"] - found["paid"]  # type: ignore[operator]
    return {"count": str(sums["count"])} | {name: None if value is None else str(value) for name, value in {**found, "open": open_}.items()}


def score(supplier: Partner, actor: Actor) -> list[dict[str, str | None]]:
    """The parts of the score with their weights in percent, as far as the reader may see them."""
    hidden, specs = actor.profile.hidden("partners.supplier"), registry.get("partners.supplier").own
    return [
        {"name": name, "label": str(specs[name].label), "weight": plain(weight), "value": None if value is None else plain(value)}
        for name, weight in WEIGHTS.items()
        if name not in hidden
        for value in (getattr(supplier, name),)
    ]


def papers(supplier: Partner, actor: Actor, today: date) -> list[dict[str, Any]]:
    """Licences, certificates and agencies, what runs out first at the top; those without an end last."""
    found: list[Any] = []
    for key, licences in (("partners.paper", True), ("partners.agency", False)):
        if actor.may(key, "read"):
            rows = supplier.papers.filter(kind=Paper.Kind.LICENCE) if licences else supplier.papers.exclude(kind=Paper.Kind.LICENCE)
            found += [(key, row) for row in visible(actor, rows, key)]
    return [
        {
            "_key": key, "id": row.pk, "title": row.name, "no": row.paper_no, "ends_on": row.ends_on, "needed": row.needed,
            "standing": "out" if not row.holds(today) else "soon" if row.ends_on and row.ends_on <= today + SOON else "holds",
        }
        for key, row in sorted(found, key=lambda one: (one[1].ends_on or date.max, one[1].pk))
    ]  # fmt: skip


def bought(contracts: QuerySet[Contract] | None, actor: Actor) -> list[dict[str, Any]]:
    """Each item bought of it with the latest price of a unit, CNY incl. VAT, and its day; the latest first."""
    if contracts is None or not actor.may("catalog.item", "read"):
        return []
    hidden = not sees(actor, CONTRACT, "lines.unit_price", "lines.amount")
    signed = contracts.exclude(state__in=("draft", "terminated")).values("pk")
    lines = (
        ContractLine.objects.filter(contract__in=signed, quantity__gt=0).order_by("item", "-contract__signed_on", "-pk").distinct("item")
    )
    rows = lines.values(
        "item", "item__code", "item__name", "measure__name", "quantity", "amount", "contract__rate", "contract__signed_on", "contract"
    )
    found = sorted(rows, key=lambda row: row["contract__signed_on"] or date.min, reverse=True)[:SHOWN]
    return [
        {
            "item": row["item"], "code": row["item__code"], "name": row["item__name"], "unit": row["measure__name"] or "", "on": row["contract__signed_on"],
            "contract": row["contract"], "price": None if hidden else f"{row['amount'] * (row['contract__rate'] or 1) / row['quantity']:.2f}",
        }
        for row in found
    ]  # fmt: skip
