"""Price lines, price steps and cost of settled choices, exact in decimals. Prices incl. VAT, cost without, CNY."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from kernel.formulas import Formula
from kernel.money import CENT, ZERO
from kernel.refusals import Refused
from tenant_apps.selection.engine.checking import Env
from tenant_apps.selection.engine.choosing import Chosen
from tenant_apps.selection.engine.table import QUANTITY, SINGLE, Effects, Option, Step, Table, Value

LARGEST = Decimal(10) ** 15


@dataclass
class Priced:
    """What a configuration costs: each chosen value that has a price, the steps in their order, and the cost roll-up."""

    lines: list[tuple[Option, Value | None, Decimal, Decimal]] = field(default_factory=list)
    """(option, value, quantity, amount)"""
    steps: list[tuple[Step, Decimal]] = field(default_factory=list)
    costs: list[tuple[Option, Value | None, Decimal, Decimal]] = field(default_factory=list)
    list_price: Decimal = ZERO
    cost: Decimal = ZERO


def chosen_effects(option: Option, value: Chosen) -> list[tuple[Value | None, Decimal, Effects]]:
    """What was chosen of an option, how often, and what follows from it."""
    if value is None:
        return []
    if option.kind == SINGLE:
        found = option.values[str(value)]
        return [(found, Decimal(1), found.effects)]
    if isinstance(value, tuple):
        return [(option.values[code], Decimal(quantity), option.values[code].effects) for code, quantity in value]
    if option.kind == QUANTITY and isinstance(value, Decimal):
        return [(None, value, option.effects)] if value else []
    return [(None, Decimal(1), option.effects)]


def priced(table: Table, values: Mapping[str, Chosen], env: Env) -> Priced:
    """Amounts follow from each other in the order that was found when the table was read."""
    found = Priced()
    amounts: Env = dict(env)
    steps = {step.name: step for step in table.steps}
    for name in table.options:
        amounts[f"price.{name}"] = amounts[f"cost.{name}"] = ZERO
    for name in table.priced:
        if name in steps:
            amounts[name] = _step(steps[name], amounts)
            continue
        option = table.options[name]
        for value, quantity, effects in chosen_effects(option, values.get(name)):
            price, cost = (_amount(one, amounts) * quantity for one in (effects.price, effects.cost))
            amounts[f"price.{name}"] += price
            amounts[f"cost.{name}"] += cost
            if price:
                found.lines.append((option, value, quantity, cents(price)))
            if cost:
                found.costs.append((option, value, quantity, cents(cost)))
    found.steps = [(step, cents(amounts[step.name])) for step in table.steps]
    found.list_price = found.steps[-1][1]
    found.cost = cents(sum((amounts[f"cost.{name}"] for name in table.options), _amount(table.base.cost, amounts)))
    order = list(table.options)
    for rows in (found.lines, found.costs):
        rows.sort(key=lambda row: order.index(row[0].name))
    return found


def _step(step: Step, amounts: Env) -> Decimal:
    """A sum and a formula together, rounded up to whole `to` (⌈x / 100⌉ · 100)."""
    value = _amount(step.formula, amounts)
    for name in step.of:
        value += Decimal(amounts[f"price.{name}"] if f"price.{name}" in amounts else amounts[name])
    return value if not step.to else (value / step.to).to_integral_value(ROUND_CEILING) * step.to


def _amount(formula: Formula | None, amounts: Env) -> Decimal:
    value = formula.value(amounts) if formula is not None else None
    return value if isinstance(value, Decimal) else ZERO


def cents(value: Decimal) -> Decimal:
    if abs(value) >= LARGEST:
        raise Refused("formula_too_large", _("The price comes out larger than can be. Look at its formulas."), status=422)
    return value.quantize(CENT, ROUND_HALF_UP)
