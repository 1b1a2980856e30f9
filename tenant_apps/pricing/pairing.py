"""An item and the configuration that stands on the same line: which go together, and what follows when somebody exchanges the item."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _t

from kernel import statements
from kernel.lines import said, was
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models import Item
from tenant_apps.selection import ready
from tenant_apps.selection.models import Configuration

PAIR = ("item", "configuration")
WORDS: dict[str, Any] = {"description": "", "measure": None, "tax_rate": None, "unit_price": None}
"""What a line says of its goods, and how it is left open, so that it is filled in from the new item."""


def settle(lines: Sequence[Any]) -> None:
    """Another item lets go of a configuration that is not its own, with all that came of it and was not said again; two that somebody
    names together and that do not go together are refused."""
    touched = [(at, line) for at, line in enumerate(lines) if line.item_id and _exchanged(line)]
    having = [line for _at, line in touched if line.configuration_id]
    if having:
        statements.attach(having, "configuration")
    strange = [(at, line) for at, line in touched if line.configuration_id and not together(line.item_id, line.configuration)]
    wrong = [_apart(at, line) for at, line in strange if "configuration" in said(line)]
    if wrong:
        raise Invalid(wrong)
    for _at, line in strange:
        line.configuration = None
    for _at, line in touched:
        if was(line).get("configuration_id") and not line.configuration_id:
            _let_go(line)


def _exchanged(line: Any) -> bool:
    """Whether somebody has just named another item or another configuration."""
    return any(name in said(line) and getattr(line, f"{name}_id") != was(line).get(f"{name}_id") for name in PAIR)


def together(item: int, configuration: Configuration) -> bool:
    """Whether an item may stand on a line with a configuration: its own once it is fixed, or that of its table; any where that has none yet."""
    return item in (possible := _items(configuration)) or not possible


def _items(configuration: Configuration) -> Collection[int]:
    table = ready.of(configuration.rule_set_id)
    return {one for one in (configuration.item_id, table and table.item) if one}


def _apart(at: int, line: Any) -> FieldError:
    names = [str(one) for one in Item.objects.filter(pk__in=_items(line.configuration)).order_by("pk")]
    told = {"line": at + 1, "configuration": line.configuration, "item": " / ".join(names)}
    sentence = _t(
        "Line %(line)s: %(configuration)s stands on a line with the item %(item)s. Choose that item, or leave the configuration out."
    )
    return FieldError(f"lines.{at}.configuration", "other_item", sentence % told)


def _let_go(line: Any) -> None:
    """Leave open what came of a configuration, and of its item where that is another one now."""
    other = WORDS if line.item_id != was(line)["item_id"] else {}
    for name, empty in {"spec": "", **other}.items():
        if name not in said(line):
            setattr(line, name, empty)
