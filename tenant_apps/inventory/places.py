"""Where goods are kept unless said otherwise: a warehouse names the product categories that are its own (W-1.6.3)."""

from __future__ import annotations

from kernel import config, trees
from tenant_apps.catalog.models import Category, Item
from tenant_apps.inventory.models import Warehouse


def _load() -> tuple[dict[int, int], dict[int, int | None]]:
    rows = Warehouse.objects.filter(active=True).exclude(categories=[]).order_by("-pk").values_list("pk", "categories")
    named = {category: warehouse for warehouse, categories in rows for category in categories}
    return named, dict(Category.objects.values_list("pk", "parent_id")) if named else {}


def home_of(item: Item) -> int | None:
    """The warehouse that names the item's category, else the nearest category above it; None when none does."""
    named, parents = config.cached("warehouse-categories", _load)
    return next((named[one] for one in trees.above(item.category_id, parents) if one in named), None)
