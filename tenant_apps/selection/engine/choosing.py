"""What somebody chose, in one shape: a code, codes with quantities, a decimal, a text; told where it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.selection.engine.table import DERIVED, FILE, MULTI, SINGLE, Option, Problem, Table

Chosen = str | Decimal | tuple[tuple[str, int], ...] | None
Raw = dict[str, Chosen]
LONGEST = 500
FILED = re.compile(r"\d{1,18}( .*)?")
"""A file as it is chosen: its id, and what it is called."""


def read(table: Table, choices: Mapping[str, Any]) -> tuple[Raw, list[Problem]]:
    """The choices of all options, None where nothing was chosen, and what could not be taken."""
    raw: Raw = dict.fromkeys(table.options)
    problems = []
    for name, told in choices.items():
        option = table.options.get(name)
        if option is None:
            problems.append(Problem(name, "unknown", _("There is no option “%(name)s” in this table.") % {"name": str(name)[:60]}))
        elif told not in (None, "", [], {}):
            try:
                raw[name] = _read(option, told)
            except ValueError as error:
                problems.append(Problem(name, "bad_choice", str(error)))
    return raw, problems


def kept(table: Table, values: Mapping[str, Any]) -> Raw:
    """Values as they were kept with a configuration, what follows from others among them; None where a table that is still being written
    does not know one any more."""
    raw, _problems = read(table, {name: told for name, told in values.items() if name in table.options})
    worked = {name: str(told) for name, told in values.items() if name in raw and told is not None and table.options[name].kind == DERIVED}
    return raw | worked


def _read(option: Option, told: Any) -> Chosen:
    if option.kind == SINGLE:
        return _code(option, told)
    if option.kind == MULTI:
        return _several(option, told)
    if option.numeric:
        return _number(option, told)
    if option.kind == DERIVED:
        raise ValueError(_("It follows from other choices."))
    text = str(told)
    if option.kind == FILE and not FILED.fullmatch(text):
        raise ValueError(_("Please choose a file."))
    if len(text) > LONGEST:
        raise ValueError(_("At most %(most)d characters are possible.") % {"most": LONGEST})
    return text


def _code(option: Option, told: Any) -> str:
    code = str(told)
    if code not in option.values:
        raise ValueError(_("There is no value “%(code)s”.") % {"code": code[:40]})
    return code


def _several(option: Option, told: Any) -> tuple[tuple[str, int], ...]:
    if isinstance(told, list):
        told = {str(one): 1 for one in told}
    if not isinstance(told, Mapping):
        raise ValueError(_("Codes with their quantities belong here."))
    found = {_code(option, code): _whole(quantity, option.values[str(code)].most) for code, quantity in told.items()}
    return tuple((code, found[code]) for code in option.values if found.get(code))


def _whole(told: Any, most: int) -> int:
    try:
        count = Decimal(str(told))
        if isinstance(told, bool) or not count.is_finite() or count != count.to_integral_value() or not 0 <= count <= most:
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(_("A quantity is a whole number from 0 to %(most)d.") % {"most": most}) from None
    return int(count)


def figure(told: Any) -> Decimal:
    """A number as it was typed, full-width figures among it."""
    try:
        value = Decimal(unicodedata.normalize("NFKC", str(told)).strip())
        if isinstance(told, bool) or not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(_("A number belongs here.")) from None
    return value


def _number(option: Option, told: Any) -> Decimal:
    value = figure(told)
    index = option.grid.index(value) if option.least <= value <= option.most else None
    if index is None:
        raise ValueError(bounds_said(option, value))
    return option.grid.at(index)


def bounds_said(option: Option, value: Decimal) -> str:
    """Why a number is none of those that can be entered."""
    between = {"least": f"{option.least:f}", "most": f"{option.most:f}", "step": f"{option.step:f}"}
    if not option.least <= value <= option.most:
        return _("Between %(least)s and %(most)s is possible.") % between
    return _("It goes in steps of %(step)s from %(least)s.") % between


def with_value(option: Option, chosen: Chosen, code: str) -> Chosen:
    """The choice with a value in it."""
    if option.kind == SINGLE:
        return code
    kept = dict(chosen) if isinstance(chosen, tuple) else {}
    return tuple((one, kept.get(one, 1)) for one in option.values if one in kept or one == code)


def told(chosen: Chosen) -> Any:
    """As choices are sent and kept."""
    if isinstance(chosen, tuple):
        return dict(chosen)
    return f"{chosen:f}" if isinstance(chosen, Decimal) else chosen
