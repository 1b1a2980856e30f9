"""What we sell and what it costs: units, taxes, categories, items, price lists (W-1.6)."""

from tenant_apps.catalog.boms import Bom, BomLine
from tenant_apps.catalog.models.basics import Measure, Tax
from tenant_apps.catalog.models.category import Category
from tenant_apps.catalog.models.item import Item, brands_of
from tenant_apps.catalog.models.prices import PriceLine, PriceList, list_prices
from tenant_apps.catalog.models.series import Brand, Series

__all__ = ["Bom", "BomLine", "Brand", "Category", "Item", "Measure", "PriceLine", "PriceList", "Series", "Tax", "brands_of", "list_prices"]
