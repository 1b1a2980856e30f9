"""What was chosen in configurations, as papers, links and comparisons tell it (spec 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from tenant_apps.selection import engine, ready
from tenant_apps.selection.engine.table import language_of
from tenant_apps.selection.models import Configuration


class Choice(NamedTuple):
    """An option and what was chosen of it, in the reader's language."""

    option: str
    group: str
    label: str
    said: str


class Chosen(NamedTuple):
    """The choices of a configuration by their groups, in the order of the table, and what stands on quotes for whatever is configured so."""

    choices: Sequence[Choice] = ()
    item: int | None = None


def of(configurations: Iterable[int], *, every: bool = False) -> dict[int, Chosen]:
    """What was chosen in configurations; one query for all. `every`: with what papers pass over."""
    wanted = set(configurations)
    rows = (
        Configuration.objects.filter(pk__in=wanted).values_list("pk", "rule_set_id", "result__values", "result__hidden") if wanted else ()
    )
    return {pk: _chosen(rule_set, values or {}, hidden or (), every) for pk, rule_set, values, hidden in rows}


def _chosen(rule_set: int, values: Mapping[str, Any], hidden: Sequence[str], every: bool) -> Chosen:
    table, language = ready.of(rule_set), language_of()
    if table is None:
        return Chosen()
    found = engine.said(table.machine, engine.kept(table.machine.table, values), hidden, language, every=every)
    rows = [Choice(option.name, option.group[language], option.label[language], said) for option, said in found]
    groups = list(dict.fromkeys(row.group for row in rows))
    return Chosen(sorted(rows, key=lambda row: groups.index(row.group)), table.item)


def grouped(choices: Sequence[Choice]) -> list[tuple[str, list[Choice]]]:
    return [(group, list(rows)) for group, rows in groupby(choices, lambda one: one.group)]


def specification(choices: Sequence[Choice]) -> list[str]:
    """The specification text, a sentence a group."""
    return [
        pgettext("paper", "%(group)s — %(said)s") % {"group": group, "said": short(rows)} if group else short(rows)
        for group, rows in grouped(choices)
    ]


def short(choices: Sequence[Choice]) -> str:
    """The same in one sentence."""
    return pgettext("paper", "; ").join(
        pgettext("paper", "%(label)s: %(said)s") % {"label": one.label, "said": one.said} for one in choices
    )


def changed(before: Sequence[Choice], after: Sequence[Choice]) -> list[dict[str, str]]:
    """The options that were chosen differently: what they are called, and what was chosen before and after."""
    were, are = ({one.option: one for one in choices} for choices in (before, after))
    return [
        {"name": name, "label": (are.get(name) or were[name]).label, "from": _said(were, name), "to": _said(are, name)}
        for name in dict.fromkeys([*are, *were])
        if _said(were, name) != _said(are, name)
    ]


def _said(choices: Mapping[str, Choice], name: str) -> str:
    return choices[name].said if name in choices else ""
