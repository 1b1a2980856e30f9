"""Who may decide about an offer: the floor of a line, and the level that line, offer, margin, terms and promise ask for (spec 2.3).

One check for every way in which an offer is written: it is worked out again from the figures, not from what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _t

from kernel import config
from kernel.access import Actor, Profile
from kernel.money import HUNDRED, cents
from tenant_apps.organization import chart
from tenant_apps.organization.models import Role
from tenant_apps.pricing.models import TOP, AuthorityBand
from tenant_apps.pricing.parameters import MIN_MARGIN

KEY = "quoting.quote"
"""Whose rights and masks count, wherever an offer is written."""
RIGHTS = {2: "level_2", 3: "level_3", 4: "level_4"}
BELOW, COUNTERSIGN = "below_floor", "countersign"
BELOW_FLOOR = TOP + 1
"""The level of what is below the floor: the general manager decides and finance countersigns."""
ROUGH = Decimal("0.01")
ZERO = Decimal(0)


class Band(NamedTuple):
    """How far a level may go on its own. Percentages; days; None where it does not count."""

    level: int
    name: str
    max_discount: Decimal
    min_margin: Decimal | None = None
    max_terms: Decimal | None = None
    max_early: int | None = None


class Finding(NamedTuple):
    """Why an offer needs a level: what is measured, how much of it, and on which line."""

    what: str
    level: int
    value: str
    line: int | None = None


class Offered(NamedTuple):
    """What is asked of a line, counted from 0. Amounts of the whole line, incl. VAT; `due`: what the company's rules would take.
    `counted`: an option or an alternative is judged by itself, and not summed up."""

    line: int
    amount: Decimal
    due: Decimal
    floor: Decimal
    lead_days: int = 0
    counted: bool = True


class Terms(NamedTuple):
    """What is asked of the offer as a whole. `late`: percent of the price paid later than usual; `days`: the promised delivery."""

    margin: Decimal | None = None
    late: Decimal = ZERO
    days: int | None = None
    floor: Decimal = ZERO


def usual() -> list[Band]:
    """The bands of a company that says nothing else: 5, 10, 15 %, then anything above the floor (spec 2.3)."""
    return [
        Band(1, _t("Salesperson"), Decimal(5), None, ZERO, 0),
        Band(2, _t("Sales manager"), Decimal(10), None, Decimal(10), 5),
        Band(3, _t("Sales director"), Decimal(15), None, Decimal(30), 15),
        Band(TOP, _t("General manager"), HUNDRED),
    ]


def bands() -> list[Band]:
    """The company's bands, the lowest first; no statement when warm."""
    rows = config.cached("authority-bands", lambda: list(AuthorityBand.objects.order_by("level", "pk").values_list(*Band._fields)))
    return list({row[0]: Band(*row) for row in rows}.values()) or usual()


def name_of(level: int) -> str:
    """What a level is called."""
    if level == BELOW_FLOOR:
        return _t("General manager with finance")
    return next((band.name for band in bands() if band.level == level), _t("Level %(n)d") % {"n": level})


def level_of(by: Actor) -> int:
    """How far somebody may go on their own: their highest right; the product itself, and an administrator who may, below the floor too."""
    return BELOW_FLOOR if by.id is None else level_in(by.profile, by.is_admin)


def level_in(profile: Profile, is_admin: bool) -> int:
    """How far the roles that are put together here may go."""
    if is_admin and profile.reach(KEY, BELOW):
        return BELOW_FLOOR
    return max((level for level, right in RIGHTS.items() if profile.reach(KEY, right)), default=1)


def deciders(level: int, key: str, verb: str, *, together: Iterable[str] = ()) -> list[int]:
    """Colleagues who may decide alone about what needs a level, and carry it out; without those who have left. Two statements at most.
    `together`: rights with which somebody decides with another."""
    rights = tuple(together)
    granted = {role.pk: role for role in Role.objects.all()}
    found = []
    for member, roles in chart.chart().roles_of.items():
        profile = Profile.of(granted[role] for role in roles if role in granted)
        alone = level_in(profile, profile.everywhere("organization.role", "change")) >= level
        if profile.reach(key, verb) and (alone or any(profile.reach(key, right) for right in rights)):
            found.append(member)
    return found


def floor_of(price: Decimal, percent: Decimal, cost: Decimal, tax_rate: Decimal) -> Decimal:
    """The lowest price of a unit: `max(list × floor %, full cost × (1 + least surcharge) × (1 + VAT))`, incl. VAT."""
    covered = cost * (HUNDRED + MIN_MARGIN.value()) / HUNDRED * (HUNDRED + tax_rate) / HUNDRED
    return max(price * percent / HUNDRED, covered)


def discount_of(amount: Decimal, due: Decimal) -> Decimal:
    """How much less than due is asked, in percent, to two decimals; never below 0."""
    return max((due - amount) * HUNDRED / due, ZERO).quantize(ROUGH, rounding=ROUND_HALF_UP) if due > 0 else ZERO


def required(lines: Sequence[Offered], terms: Terms) -> tuple[int, list[Finding]]:
    """The level an offer needs, the highest of all that is found; and what is found above the first level."""
    known = bands()
    found = [one for line in lines for one in _of_line(known, line)]
    lines = [line for line in lines if line.counted]
    total, due = sum((line.amount for line in lines), ZERO), sum((line.due for line in lines), ZERO)
    found.append(_discount(known, "quote_discount", discount_of(total, due)))
    if terms.margin is not None:
        found.append(Finding("margin", _level(known, "min_margin", -terms.margin, sign=-1), str(terms.margin)))
    found.append(Finding("terms", _level(known, "max_terms", terms.late), str(terms.late)))
    if terms.days is not None and lines:
        early = max(max(line.lead_days for line in lines) - terms.days, 0)
        found.append(Finding("delivery", _level(known, "max_early", Decimal(early)), str(early)))
    if cents(total) < cents(terms.floor):
        found.append(Finding("estimate", BELOW_FLOOR, str(cents(terms.floor))))
    above = [one for one in found if one.level > 1]
    return max((one.level for one in above), default=1), above


def _of_line(known: Sequence[Band], offered: Offered) -> Iterable[Finding]:
    yield _discount(known, "discount", discount_of(offered.amount, offered.due), offered.line)
    if cents(offered.amount) < cents(offered.floor):
        yield Finding("floor", BELOW_FLOOR, str(cents(offered.floor)), offered.line)


def _discount(known: Sequence[Band], what: str, value: Decimal, at: int | None = None) -> Finding:
    return Finding(what, _level(known, "max_discount", value), str(value), at)


def _level(known: Sequence[Band], measure: str, value: Decimal, sign: int = 1) -> int:
    """The lowest band within which a value lies, else the top; a band that leaves a measure open does not limit it."""
    for band in known:
        most: Any = getattr(band, measure)
        if most is None or value <= sign * most:
            return band.level
    return TOP
