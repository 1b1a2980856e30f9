"""Reading a whole table: its options, rules, price, code, questions; and whether anything follows from itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.selection.engine.grid import Grid
from tenant_apps.selection.engine.reading import HUGE, MOST_OPTIONS, MOST_RULES, MOST_VALUES, NAME, RESERVED, Reader
from tenant_apps.selection.engine.ruling import known, rules_of
from tenant_apps.selection.engine.table import (
    DEFAULT,
    DERIVED,
    FILE,
    KINDS,
    MULTI,
    NUMBER,
    QUANTITY,
    SETS,
    SINGLE,
    TEXT,
    VISIBLE,
    Effects,
    Json,
    Option,
    Problem,
    Question,
    Rule,
    Segment,
    Step,
    Table,
)  # fmt: skip

MOST_STEPS = 10**12
"""Of a number between its bounds."""


class Bad(Exception):
    """A table that cannot be used; each problem names its cell."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def read(source: Any) -> Table:
    """The table; `Bad` with all that is wrong with it."""
    reader = Reader()
    if not isinstance(source, dict):
        raise Bad([Problem("table", "not_an_object", _("A selection table is an object with options, rules and a price."))])
    raw = _named(reader, source)
    options = {name: _option(reader, row, path) for name, (path, row) in raw.items()}
    rules = rules_of(reader, source, options)
    steps = _steps(reader, source, options)
    table = Table(
        options=options,
        rules=rules,
        steps=steps,
        prefix=str(reader.object(source.get("code"), "code").get("prefix") or "")[:40],
        segments=_segments(reader, source, options),
        questions=[
            one for path, row in reader.rows(source.get("questions"), "questions") if (one := _question(reader, row, path, options))
        ],
        base=reader.effects(source.get("base"), "base"),
        presets=[row for _path, row in reader.rows(source.get("presets"), "presets")],
        cases=[row for _path, row in reader.rows(source.get("cases"), "cases", 1000)],
        priced=_sorted(
            reader, _amounts_read(options, steps), "price", _("The price follows from itself: %(path)s. Take one of them out of a formula.")
        ),
        settled=_sorted(
            reader, _choices_read(options, rules), "rules", _("A choice follows from itself: %(path)s. Let one of them stand alone.")
        ),
    )
    for part in ("stray_bom", "stray_routing"):
        for path, row in reader.rows(source.get(part), part, MOST_RULES):
            named = f"{row.get('option')} {row.get('value') or ''}".strip()
            reader.wrong(f"{path}.option", "unknown", _("There is no option or value “%(name)s”.") % {"name": named[:60]})
    if reader.problems:
        raise Bad(reader.problems)
    return table


def _named(reader: Reader, source: Json) -> dict[str, tuple[str, Json]]:
    """Rows of options by name, and with them all names that formulas may use."""
    found: dict[str, tuple[str, Json]] = {}
    for path, row in reader.rows(source.get("options"), "options", MOST_OPTIONS):
        name = reader.word(row, "name", path, NAME)
        if name.lower() in RESERVED or name in found:
            reader.wrong(f"{path}.name", "taken", _("“%(name)s” has a meaning already. Choose another name.") % {"name": name})
        elif name:
            found[name] = (path, row)
    if not found and not reader.problems:
        reader.wrong("options", "required", _("A selection table needs at least one option."))
    names, steps = set(found), source.get("price")
    for name, (_path, row) in found.items():
        values = row.get("values")
        if row.get("kind") == MULTI and isinstance(values, list):
            codes = {str(one.get("code")) for one in values if isinstance(one, dict)}
            names |= {f"{name}.{code}" for code in codes if NAME.fullmatch(code)}
    reader.names = names
    kept = {str(one.get("name")) for one in steps if isinstance(one, dict)} if isinstance(steps, list) else set()
    reader.amounts = kept | {f"{kind}.{name}" for name in found for kind in ("price", "cost")}
    return found


def _option(reader: Reader, row: Json, path: str) -> Option:
    kind = row.get("kind", SINGLE)
    if kind not in KINDS:
        reader.wrong(f"{path}.kind", "not_a_choice", _("Possible are: %(all)s.") % {"all": ", ".join(KINDS)})
        kind = TEXT
    name = str(row.get("name"))
    values = {}
    for place, told in reader.rows(row.get("values"), f"{path}.values", MOST_VALUES) if kind in (SINGLE, MULTI) else ():
        value = reader.value(told, place)
        if value is not None and value.code in values:
            reader.wrong(f"{place}.code", "taken", _("The code %(code)s stands here twice.") % {"code": value.code})
        elif value is not None:
            values[value.code] = value
    if kind in (SINGLE, MULTI) and not values:
        reader.wrong(f"{path}.values", "required", _("A choice needs at least one value."))
    default = "" if row.get("default") is None else str(row["default"])
    codes = [default] if kind == SINGLE else default.split("+") if kind == MULTI else []
    for code in codes if default else ():
        if code not in values:
            reader.wrong(f"{path}.default", "unknown", _("There is no value “%(code)s”.") % {"code": code[:40]})
    formula = reader.formula(row, "formula", path)
    if kind == DERIVED:
        reader.needed(formula, f"{path}.formula")
    least, most, step = _bounds(reader, row, path, kind)
    return Option(
        name=name, label=reader.text(row, "label", path, name), kind=kind, group=reader.text(row, "group", path), default=default,
        required=bool(row.get("required", kind not in (MULTI, TEXT, FILE))) and kind != DERIVED, unit=str(row.get("unit") or "")[:20],
        values=values, least=least, most=most, step=step, formula=formula, mark=str(row.get("mark") or "")[:20],
        spec=reader.text(row, "spec", path) if row.get("spec") else {}, effects=reader.effects(row, path),
    )  # fmt: skip


