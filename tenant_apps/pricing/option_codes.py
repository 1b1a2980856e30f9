"""How price policies name the options of selection tables: as `scales.yes`, or by the value alone where nothing else has that value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _t

from kernel import words
from tenant_apps.selection import engine, ready
from tenant_apps.selection.engine.table import Option, Table, Value
from tenant_apps.selection.models import RuleSet

NOBODY: Mapping[str, list[str]] = {}


class Choice(NamedTuple):
    """A value with a price that policies may name, what it is called, and the tables that offer it."""

    code: str
    label: str
    tables: tuple[str, ...]


def alike(table: ready.Ready | None) -> Mapping[str, list[str]]:
    """Of a table, the options that have a price for a value, by the value."""
    return NOBODY if table is None else _alike(table.machine)


@lru_cache(ready.MACHINES)
def _alike(machine: engine.Machine) -> Mapping[str, list[str]]:
    found = defaultdict(list)
    for option, value in _priced(machine.table):
        if value is not None:
            found[value.code].append(option.name)
    return found


def _priced(table: Table) -> Iterator[tuple[Option, Value | None]]:
    """Whatever can stand in a list price; options without values under their own name."""
    for option in table.options.values():
        if option.effects.price is not None:
            yield option, None
        yield from ((option, value) for value in option.values.values() if value.effects.price is not None)


def choices(item: int | None, series: int | None) -> list[Choice]:
    """What can be named in the tables on offer, or in those of an item or a series only; one statement when the tables are warm."""
    labels: dict[str, str] = {}
    tables = defaultdict(list)
    for table in _offered(item, series):
        for option, value in _priced(table.machine.table):
            code = _code(option.name, value.code if value else "")
            labels.setdefault(code, label_of(option, value))
            tables[code].append(table.name)
    return [Choice(code, label, tuple(tables[code])) for code, label in labels.items()]


def label_of(option: Option, value: Value | None) -> str:
    """What an option with a value of it is called in the reader's language."""
    label = words.spoken(option.label["zh"], option.label["en"])
    return f"{label} {words.spoken(value.name['zh'], value.name['en'])} {option.unit}".strip() if value else label


def _code(option: str, value: str) -> str:
    return f"{option}.{value}" if value else option


def _offered(item: int | None, series: int | None) -> list[ready.Ready]:
    rows = RuleSet.objects.filter(state=RuleSet.State.PUBLISHED).order_by("name", "edition").values_list("pk", "item_id", "item__series_id")
    known = [pk for pk, of_item, of_series in rows if item in (None, of_item) and series in (None, of_series)]
    return [table for table in map(ready.of, known) if table is not None]


def unclear(policy: Mapping[str, Any]) -> str:
    """Why a policy, by its columns, does not say which option it means; empty when it does. No statement for one without an option code."""
    code = policy["option_code"]
    if not code:
        return ""
    tables = _offered(policy["item_id"], policy["series_id"])
    meant = sorted({_code(option, code) for table in tables for option in alike(table).get(code, ())})
    if len(meant) < 2:
        return ""
    told = {"code": code, "meant": ", ".join(meant)}
    return _t("“%(code)s” is a value of several options: %(meant)s. Choose which one is meant.") % told
