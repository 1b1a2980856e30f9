"""Which policies can concern some lines; asked once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q

from kernel import config
from kernel.statements import Statement
from tenant_apps.pricing import rates
from tenant_apps.pricing.models import PricePolicy

L = PricePolicy.Level
MONEY = (PricePolicy.Kind.FIXED.value, PricePolicy.Kind.ADDER.value)
FLOOR = PricePolicy.Kind.FLOOR.value
STEPS = {L.SERIES.value: L.PRODUCT.value, L.GROUP.value: L.CUSTOMER.value}
"""Levels that share the step of another."""


class Policy(NamedTuple):
    """A policy in force, as it was read."""

    id: int
    name: str
    level: str
    kind: str
    value: Decimal
    formula: str
    company_id: int | None
    region_id: int | None
    channel: str
    series_id: int | None
    item_id: int | None
    option_code: str
    partner_id: int | None
    grade: str
    from_quantity: Decimal
    exclusive: bool
    priority: int
    currency: str

    @property
    def step(self) -> str:
        """Where on the ladder it stands; a floor stands beside it."""
        return FLOOR if self.kind == FLOOR else STEPS.get(self.level, self.level)

    def precedence(self, regions: Sequence[int]) -> tuple[Any, ...]:
        """The foremost has the largest: by priority, by how closely it names its case, the nearest region, by quantity, the newest."""
        near = 0 if self.region_id is None else len(regions) - regions.index(self.region_id)
        return (
            self.priority, self.partner_id is not None, self.item_id is not None, self.option_code != "", self.series_id is not None,
            self.grade != "", near, self.channel != "", self.company_id is not None, self.from_quantity, self.id,
        )  # fmt: skip


class Circumstances(NamedTuple):
    """Who is offered to, by whom, when, and in which money.

    `regions`: that of the customer and those it lies in, the nearest first; `rate`: of the company's currency for one unit of `currency`.
    """

    on: date
    partner: int | None = None
    grade: str = ""
    channel: str = ""
    regions: tuple[int, ...] = ()
    company: int | None = None
    currency: str = "CNY"
    rate: Decimal = Decimal(1)


_COLUMNS = (
    "id", "name", "level", "kind", "value", "formula", "company_id", "region_id", "channel", "series_id", "item_id", "option_code", "partner_id",
    "grade", "from_quantity", "exclusive", "priority", "currency",
)  # fmt: skip
_in_force = Statement(
    lambda items, series, partner, grade, on: PricePolicy.objects.filter(
        Q(item__among=items) | Q(item=None),
        Q(series__among=series) | Q(series=None),
        Q(partner=partner) | Q(partner=None),
        Q(grade=grade) | Q(grade=""),
        _valid(on),
        state=PricePolicy.State.PUBLISHED,
    ).values_list(*_COLUMNS),
    list,
    list,
    int,
    str,
    date,
)


def any_in_force() -> bool:
    """Whether the company makes prices by policies at all; no statement when warm."""
    return config.cached("price-policies", lambda: PricePolicy.objects.filter(state=PricePolicy.State.PUBLISHED).exists())


def everything(on: date) -> list[Policy]:
    """All policies in force on a day, for what goes over many customers."""
    rows = PricePolicy.objects.filter(_valid(on), state=PricePolicy.State.PUBLISHED).values_list(*_COLUMNS)
    return [Policy(*row) for row in rows]


def one(pk: int) -> Policy:
    """A policy whether it is in force or not."""
    return Policy(*PricePolicy.objects.values_list(*_COLUMNS).get(pk=pk))


def _valid(on: date) -> Q:
    return (Q(valid_from__lte=on) | Q(valid_from=None)) & (Q(valid_to__gte=on) | Q(valid_to=None))


def fitting(rows: Iterable[Policy], case: Circumstances) -> list[Policy]:
    """Those of some policies that hold in these circumstances, the foremost first."""
    currencies = (case.currency, rates.base())
    found = [row for row in rows if _fits(row, case, currencies)]
    return sorted(found, key=lambda row: row.precedence(case.regions), reverse=True)


def concerning(items: Iterable[int], series: Iterable[int], case: Circumstances) -> list[Policy]:
    """The policies that can concern these items in these circumstances, the foremost first; one statement."""
    if not any_in_force():
        return []
    rows = [Policy(*row) for row in _in_force(sorted(items), sorted(series), case.partner or 0, case.grade, case.on)]
    return fitting(rows, case)


def _fits(row: Policy, case: Circumstances, currencies: Sequence[str]) -> bool:
    """Amounts in a third currency are for offers in that currency only."""
    return (
        row.company_id in (None, case.company)
        and (row.region_id is None or row.region_id in case.regions)
        and row.channel in ("", case.channel)
        and row.partner_id in (None, case.partner)
        and row.grade in ("", case.grade)
        and (row.kind not in MONEY or row.currency in currencies)
    )
