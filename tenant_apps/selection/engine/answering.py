"""One evaluation: everything that follows from choices (spec 2.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.selection.engine import building, choosing, coding, explaining, limiting, pricing
from tenant_apps.selection.engine.checking import Env, text, worked
from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import Spare
from tenant_apps.selection.engine.table import (
    DERIVED,
    FILE,
    MULTI,
    SETS,
    SINGLE,
    TEXT,
    WARNING,
    Json,
    Option,
    Problem,
    Rule,
    Table,
    language_of,
)


@dataclass
class Answer:
    """What follows from choices. `valid`: nothing is missing, no rule is broken, all could be read."""

    raw: Raw
    values: Raw
    hidden: set[str]
    missing: list[str]
    broken: list[Rule]
    unfit: dict[str, str]
    """Of broken rules that put a value somewhere, by code: what they come to, and that it is not possible there."""
    disabled: explaining.Disabled
    limits: dict[str, limiting.Limit]
    warnings: list[Rule]
    reviews: list[Rule]
    code: str
    spec: dict[str, str]
    price: pricing.Priced
    built: Json
    problems: list[Problem] = field(default_factory=list)
    hash: str = ""

    @property
    def valid(self) -> bool:
        return not (self.missing or self.broken or self.problems)


def evaluate(machine: Machine, choices: Mapping[str, Any], edition: str = "", base: Json | None = None, *, explain: bool = True) -> Answer:
    """The answer to choices. `edition` names the version of the table in the hash; `explain` says why values are not possible."""
    table = machine.table
    raw, problems = choosing.read(table, choices)
    env, values, hidden = machine.settle(raw, table.settled)
    unread = {problem.path for problem in problems}
    needed = [one.name for one in table.options.values() if one.required and one.name not in hidden | unread]
    missing = [name for name in needed if values[name] in (None, ())]
    closed: Raw = {name: () if value is None and table.options[name].kind == MULTI else value for name, value in raw.items()}
    broken = machine.broken(closed if not missing else raw)
    price = pricing.priced(table, values, env)
    built = building.built(table, values, env, (base or {}).get("bom", ()), (base or {}).get("routing", ()))
    told = [rule for rule in machine.telling if rule.when is None or worked(rule, rule.when, env)]
    if price.list_price < 0:
        problems.append(Problem("price", "negative", _("The list price comes out below zero.")))
    spare, shown = Spare(), [one for one in table.options.values() if one.name not in hidden]
    limits = limiting.Limits(machine, raw, values, env, broken, spare).found(shown if explain else (), choices)
    return Answer(
        raw=raw, values=values, hidden=hidden, missing=missing, broken=[check.rule for check in broken], unfit=_unfit(table, [check.rule for check in broken], env),
        disabled=explaining.disabled(machine, raw, env, hidden, broken, spare) if explain else {},
        limits=limits, warnings=[rule for rule in told if rule.kind == WARNING], reviews=[rule for rule in told if rule.kind != WARNING], code=coding.code_of(table, values), spec=spec_of(machine, values, hidden), price=price,
        built=built.told(), problems=problems + built.problems, hash=hash_of(machine, values, edition),
    )  # fmt: skip


def _unfit(table: Table, broken: list[Rule], env: Env) -> dict[str, str]:
    sentence = _("It comes to %(given)s, which %(option)s cannot be beside the other choices.")
    labels = {rule.option: table.options[rule.option].label[language_of()] for rule in broken if rule.kind == SETS}
    return {
        rule.code: sentence % {"given": text(worked(rule, rule.then, env)) if rule.then else rule.value, "option": labels[rule.option]}
        for rule in broken
        if rule.kind == SETS
    }


def hash_of(machine: Machine, values: Raw, edition: str) -> str:
    """The same for the same choices of the same edition, whether a usual value was chosen by hand or left as it was."""
    kept = {
        name: choosing.told(value)
        for name, value in values.items()
        if machine.table.options[name].kind != DERIVED and value not in (None, ())
    }
    return hashlib.sha256(json.dumps([edition, kept], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def spec_of(machine: Machine, values: Raw, hidden: set[str]) -> dict[str, str]:
    """One line an option, in both languages, as it stands on papers."""
    return {
        language: "\n".join(f"{option.label[language]}{between}{text}" for option, text in said(machine, values, hidden, language))
        for language, between in (("zh", "："), ("en", ": "))
    }


def said(machine: Machine, values: Raw, hidden: Collection[str], language: str, *, every: bool = False) -> list[tuple[Option, str]]:
    """What papers say of each option, in the order of the table; an option of which nothing is said is left out. `every`: values that papers
    pass over are called by their names."""
    shown = [option for option in machine.table.options.values() if option.name not in hidden]
    told = [(option, said_of(option, values.get(option.name), language, every=every)) for option in shown]
    return [(option, text) for option, text in told if text]


def said_of(option: Option, value: Chosen, language: str, *, every: bool = False) -> str:
    if value in (None, (), ""):
        return ""
    if option.kind == FILE:
        return str(value).partition(" ")[2]
    if option.kind in (SINGLE, MULTI):
        rows = [(found, quantity) for found, quantity, _effects in pricing.chosen_effects(option, value) if found is not None]
        named = [(found.spec[language] or (found.name[language] if every else ""), quantity) for found, quantity in rows]
        texts = [name + (f" × {quantity:f}" if quantity > 1 else "") for name, quantity in named if name]
        told = ("、" if language == "zh" else ", ").join(texts)
        return f"{told} {option.unit}".strip() if option.unit and told == str(value) else told
    told = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return told if option.kind == TEXT or not option.unit else f"{told} {option.unit}"