def _bounds(reader: Reader, row: Json, path: str, kind: str) -> tuple[Decimal, Decimal, Decimal]:
    """Smallest and largest number and the step between; the default is one of them."""
    lowest = -HUGE if kind == NUMBER else Decimal(0)
    least, most = (reader.number(row, one, path, lowest) for one in ("least", "most"))
    step = reader.number(row, "step", path) or Decimal(1)
    if kind not in (NUMBER, QUANTITY):
        return least, most, step
    if most < least:
        reader.wrong(f"{path}.most", "out_of_range", _("The largest value is below the smallest one."))
    elif not most and not least:
        reader.wrong(f"{path}.most", "required", _("Say how large it may be."))
    elif most - least > MOST_STEPS * step:
        reader.wrong(f"{path}.step", "too_fine", _("There are too many steps between the smallest and the largest value."))
    elif row.get("default") not in (None, "") and Grid.between(least, most, step).index(reader.number(row, "default", path, -HUGE)) is None:
        reader.wrong(f"{path}.default", "out_of_range", _("The usual value is none of the numbers that can be entered."))
    return least, most, step


# price, code, questions --------------------------------------------------------------------------------------------------
def _steps(reader: Reader, source: Json, options: Mapping[str, Option]) -> list[Step]:
    found: dict[str, Step] = {}
    for path, row in reader.rows(source.get("price"), "price"):
        name = reader.word(row, "name", path, NAME)
        if name in options or name in found or name.lower() in RESERVED:
            reader.wrong(f"{path}.name", "taken", _("“%(name)s” has a meaning already. Choose another name.") % {"name": name})
            continue
        of = reader.texts(row, "of", path)
        for one in of:
            if one not in options and one not in found:
                reader.wrong(f"{path}.of", "unknown", _("“%(name)s” is neither an option nor a step before.") % {"name": one[:60]})
        formula = reader.formula(row, "formula", path, amounts=True)
        if not of and formula is None:
            reader.wrong(f"{path}.of", "required", _("Say what it adds up, or write a formula."))
        found[name] = Step(name, reader.text(row, "label", path, name), of, formula, reader.number(row, "to", path))
    return list(found.values()) or [Step("list", {"zh": "目录价", "en": "List price"}, list(options))]


def _segments(reader: Reader, source: Json, options: Mapping[str, Option]) -> list[Segment]:
    found = []
    code = source.get("code")
    for path, row in reader.rows(code.get("parts") if isinstance(code, dict) else None, "code.parts"):
        option = str(row.get("option") or "")
        known(reader, option, f"{path}.option", options)
        if option in options and not (options[option].finite or options[option].numeric):
            reader.wrong(
                f"{path}.option", "not_a_choice", _("Only choices, quantities and numbers stand in a model code: they can be read back.")
            )
        found.append(Segment(option, str(row.get("before") or "")[:5]))
    return found


def _question(reader: Reader, row: Json, path: str, options: Mapping[str, Option]) -> Question | None:
    name = reader.word(row, "name", path, NAME)
    choose = {}
    for option, text in reader.object(row.get("choose"), f"{path}.choose").items():
        known(reader, option, f"{path}.choose", options)
        formula = reader.formula({option: text}, option, f"{path}.choose", more=(name,))
        if formula is not None:
            choose[option] = formula
    warn = []
    for place, one in reader.rows(row.get("warn"), f"{path}.warn"):
        formula = reader.needed(reader.formula(one, "when", place, more=(name,)), f"{place}.when")
        if formula is not None:
            warn.append((formula, reader.text(one, "sentence", place)))
    return Question(name, reader.text(row, "label", path, name), str(row.get("unit") or "")[:20], choose, warn) if name else None


# what follows from what --------------------------------------------------------------------------------------------------
def _sorted(reader: Reader, reads: Mapping[str, Iterable[str]], path: str, sentence: str) -> list[str]:
    try:
        return list(TopologicalSorter(reads).static_order())
    except CycleError as error:
        reader.wrong(path, "loop", sentence % {"path": " → ".join(reversed(error.args[1]))})
        return []


def _amounts_read(options: Mapping[str, Option], steps: Iterable[Step]) -> dict[str, set[str]]:
    reads: dict[str, set[str]] = {}
    for option in options.values():
        effects: list[Effects] = [option.effects, *(value.effects for value in option.values.values())]
        formulas = [one for effect in effects for one in (effect.price, effect.cost) if one is not None]
        reads[option.name] = {_amount(name) for formula in formulas for name in formula.names} - {""}
    names = {step.name for step in steps}
    for step in steps:
        read = {_amount(name) or name for name in step.formula.names} if step.formula else set()
        reads[step.name] = set(step.of) | (read & (names | set(options)))
    for name in options:
        reads[name] |= {one for one in _plain_names(options[name]) if one in names}
    return reads


def _amount(name: str) -> str:
    first, _dot, rest = name.partition(".")
    return rest if first in ("price", "cost") else ""


def _plain_names(option: Option) -> set[str]:
    effects = [option.effects, *(value.effects for value in option.values.values())]
    return {name for effect in effects for one in (effect.price, effect.cost) if one is not None for name in one.names}


def _choices_read(options: Mapping[str, Option], rules: Iterable[Rule]) -> dict[str, set[str]]:
    reads: dict[str, set[str]] = {name: set() for name in options}
    for option in options.values():
        if option.formula is not None and option.kind == DERIVED:
            reads[option.name] |= {name.partition(".")[0] for name in option.formula.names}
    for rule in rules:
        if rule.kind in (SETS, DEFAULT, VISIBLE) and rule.option in reads:
            reads[rule.option] |= rule.names()
    return reads
