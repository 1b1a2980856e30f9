"""What customers are worth (W-4.2.2), as a score and a grade: how lately, how often and for how much they bought, what was earned, what is overdue
and what their service cost.

Each measure is a rank among the customers that have bought, 0 to 100; the score is their mean by the company's weights, to a tenth. One value a quarter is
kept, so that it can be seen who moved up and down. Five statements for any number of customers, and one for each thousand that is written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from kernel import bulk
from kernel.access import Actor
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.contracts.selling import sold, worth
from tenant_apps.crm.models import Activity
from tenant_apps.finance.models import Due
from tenant_apps.partners.models import Partner
from tenant_apps.partners.parameters import GRADES_FROM, VALUE_WEIGHTS
from tenant_apps.sales.models import Order

YEAR, OFTEN = timedelta(365), timedelta(730)
MEASURES = ("recency", "frequency", "amount", "margin", "overdue", "service")
LESS_IS_MORE = ("recency", "overdue", "service")
PERIODS, BATCH = 12, 1000
TENTH = Decimal("0.1")
Figures = dict[str, Decimal]


def period_of(on: date) -> str:
    """2026Q4."""
    return f"{on.year}Q{(on.month + 2) // 3}"


def measured(on: date) -> dict[int, Figures]:
    """{customer: days since the last deal, deals of two years, contracted and earned in one, overdue now, cost of service in one (CNY)}; of those that have bought."""
    signed = sold().filter(signed_on__lte=on)
    year, often = on - YEAR, on - OFTEN
    found: dict[int, Figures] = {}
    rows = _by(signed, "customer").annotate(
        last=Max("signed_on"), often=Count("pk", filter=Q(signed_on__gte=often)), amount=Sum(worth(), filter=Q(signed_on__gte=year))
    )
    for row in rows:
        figures = {"recency": Decimal((on - row["last"]).days), "frequency": Decimal(row["often"]), "amount": cents(row["amount"] or ZERO)}
        found[row["customer"]] = {**figures, "margin": ZERO, "overdue": ZERO, "service": ZERO}
    earned = Order.objects.filter(margin__isnull=False, order_date__gte=year, order_date__lte=on)
    for row in _by(earned, "customer").annotate(sum=Sum("margin")):
        if row["customer"] in found:
            found[row["customer"]]["margin"] = row["sum"]
    late = Due.objects.filter(due_date__lt=on, triggered_on__isnull=False).exclude(state__in=("received", "waived"))
    for row in _by(late, "partner").annotate(sum=Sum(worth(F("amount") - F("collected")))):
        if row["partner"] in found:
            found[row["partner"]]["overdue"] = cents(row["sum"])
    served = Activity.objects.filter(kind="service", state=Activity.State.DONE, done_on__gte=year, done_on__lte=on)
    for row in _by(served, "partner").annotate(sum=Sum("cost")):
        if row["partner"] in found:
            found[row["partner"]]["service"] = row["sum"]
    return found


def _by(rows: QuerySet[Any], name: str) -> QuerySet[Any, dict[str, Any]]:
    return rows.order_by().values(name)


def scored(found: Mapping[int, Figures], weights: Mapping[str, int]) -> dict[int, Decimal]:
    """{customer: score}: the weighted mean of the ranks; equal figures have equal ranks."""
    order = {name: sorted(figures[name] for figures in found.values()) for name in MEASURES}
    shares = {name: weights.get(name, 0) for name in MEASURES}
    whole = Decimal(sum(shares.values()) or 1)
    return {
        pk: (sum((shares[name] * _rank(order[name], figures[name], name) for name in MEASURES), ZERO) / whole).quantize(TENTH)
        for pk, figures in found.items()
    }


def _rank(order: list[Decimal], value: Decimal, name: str) -> Decimal:
    """How many of all are no better, in percent."""
    better = bisect_left(order, value) if name in LESS_IS_MORE else len(order) - bisect_right(order, value)
    return HUNDRED * (len(order) - better) / len(order)


def graded(score: Decimal, bounds: Mapping[str, int]) -> str:
    """The first grade whose bound the score reaches, else the last."""
    known = sorted(bounds.items(), key=lambda pair: -pair[1])
    return next((grade for grade, least in known if score >= least), known[-1][0])


def reckon(on: date) -> int:
    """Value all customers for the quarter of this day; done again it comes to the same. Versions stay: nobody's input is lost."""
    found = measured(on)
    scores, bounds, period = scored(found, VALUE_WEIGHTS.value()), GRADES_FROM.value(), period_of(on)
    rows: list[Partner] = []
    for start in range(0, len(found), BATCH):
        keys = list(found)[start : start + BATCH]
        some = list(Partner.objects.filter(pk__in=keys).only("id", "value", "proposed_grade", "value_score"))
        for row in some:
            row.value_score, row.proposed_grade = scores[row.pk], graded(scores[row.pk], bounds)
            told = {name: str(figure) for name, figure in found[row.pk].items()}
            now = {**row.value, period: {"score": str(scores[row.pk]), "grade": row.proposed_grade, **told}}
            row.value = {key: now[key] for key in sorted(now)[-PERIODS:]}
        bulk.update(some, ("value", "proposed_grade", "value_score"))
        rows += some
    return len(rows)


def summary(rows: QuerySet[Partner]) -> dict[str, Any]:
    """How many customers stood in which grade quarter by quarter, who moved between the last two, and whose grade should change."""
    valued = list(rows.exclude(value={}).values_list("pk", "number", "name", "grade", "proposed_grade", "value_score", "value"))
    periods = sorted({period for row in valued for period in row[6]})[-8:]
    counts = {period: {} for period in periods}  # type: dict[str, dict[str, int]]
    for row in valued:
        for period in periods:
            if period in row[6]:
                grade = row[6][period]["grade"]
                counts[period][grade] = counts[period].get(grade, 0) + 1
    moves: dict[str, dict[str, int]] = {}
    for row in valued if len(periods) > 1 else ():
        was, now = (row[6].get(period, {}).get("grade", "") for period in periods[-2:])
        moves.setdefault(was, {})[now] = moves.get(was, {}).get(now, 0) + 1
    other = sorted((row for row in valued if row[3] != row[4]), key=lambda row: -(row[5] or ZERO))
    told = [
        {"id": pk, "number": number, "name": name, "grade": grade, "proposed": new, "score": f"{score:.1f}"}
        for pk, number, name, grade, new, score, _v in other[:50]
    ]
    return {"periods": periods, "counts": counts, "moves": moves, "changes": told, "different": len(other), "valued": len(valued)}


HIDING = {"sales.order": {"margin"}, "contracts.contract": {"total"}, "finance.due": {"amount"}}
"""Amounts that a value is made of."""


def told_to(actor: Actor) -> bool:
    """Whether somebody may see values: they tell margins, turnover and what is overdue of all customers."""
    return all(actor.may(key, "read") and not actor.profile.hidden(key) & amounts for key, amounts in HIDING.items())


def of(partner: Partner, actor: Actor) -> list[dict[str, Any]]:
    """The values of one customer, quarter by quarter."""
    return [{"period": period, **figures} for period, figures in sorted(partner.value.items())] if told_to(actor) else []
