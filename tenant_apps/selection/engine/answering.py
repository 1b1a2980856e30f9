"""One evaluation: everything that follows from choices (spec 2.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.selection.engine import building, choosing, coding, pricing
from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.machine import Check, Machine, worked
from tenant_apps.selection.engine.searching import Search
from tenant_apps.selection.engine.table import DERIVED, FILE, MULTI, SINGLE, TEXT, WARNING, Json, Option, Problem, Rule


@dataclass
class Answer:
    """What follows from choices. `valid`: nothing is missing, no rule is broken, all could be read."""

    raw: Raw
    values: Raw
    hidden: set[str]
    missing: list[str]
    broken: list[Rule]
    disabled: dict[str, dict[str, tuple[Rule, Raw | None]]]
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
    missing = [one.name for one in table.options.values() if one.required and one.name not in hidden and values[one.name] in (None, ())]
    closed: Raw = {name: () if value is None and table.options[name].kind == MULTI else value for name, value in raw.items()}
    broken = machine.broken(closed if not missing else raw)
    price = pricing.priced(table, values, env)
    built = building.built(table, values, env, (base or {}).get("bom", ()), (base or {}).get("routing", ()))
    told = [rule for rule, _order in machine.telling if rule.when is None or worked(rule, rule.when, env)]
    if price.list_price < 0:
        problems.append(Problem("price", "negative", _("The list price comes out below zero.")))
    return Answer(
        raw=raw, values=values, hidden=hidden, missing=missing, broken=[check.rule for check in broken],
        disabled=disabled(machine, raw, hidden, broken) if explain else {}, warnings=[rule for rule in told if rule.kind == WARNING],
        reviews=[rule for rule in told if rule.kind != WARNING], code=coding.code_of(table, values), spec=spec_of(machine, values, hidden), price=price,
        built=built.told(), problems=problems + built.problems, hash=hash_of(machine, values, edition),
    )  # fmt: skip


def hash_of(machine: Machine, values: Raw, edition: str) -> str:
    """The same for the same choices of the same edition, whether a usual value was chosen by hand or left as it was."""
    kept = {
        name: choosing.told(value)
        for name, value in values.items()
        if machine.table.options[name].kind != DERIVED and value not in (None, ())
    }
    return hashlib.sha256(json.dumps([edition, kept], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def spec_of(machine: Machine, values: Raw, hidden: set[str]) -> dict[str, str]:
    """One line an option, in both languages, as it stands in a quote."""
    lines: dict[str, list[str]] = {"zh": [], "en": []}
    for option in machine.table.options.values():
        if option.name in hidden:
            continue
        for language, between in (("zh", "："), ("en", ": ")):
            said = said_of(option, values[option.name], language)
            if said:
                lines[language].append(f"{option.label[language]}{between}{said}")
    return {language: "\n".join(rows) for language, rows in lines.items()}


def said_of(option: Option, value: Chosen, language: str) -> str:
    if value in (None, (), ""):
        return ""
    if option.kind == FILE:
        return str(value).partition(" ")[2]
    if option.kind in (SINGLE, MULTI):
        rows = [(found, quantity) for found, quantity, _effects in pricing.chosen_effects(option, value) if found is not None]
        texts = [found.spec[language] + (f" × {quantity:f}" if quantity > 1 else "") for found, quantity in rows if found.spec[language]]
        told = ("、" if language == "zh" else ", ").join(texts)
        return f"{told} {option.unit}".strip() if option.unit and told == str(value) else told
    told = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return told if option.kind == TEXT or not option.unit else f"{told} {option.unit}"


# what is not possible, and what would make it so ---------------------------------------------------------------------------
def disabled(machine: Machine, raw: Raw, hidden: set[str], broken: Sequence[Check]) -> dict[str, dict[str, tuple[Rule, Raw | None]]]:
    """For every value that cannot be added to the other choices: the rule that forbids it and the smallest change that allows it."""
    found: dict[str, dict[str, tuple[Rule, Raw | None]]] = {}
    trial, search = dict(raw), Search(machine)
    for option in machine.table.options.values():
        if option.name in hidden or not option.finite:
            continue
        for code, checks in _blamed(machine, option, trial).items():
            trial[option.name] = choosing.with_value(option, raw[option.name], code)
            borne = frozenset(check for check in broken if check not in checks)
            wrong = [check for check in machine.touching[option.name] if check not in borne and not check.holds(trial)]
            found.setdefault(option.name, {})[code] = (checks[0].rule, search.repair(trial, {option.name}, wrong, borne))
        trial[option.name] = raw[option.name]
    return found


def _blamed(machine: Machine, option: Option, trial: Raw) -> dict[str, list[Check]]:
    """By value the rules it would break; a rule that is broken whatever one chooses here is not this option's fault."""
    was = trial[option.name]
    trial[option.name] = None if option.kind == SINGLE else was
    found: dict[str, list[Check]] = {}
    for check in machine.touching[option.name]:
        for code in check.rules_out(option, trial):
            found.setdefault(code, []).append(check)
    trial[option.name] = was
    return {code: found[code] for code in option.values if code in found}
