"""The facts an evaluation may name, gathered for many customers at once: one query a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Min, Sum
from django.db.models.expressions import Combinable

from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.contracts.selling import sold, worth
from tenant_apps.crm import measures
from tenant_apps.crm.discipline import in_force, outside
from tenant_apps.crm.measures import OWN
from tenant_apps.crm.models import Activity, Lead, Registration
from tenant_apps.crm.parameters import DEALER_TARGET
from tenant_apps.finance.models import Due, Receipt
from tenant_apps.partners.models import Partner
from tenant_apps.sales.models import Order

Sums = Mapping[int, Decimal]
Source = Callable[[Sequence[int], date], dict[str, Sums]]
YEAR = timedelta(days=365)
_sources: list[Source] = []


def source(function: Source) -> Source:
    """Have a function bring facts along; apps above bring their own."""
    _sources.append(function)
    return function


def of(partners: Sequence[int], on: date) -> dict[int, dict[str, Decimal]]:
    """{customer: {fact: value}}; what is not known is 0."""
    names = measures.names()
    found: dict[int, dict[str, Decimal]] = {key: dict.fromkeys(names, ZERO) for key in partners}
    for gather in _sources:
        for name, values in gather(partners, on).items():
            for partner, value in values.items():
                if partner in found and value is not None:
                    found[partner][name] = Decimal(value)
    return found


def _by(rows: Any, key: str, value: Any) -> Sums:
    """One figure for each customer, worked out by the database."""
    return dict(rows.order_by().values_list(key).annotate(_value=value))


def _sums(rows: Any, key: str, amount: str | Combinable = "total") -> Sums:
    """What amounts in whatever currency come to for each customer, in CNY."""
    return {one: cents(sum_) for one, sum_ in _by(rows, key, Sum(worth(amount))).items()}


@source
def contracts(partners: Sequence[int], on: date) -> dict[str, Sums]:
    signed = sold().filter(customer__in=partners)
    lately = signed.filter(signed_on__gt=on - YEAR)
    bought, before = (_sums(rows, "customer") for rows in (lately, signed.filter(signed_on__lte=on - YEAR, signed_on__gt=on - 2 * YEAR)))
    targets = _targets(partners, on)
    since: Any = _by(signed, "customer", Min("signed_on"))
    return {
        "purchase": bought,
        "purchase_before": before,
        "orders": _by(lately, "customer", Count("pk")),
        "years": {key: Decimal(relativedelta(on, first).years) for key, first in since.items()},
        "attainment": {key: cents(bought.get(key, ZERO) * HUNDRED / target) for key, target in targets.items()},
    }


def _targets(partners: Sequence[int], on: date) -> Sums:
    """What each is to buy in a year: the targets of their agencies in force, else what holds for every dealer."""
    agencies = in_force(partners, on).filter(target__gt=0)
    usual = DEALER_TARGET.value()
    return {**(dict.fromkeys(partners, usual) if usual else {}), **_by(agencies, "partner", Sum("target"))}


@source
def money(partners: Sequence[int], on: date) -> dict[str, Sums]:
    late = Due.objects.filter(partner__in=partners, due_date__lt=on, triggered_on__isnull=False).exclude(
        state__in=(Due.State.RECEIVED, Due.State.WAIVED)
    )
    oldest: Any = _by(late, "partner", Min("due_date"))
    receipts = Receipt.objects.filter(partner__in=partners, state=Receipt.State.POSTED, received_on__gt=on - YEAR)
    return {
        "collected": _sums(receipts, "partner", "amount"),
        "overdue": _sums(late, "partner", F("amount") - F("collected")),
        "overdue_days": {key: Decimal((on - day).days) for key, day in oldest.items()},
    }


@source
def margins(partners: Sequence[int], on: date) -> dict[str, Sums]:
    rows = Order.objects.filter(customer__in=partners, order_date__gt=on - 2 * YEAR, margin__isnull=False, net_total__gt=0)
    sums = rows.order_by().values_list("customer").annotate(margin=Sum("margin"), net=Sum(worth("net_total")))
    return {"margin": {key: cents(margin * HUNDRED / net) for key, margin, net in sums}}


@source
def contacts(partners: Sequence[int], on: date) -> dict[str, Sums]:
    done = Activity.objects.filter(partner__in=partners, state=Activity.State.DONE, done_on__gt=on - YEAR)
    begins = on - YEAR
    return {
        "contacts": _by(done, "partner", Count("pk")),
        "service_cost": _by(done.filter(kind="service"), "partner", Sum("cost")),
        "disputes": _by(done.filter(result="complaint"), "partner", Count("pk")),
        "leads": _by(Lead.objects.filter(dealer__in=partners, created_at__date__gt=begins), "dealer", Count("pk")),
        "projects": _by(Registration.objects.filter(dealer__in=partners, submitted_on__gt=begins), "dealer", Count("pk")),
    }


@source
def discipline(partners: Sequence[int], on: date) -> dict[str, Sums]:
    return {"outside": outside(partners, on)}


@source
def own_fields(partners: Sequence[int], on: date) -> dict[str, Sums]:
    """The numbers a company keeps of its customers in fields of its own: stock at the dealer, points for service."""
    names = [name for name in measures.names() if name.startswith(OWN)]
    rows = dict(Partner.objects.filter(pk__in=partners).values_list("pk", "custom")) if names else {}
    return {
        name: {key: Decimal(value) for key, kept in rows.items() if (value := kept.get(name.removeprefix(OWN))) is not None}
        for name in names
    }
