"""Reading the parts of a design that reach beyond one field: spans of working time, accounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenant_apps.office.allowance import NOTHING, Account, Rule, Tier
from tenant_apps.office.design import Design, Field
from tenant_apps.office.spans import AFTERNOON, DAYS, MORNING, UNITS, Span

if TYPE_CHECKING:
    from tenant_apps.office.reading import Reader

NUMBERS = ("decimal", "int", "money")
DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
MOST_YEARS = 60
MOST = Decimal(10_000)


def only(reader: Reader, told: Mapping[str, Any], path: str) -> dict[str, tuple[str, ...]]:
    """The states in which an entry of another form may be referred to."""
    from tenant_apps.office.models import Entry

    states = tuple(str(one) for one in reader.sequence(told.get("states"), f"{path}.states"))
    if not set(states) <= set(Entry.State.values) or (states and not str(told.get("target") or "").startswith("office.")):
        reader.wrong(f"{path}.states", "not_a_choice", _("Entries of a form are referred to in one of its states."))
    return {"state": states} if states else {}


# working time --------------------------------------------------------------------------------------------------------
def span(reader: Reader, told: Any, path: str) -> Span | None:
    """The two ends of a working time; whether they are days or instants is looked at when all fields are known."""
    ends = reader.mapping(told or {}, path, "span")
    unit = ends.get("unit", DAYS)
    names = [str(ends.get(name) or "") for name in ("from", "until", "from_half", "until_half")]
    if unit not in UNITS or not all(names[:2]):
        reader.wrong(path, "required", _("Working time needs the field where it begins, the one where it ends, and days or hours."))
        return None
    since, until, *halves = names
    return Span(since, until, unit, *halves)


def check_spans(reader: Reader, fields: Mapping[str, Field]) -> None:
    """Two days, or two instants; halves are fields that say morning or afternoon."""
    for one in fields.values():
        if not isinstance(one.formula, Span):
            continue
        kinds = {fields[name].spec.type if name in fields else "" for name in (one.formula.since, one.formula.until)}
        if kinds not in ({"date"}, {"datetime"}):
            reader.wrong(
                "sections",
                "not_times",
                _("“%(label)s” lies between two fields of date, or two of date and time.") % {"label": one.spec.label},
            )
        for name in {one.formula.since_half, one.formula.until_half} - {""}:
            if name not in fields or not {MORNING, AFTERNOON} <= set(dict(fields[name].spec.choices)):
                reader.wrong(
                    "sections",
                    "not_a_half",
                    _("Half days of “%(label)s” are said by fields of the kind “half of a day”.") % {"label": one.spec.label},
                )


# accounts ------------------------------------------------------------------------------------------------------------
def account(reader: Reader, told: Any) -> Account | None:
    if not told:
        return None
    given = reader.mapping(told, "account", "account")
    texts = {name: str(given.get(name) or "") for name in ("amount", "on", "kind", "always", "member", "book")}
    rules = None if texts["book"] else _rules(reader, given.get("kinds"))
    return Account(**texts, rules=rules)


def check_account(reader: Reader, design: Design) -> None:
    """The fields it names are there and of the right kind."""
    found = design.account
    if found is None:
        if design.balances:
            reader.wrong("account", "required", _("A field of balance needs an account: set it up under “Rules”."))
        return
    if design.booking:
        reader.wrong("account", "not_both", _("A form books a thing or keeps accounts, not both."))
    kinds = {"amount": NUMBERS, "on": ("date", "datetime"), "kind": ("choice",), "member": ("member",)}
    for part, allowed in kinds.items():
        name = getattr(found, part)
        if not name and (part == "member" or (part == "kind" and found.always)):
            continue
        if name not in design.fields or design.fields[name].spec.type not in allowed:
            reader.wrong(
                f"account.{part}", "unknown_field", _("An account needs a field of number, a day, and a choice that says which account.")
            )
    for name in found.read & design.fields.keys():
        if design.fields[name].formula is not None:
            reader.wrong(
                "account",
                "worked_out",
                _("“%(label)s” chooses the account and must be typed, not worked out.") % {"label": design.fields[name].spec.label},
            )
    choices = dict(design.fields[found.kind].spec.choices) if found.kind in design.fields else {}
    for value in set(found.rules or {}) - set(choices):
        reader.wrong("account.kinds", "not_a_choice", _("“%(name)s” is none of the kinds to choose from.") % {"name": value[:60]})


def _rules(reader: Reader, told: Any) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for at, one in enumerate(reader.sequence(told, "account.kinds")):
        path = f"account.kinds.{at}"
        given = reader.mapping(one, path, "kind")
        until = str(given.get("until") or "")
        if until and not DAY.fullmatch(until):
            reader.wrong(f"{path}.until", "bad_day", _("Please give month and day, for example 03-31."))
            until = ""
        month, day = (int(part) for part in (until or "0-0").split("-"))
        found[str(given.get("value") or "")] = Rule(
            _tiers(reader, given.get("years"), f"{path}.years"), part=bool(given.get("part")), below=bool(given.get("below")),
            keeps=_amount(reader, given.get("keeps") or 0, f"{path}.keeps"), until=(month, day) if until else None,
        )  # fmt: skip
    return found


def _tiers(reader: Reader, told: Any, path: str) -> tuple[Tier, ...]:
    found: dict[int, Tier] = {}
    for at, one in enumerate(reader.sequence(told, path)):
        given = reader.mapping(one, f"{path}.{at}", "tier")
        years = given.get("from", 0)
        if isinstance(years, bool) or not isinstance(years, int) or not 0 <= years <= MOST_YEARS or years in found:
            reader.wrong(f"{path}.{at}.from", "bad_years", _("Full years of service are whole numbers, each once."))
            continue
        found[years] = Tier(years, _amount(reader, given.get("amount"), f"{path}.{at}.amount"))
    return tuple(found.values())


def _amount(reader: Reader, told: Any, path: str) -> Decimal:
    try:
        amount = Decimal(str(told))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not NOTHING <= amount <= MOST:
        reader.wrong(path, "not_a_number", _("Please give a number of days, for example 5 or 2.5."))
        return NOTHING
    return amount
