"""What was sold or bought of a brand under each agency, against its target (W-1.6.5).

Of a brand that we sell as agents counts what we sold within the territory, and the rebate is on what we bought of it from the maker; of ours that a
dealer sells counts what the dealer bought, and so does the rebate. By lines of signed contracts, CNY incl. VAT, of the running year of the agency: from
the day it began, else the calendar year. Three statements for any number of agencies, and one that writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.db.models import Sum, Value
from django.db.models.functions import Coalesce, Lower, Trim

from kernel import bulk
from kernel.money import HUNDRED, ZERO, cents, percent_of
from tenant_apps.contracts.models import Contract, ContractLine
from tenant_apps.contracts.selling import SELLING, worth
from tenant_apps.partners import agencies
from tenant_apps.partners.models import Agency, Paper
from tenant_apps.partners.parameters import AGENCY_SLACK

BOUGHT = (Contract.Kind.PURCHASE,)
WRITTEN = ("actual", "reached", "rebate_due", "behind")
MOST = Decimal(99_999)


class Dealt(NamedTuple):
    """What was agreed of a brand with one partner on a day."""

    brand: str
    kind: str
    partner: int
    region: str
    on: date
    amount: Decimal


def year_of(agency: Agency, on: date) -> tuple[date, date]:
    """The first day of the running year of an agency, and the first of the next."""
    begins = agency.begins_on
    if begins is None:
        return date(on.year, 1, 1), date(on.year + 1, 1, 1)
    years = max(relativedelta(on, begins).years, 0)
    return begins + relativedelta(years=years), begins + relativedelta(years=years + 1)


def reckon(on: date) -> int:
    """Bring the figures of all agencies in force up to a day; done again it comes to the same. Returns how many have changed."""
    running = [agency for agency in Agency.objects.exclude(kind=Paper.Kind.LICENCE).exclude(brand="") if agency.holds(on)]
    if not running:
        return 0
    rows = _dealt({_plain(agency.brand) for agency in running}, min(year_of(agency, on)[0] for agency in running), on)
    before = [tuple(getattr(agency, name) for name in WRITTEN) for agency in running]
    for agency in running:
        judge(agency, rows, on)
    changed = [agency for agency, was in zip(running, before, strict=True) if was != tuple(getattr(agency, name) for name in WRITTEN)]
    bulk.update(changed, WRITTEN)
    return len(changed)


def _plain(brand: str) -> str:
    return brand.strip().lower()


def _dealt(brands: Iterable[str], since: date, on: date) -> list[Dealt]:
    called = Lower(Trim(Coalesce("item__brand__name", "item__series__brand__name", Value(""))))
    signed = ContractLine.objects.filter(contract__kind__in=(*SELLING, *BOUGHT), contract__signed_on__range=(since, on))
    names: tuple[str, ...] = ("brand", "contract__kind", "contract__customer", "contract__customer__region", "contract__signed_on")
    rows = signed.exclude(contract__state__in=("draft", "terminated")).annotate(brand=called).filter(brand__in=list(brands))
    amount = Sum(worth("amount", "contract__rate"))
    return [Dealt(*row) for row in rows.order_by().values_list(*names).annotate(sum=amount)]


def judge(agency: Agency, rows: Sequence[Dealt], on: date) -> None:
    """The figures of one agency out of what was agreed; in memory, its caller stores them."""
    begins, ends = year_of(agency, on)
    mine = [row for row in rows if row.brand == _plain(agency.brand) and begins <= row.on < ends]
    with_them = [row for row in mine if row.partner == agency.partner_id]
    if agency.kind == Paper.Kind.OURS:
        counted = [row for row in mine if row.kind in SELLING and agencies.covers(agency, row.region)]
        rebated = [row for row in with_them if row.kind in BOUGHT]
    else:
        counted = rebated = [row for row in with_them if row.kind in SELLING]
    agency.actual = _sum(counted)
    agency.reached = min(cents(agency.actual * HUNDRED / agency.target), MOST) if agency.target else None
    agency.rebate_due = percent_of(_sum(rebated), agency.rebate) if agency.rebate is not None else None
    gone = HUNDRED * ((on - begins).days + 1) / (ends - begins).days
    agency.behind = agency.reached is not None and agency.reached + AGENCY_SLACK.value() < gone


def _sum(rows: Iterable[Any]) -> Decimal:
    return cents(sum((row.amount for row in rows), ZERO))
