"""The products somebody is interested in, as an opportunity keeps them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.money import CENT, ZERO
from kernel.refusals import FieldError, Invalid
from kernel.rows import Column
from tenant_apps.catalog.models import Item

PRODUCTS = (
    Column("item", _("Item"), "ref", required=True, target=Item),
    Column("quantity", _("Quantity"), "decimal"),
    Column("price", _("Price"), "price"),
    Column("remark", _("Remark"), "text"),
)


def settled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the items' names as they are now, a quantity of one and the list price where nothing was said. One query."""
    if not rows:
        return rows
    known = {item.pk: item for item in Item.objects.filter(pk__in={_key(row["item"]) for row in rows})}
    errors = []
    for position, row in enumerate(rows):
        item = known.get(_key(row["item"]))
        if item is None:
            errors.append(FieldError(f"products.{position}.item", "not_found", _t("This item is not known. Choose it from the list.")))
            continue
        row["item"] = {"id": item.pk, "label": item.name}
        row["quantity"] = row["quantity"] or "1"
        row["price"] = row["price"] or f"{item.list_price:f}"
        if Decimal(row["quantity"]) <= 0:
            errors.append(FieldError(f"products.{position}.quantity", "positive", _t("A quantity must be above 0.")))
    if errors:
        raise Invalid(errors)
    return rows


def _key(value: Any) -> int:
    return int(value["id"] if isinstance(value, dict) else value)


def worth(rows: list[dict[str, Any]]) -> Decimal:
    """What the products come to, incl. VAT, to the cent."""
    return sum((Decimal(row["quantity"]) * Decimal(row["price"]) for row in rows), ZERO).quantize(CENT)
