"""Parts, operations, lead time, weight, crates and documents of settled choices: those of the base and what each value adds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel.formulas import Formula
from tenant_apps.selection.engine.checking import Env
from tenant_apps.selection.engine.choosing import Chosen, told
from tenant_apps.selection.engine.pricing import chosen_effects
from tenant_apps.selection.engine.table import Effects, Json, Problem, Table

MOST_PIECES, ZERO = Decimal(1_000_000), Decimal(0)


@dataclass
class Built:
    """What a configuration consists of. Equal parts for one operation are one line; hours of one operation are added."""

    parts: dict[tuple[str, int], Json] = field(default_factory=dict)
    operations: dict[int, Json] = field(default_factory=dict)
    days: Decimal = ZERO
    weight: Decimal = ZERO
    crates: list[Json] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def _gross(self) -> Decimal | None:
        """Weight as packed (kg); not known while a crate's own weight is not."""
        known = self.weight > 0 and self.crates and all(crate["weight"] for crate in self.crates)
        return sum((crate["weight"] * crate["quantity"] for crate in self.crates), self.weight) if known else None

    def told(self) -> Json:
        return {
            "bom": sorted((line for line in self.parts.values() if line["quantity"] > 0), key=lambda one: (one["operation"], one["item"])),
            "routing": sorted(self.operations.values(), key=lambda one: one["seq"]),
            "lead_days": int(self.days.to_integral_value("ROUND_CEILING")),
            "weight": self.weight,
            "gross": self._gross(),
            "crates": self.crates,
            "documents": self.documents,
        }


def built(table: Table, values: Mapping[str, Chosen], env: Env, given: Sequence[Json] = (), steps: Sequence[Json] = ()) -> Built:
    """`given` and `steps`: the lines and operations of a standard bill of materials on which the table builds."""
    found = Built()
    for line in given:
        _put(found, dict(line))
    for step in steps:
        found.operations[step["seq"]] = dict(step)
    texts = {name: _said(value) for name, value in values.items()}
    _add(found, table.base, Decimal(1), env, texts)
    for option in table.options.values():
        for _value, quantity, effects in chosen_effects(option, values.get(option.name)):
            _add(found, effects, quantity, env, texts)
    for line in found.parts.values():
        if not 0 <= line["quantity"] <= MOST_PIECES:
            sentence = _("The quantity of %(item)s comes to %(quantity)s; between 0 and %(most)s is possible. Correct it among the parts.")
            details = {"item": line["item"], "quantity": f"{line['quantity']:f}", "most": f"{MOST_PIECES:f}"}
            found.problems.append(Problem(line["place"], "bad_quantity", sentence % details))
    return found


def _said(value: Chosen) -> str:
    return "+".join(value_ for value_, _count in value) if isinstance(value, tuple) else str(told(value) or "")


def _add(found: Built, effects: Effects, times: Decimal, env: Env, texts: Mapping[str, str]) -> None:
    found.days += _number(effects.days, env)
    found.weight += _number(effects.weight, env) * times
    found.crates += [{**crate, "quantity": crate["quantity"] * int(times)} for crate in effects.crates]
    found.documents += [one for one in effects.documents if one not in found.documents]
    for part in effects.parts:
        if part.when is None or part.when.holds(env):
            name = {language: filled(text, texts) for language, text in part.name.items()}
            line = {
                "item": filled(part.item, texts),
                "name": name,
                "supply": part.supply,
                "lead_days": part.lead_days,
                "operation": part.operation,
            }
            _put(found, line | {"quantity": _number(part.quantity, env) * times, "place": part.place})
    for one in effects.operations:
        if one.when is None or one.when.holds(env):
            step = found.operations.setdefault(one.seq, {"seq": one.seq, "name": dict(one.name), "centre": one.centre, "hours": ZERO})
            step["hours"] += _number(one.hours, env) * times


def _put(found: Built, line: Json) -> None:
    slot = (line["item"], line["operation"])
    if slot in found.parts:
        found.parts[slot]["quantity"] += line["quantity"]
    else:
        found.parts[slot] = {"place": "base", **line}


def filled(text: str, texts: Mapping[str, str]) -> str:
    """`LC-{F}` with what was chosen."""
    return re.sub(r"\{([^}]*)\}", lambda found: texts.get(found.group(1), ""), text)


def _number(formula: Formula | None, env: Env) -> Decimal:
    value: Any = formula.value(env) if formula is not None else None
    return value if isinstance(value, Decimal) else ZERO
