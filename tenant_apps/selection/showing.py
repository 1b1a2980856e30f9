"""An answer, and the outline of a table, as they are sent. Sentences stand in both languages: quotes are bilingual."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kernel.access import Actor
from tenant_apps.selection import engine
from tenant_apps.selection.engine.table import Option, Rule, Table, Value

Json = dict[str, Any]
COSTS = frozenset({"cost", "standard_cost"})


def sees_costs(actor: Actor) -> bool:
    return not actor.profile.hidden_names & COSTS


def shown(answer: engine.Answer, *, costs: bool) -> Json:
    """An answer; with the cost roll-up only for whoever may see costs."""
    price = answer.price
    told: Json = {
        "valid": answer.valid,
        "state": "editing" if answer.missing else "valid" if answer.valid else "invalid",
        "code": answer.code,
        "hash": answer.hash,
        "spec": answer.spec,
        "choices": {name: engine.told(value) for name, value in answer.raw.items() if value is not None},
        "values": {name: engine.told(value) for name, value in answer.values.items()},
        "hidden": sorted(answer.hidden),
        "missing": answer.missing,
        "broken": [{**rule_of(rule), "detail": answer.unfit.get(rule.code, "")} for rule in answer.broken],
        "warnings": [rule_of(rule) for rule in answer.warnings],
        "reviews": [rule_of(rule) for rule in answer.reviews],
        "problems": [{"option": one.path, "code": one.code, "detail": one.sentence} for one in answer.problems],
        "disabled": {
            name: {code: {**rule_of(off.rule), "change": changed(off.change), "later": off.later} for code, off in values.items()}
            for name, values in answer.disabled.items()
        },
        "limits": {name: _limit(limit) for name, limit in answer.limits.items()},
        "price": {"lines": _amounts(price.lines), "steps": [_step(step, amount) for step, amount in price.steps], "list": f"{price.list_price:f}"},
        **{name: plain(value) for name, value in answer.built.items()},
    }  # fmt: skip
    if costs:
        told["cost"] = {"lines": _amounts(price.costs), "total": f"{price.cost:f}"}
    return told


def changed(change: engine.Raw | None) -> Json | None:
    """The choices that would have to be others."""
    return None if change is None else {name: engine.told(value) for name, value in change.items()}


def _limit(limit: engine.Limit) -> Json:
    """What a number may be; `wrong` where it is something else, `rule` none where the bounds of the option itself forbid it."""
    wrong = limit.wrong and {
        **(rule_of(limit.wrong.rule) if limit.wrong.rule else {"rule": None, "sentence": ""}),
        "nearest": [f"{one:f}" for one in limit.wrong.nearest],
        "change": changed(limit.wrong.change),
        "later": limit.wrong.later,
    }
    ranges = [[f"{low:f}", f"{high:f}"] for low, high in limit.ranges]
    return {"ranges": ranges, "rules": [rule_of(rule) for rule in limit.rules], "wrong": wrong}


def rule_of(rule: Rule) -> Json:
    return {"rule": rule.code, "sentence": dict(rule.sentence)}


def _step(step: Any, amount: Decimal) -> Json:
    return {"name": step.name, "label": dict(step.label), "amount": f"{amount:f}"}


def _amounts(rows: Sequence[tuple[Option, Value | None, Decimal, Decimal]]) -> list[Json]:
    return [
        {"option": option.name, "value": value.code if value else None, "quantity": f"{quantity:f}", "amount": f"{amount:f}"}
        for option, value, quantity, amount in rows
    ]


def plain(value: Any) -> Any:
    """Decimals as texts, all the way down; the place in the table is nobody's business."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items() if name != "place"}
    return value


def outline(table: Table) -> Json:
    """What somebody who chooses needs to know of a table: neither formulas nor costs."""
    return {
        "options": [_option(option) for option in table.options.values()],
        "questions": [{"name": one.name, "label": dict(one.label), "unit": one.unit} for one in table.questions],
        "presets": [
            {"name": one.get("name") or "", "standard": one.get("standard") or "", "choices": one.get("choices") or {}}
            for one in table.presets
        ],
        "prefix": table.prefix,
        "coded": [segment.option for segment in table.segments],
    }


def _option(option: Option) -> Json:
    return {
        "name": option.name, "label": dict(option.label), "kind": option.kind, "group": dict(option.group), "unit": option.unit,
        "required": option.required, "default": option.default,
        "values": [{"code": value.code, "name": dict(value.name), "most": value.most} for value in option.values.values()],
        "least": f"{option.least:f}", "most": f"{option.most:f}", "step": f"{option.step:f}",
    }  # fmt: skip
