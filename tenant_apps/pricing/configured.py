"""What a configuration tells of the line that it stands on: text, price by options, cost, lead time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kernel import statements
from kernel.access import Actor
from kernel.refusals import Refused
from tenant_apps.catalog import naming
from tenant_apps.pricing import option_codes
from tenant_apps.pricing.waterfall import Option
from tenant_apps.selection import chosen, freezing, ready
from tenant_apps.selection.engine.table import language_of
from tenant_apps.selection.models import Configuration, RuleSet

LONGEST = 200


def look_up(lines: Sequence[Any]) -> None:
    """The configurations of lines that have one; a statement only if any has. The model code is their specification."""
    having = [line for line in lines if line.configuration_id]
    if having:
        statements.attach(having, "configuration")
    for line in having:
        line.spec = line.spec or spec_of(line.configuration)


def spec_of(configuration: Configuration | None) -> str:
    """What a line of it says where nothing else is typed: its model code."""
    return "" if configuration is None else str(configuration)[:LONGEST]


def told(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What papers and links say of lines as the API shows them: their descriptions in the reader's language, and what was chosen. Statements do
    not grow with the lines."""
    keys = [int(line["configuration"]["id"]) if isinstance(line.get("configuration"), dict) else 0 for line in lines]
    found = chosen.of(set(keys) - {0})
    made = [found.get(key, chosen.Chosen()) for key in keys]
    names = naming.described(lines, [one.item for one in made])
    return [{"description": name, "chosen": one.choices} for name, one in zip(names, made, strict=True)]


def chosen_differently(pairs: Sequence[tuple[Any, Any]]) -> dict[int, list[dict[str, str]]]:
    """Of lines as they were and as they are: the options that were chosen otherwise, by the id of the later line; a query for all if any were."""
    keys = {key for pair in pairs if len({line.configuration_id for line in pair}) > 1 for line in pair if (key := line.configuration_id)}
    found = chosen.of(keys, every=True)
    none = chosen.Chosen()
    return {
        now.pk: chosen.changed(found.get(was.configuration_id, none).choices, found.get(now.configuration_id, none).choices)
        for was, now in pairs
    }


def check(lines: Sequence[Any]) -> None:
    """What goes out is complete, breaks no rule, and engineering has agreed where it has to."""
    for line in lines:
        if line.configuration is not None and line.configuration.item_id is None:
            freezing.check(line.configuration)


def mark(line: Any) -> str:
    """What its price depends on."""
    return f"{line.configuration_id}:{line.configuration.hash}" if line.configuration is not None else ""


def list_price(line: Any, otherwise: Decimal) -> Decimal:
    """List price of one, incl. VAT: that of its options, else the item's."""
    return line.configuration.list_price if line.configuration is not None else otherwise


def options(line: Any) -> list[Option]:
    """What each chosen value holds of the list price; the first priced one is the machine itself."""
    if line.configuration is None:
        return []
    shared = option_codes.alike(ready.of(line.configuration.rule_set_id))
    return [
        Option(".".join(said), " ".join(said), Decimal(row["amount"]), row["value"] or "", len(shared.get(row["value"], ())) < 2)
        for row in priced(line.configuration.result)
        for said in [[one for one in (row["option"], row["value"]) if one]]
    ]


def priced(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chosen values that a stored answer says a price of, in the order of their table."""
    return [row for row in result.get("price", {}).get("lines", ()) if Decimal(row["amount"])]


def rest(line: Any) -> str:
    """What the list price holds besides the prices of its options: what the table rounds it up by, or what the steps of its price make of it."""
    table = ready.of(line.configuration.rule_set_id) if line.configuration is not None else None
    return "table_steps" if table is not None and any(step.formula for step in table.machine.table.steps) else "table_rounding"


def unit_cost(line: Any) -> Decimal:
    """Full cost of a unit without VAT, in the company's own currency: rolled up from its options, else the item's standard cost."""
    own: Decimal = line.item.standard_cost
    return (line.configuration.cost if line.configuration is not None else None) or own


def lead_days(line: Any) -> int:
    """The longer of the item's lead time and the configuration's."""
    own = line.configuration.lead_days if line.configuration is not None else 0
    return max(own, line.item.lead_days)


def lead_of(line: Any) -> str:
    """What takes that long: its `configuration` or its `item`."""
    return "configuration" if line.configuration is not None and line.configuration.lead_days > line.item.lead_days else "item"


def replaced(configuration: Configuration | None) -> tuple[ready.Ready, ready.Ready | None] | None:
    """The version it was chosen with when that is out of use, and the one offered in its place, if any; no statement when warm."""
    own = ready.of(configuration.rule_set_id) if configuration is not None else None
    if own is None or own.state != RuleSet.State.RETIRED:
        return None
    return own, ready.present(own.name)


def carried(configuration: Configuration, to: ready.Ready, by: Actor, on: date) -> Configuration | None:
    """The same choices with another version of the table, not saved yet; None when they cannot be made with it."""
    made = Configuration(rule_set_id=to.pk, choices=configuration.choices, title=configuration.title, standard=configuration.standard)
    try:
        made.prepare({}, by, on)
    except Refused:
        return None
    return made if made.state == Configuration.State.VALID else None


def costs(configuration: Configuration) -> tuple[list[tuple[str, Decimal]], list[tuple[str, Decimal]]]:
    """What each of its parts costs without VAT, and the hours of each of its operations, by their names in the reader's language."""
    table = ready.of(configuration.rule_set_id)
    if table is None:
        return [], []
    answer = table.evaluate(configuration.choices, explain=False)
    parts = [(_part(option, value, quantity), cost) for option, value, quantity, cost in answer.price.costs]
    return parts, [(f"{step['seq']} {_named(step['name'])}", step["hours"]) for step in answer.built["routing"]]


def _part(option: Any, value: Any, quantity: Decimal) -> str:
    label, name = _named(option.label), _named(value.name) if value is not None else ""
    return " ".join(filter(None, (label if label not in name else "", name, f"× {quantity:f}" if quantity != 1 else "")))


def _named(text: Any) -> str:
    """A name of the table in the reader's language, else in the other; operations of a plain bill of materials have but one."""
    if not isinstance(text, Mapping):
        return str(text or "")
    return str(text.get(language_of()) or next(iter(text.values()), ""))
