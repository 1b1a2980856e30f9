"""What a configuration tells of the line that it stands on: text, price by options, cost, lead time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kernel import statements
from tenant_apps.pricing.waterfall import Option
from tenant_apps.selection import freezing

LONGEST = 200


def look_up(lines: Sequence[Any]) -> None:
    """The configurations of lines that have one; a statement only if any has. The model code is their specification."""
    having = [line for line in lines if line.configuration_id]
    if having:
        statements.attach(having, "configuration")
    for line in having:
        line.spec = line.spec or str(line.configuration)[:LONGEST]


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
    """What each chosen value adds to the list price; the first priced one is the machine itself and stays in the list price."""
    if line.configuration is None:
        return []
    told = line.configuration.result.get("price", {}).get("lines", [])
    priced = [row for row in told if Decimal(row["amount"])]
    return [
        Option(str(row["value"] or row["option"]), " ".join(filter(None, (row["option"], row["value"]))), Decimal(row["amount"]))
        for row in priced[1:]
    ]


def unit_cost(line: Any) -> Decimal:
    """Full cost of a unit without VAT, in the company's own currency: rolled up from its options, else the item's standard cost."""
    own: Decimal = line.item.standard_cost
    return (line.configuration.cost if line.configuration is not None else None) or own


def lead_days(line: Any) -> int:
    """The longer of the item's lead time and the configuration's."""
    own = line.configuration.lead_days if line.configuration is not None else 0
    return max(own, line.item.lead_days)
