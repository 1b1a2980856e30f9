"""An estimate of full cost beside what it is for: by kind, against the price, against its other versions (P-A.11, P-A.12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kernel import statements
from kernel.access import Actor, visible
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.pricing import authority, offering
from tenant_apps.quoting import deciding
from tenant_apps.quoting.models import Estimate, EstimateLine, Quote

Json = dict[str, Any]
SURCHARGES = ("risk", "finance_cost", "tax")
KEY = "quoting.estimate"


def weighed(found: Estimate, actor: Actor, against: int | None = None) -> Json:
    """Costs by kind beside those of another version, the former one unless said otherwise; and the prices it may be sold at."""
    versions = _versions(found, actor)
    others = {one.pk: one for one in versions if one.pk != found.pk}
    usual = max((one for one in others.values() if one.revision < found.revision), key=lambda one: one.revision, default=None)
    other = others.get(against or 0) or usual
    return {
        "costs": _costs(found, other), "prices": list(_prices(found, actor)), "against": other and other.pk,
        "versions": [
            {"id": one.pk, "number": one.number, "date": _day(one.estimate_date), "total_cost": f"{one.total_cost:.2f}", "price": f"{one.price:.2f}"}
            for one in versions
        ],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _versions(found: Estimate, actor: Actor) -> list[Estimate]:
    """All versions that this person may read, the latest first."""
    family = Estimate.objects.filter(number=found.base) | Estimate.objects.filter(number__startswith=f"{found.base}-R")
    return list(visible(actor, family, KEY).order_by("-revision"))


def _costs(found: Estimate, other: Estimate | None) -> list[Json]:
    """Every kind that costs something in either, then the surcharges, and the full cost; `share` of it in percent."""
    now, was = _by_kind(found), _by_kind(other) if other is not None else {}
    fields: dict[str, Any] = {field.name: field for field in Estimate._meta.concrete_fields}
    labels = dict(EstimateLine.Kind.choices) | {name: fields[name].verbose_name for name in (*SURCHARGES, "total_cost")}
    return [
        {
            "kind": kind, "label": str(label), "amount": f"{now.get(kind, ZERO):.2f}", "share": _percent(now.get(kind, ZERO), found.total_cost),
            "before": f"{was.get(kind, ZERO):.2f}" if other is not None else None,
        }
        for kind, label in labels.items()
        if now.get(kind) or was.get(kind)
    ]  # fmt: skip


def _by_kind(found: Estimate) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in statements.lines(EstimateLine)(found.pk):
        sums[line.kind] = sums.get(line.kind, ZERO) + line.amount
    return sums | {name: getattr(found, name) for name in (*SURCHARGES, "total_cost")}


def _prices(found: Estimate, actor: Actor) -> Iterable[Json]:
    """The least the company sells at, the price that leaves the margin wanted, and what its quote offers, in the company's currency."""
    least = cents(authority.floor_of(ZERO, ZERO, found.total_cost, found.vat_rate))
    yield _price("least", found, cents(least * HUNDRED / (HUNDRED + found.vat_rate)), least)
    yield _price("wanted", found, found.net_price, found.price)
    offer = visible(actor, Quote.objects.filter(pk=found.quote_id), deciding.KEY).first() if found.quote_id else None
    if offer is not None and "total" not in actor.profile.hidden(deciding.KEY):
        rate = offer.rate or Decimal(1)
        told = _price("offered", found, cents(offer.net_total * rate), cents(offer.total * rate))
        yield told | {
            "quote": {"id": offer.pk, "number": offer.number},
            "missing": f"{max(found.price - cents(offer.total * rate), ZERO):.2f}",
        }


def _price(what: str, found: Estimate, net: Decimal, price: Decimal) -> Json:
    margin = offering.margin(net, found.total_cost)
    return {
        "what": what,
        "net": f"{net:.2f}",
        "price": f"{price:.2f}",
        "profit": f"{net - found.total_cost:.2f}",
        "margin": margin and str(margin),
    }


def _percent(part: Decimal, whole: Decimal) -> str:
    return str((part * HUNDRED / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)) if whole else "0"
