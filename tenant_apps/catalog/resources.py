"""How products and prices are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Resource, Section
from tenant_apps.catalog.models import Category, Item, Measure, PriceList, Tax


class ItemResource(Resource):
    model = Item
    icon = "appstore"
    menu = "catalog"
    place = 10
    columns = ("code", "name", "spec", "category", "measure", "supply", "list_price", "standard_cost", "serialised", "active")
    filters = ("category", "supply", "serialised", "active")
    groups = ("category", "supply")
    sort = "code"
    form = (
        Section(_("Item"), "code", "name", "spec", "category", "measure", "supply", "serialised", "active"),
        Section(_("Price and cost"), "list_price", "floor_percent", "standard_cost", "tax", "lead_days"),
    )
    lookup = ("code", "spec", "list_price", "measure", "tax")
    match = ("code",)


class CategoryResource(Resource):
    model = Category
    path = "categories"
    icon = "tags"
    configuration = ("name",)
    menu = "catalog"
    columns = ("name", "parent", "tax_code")
    sort = "name"
    form = (Section(_("Product category"), "name", "parent", "tax_code"),)
    match = ("name",)


class PriceListResource(Resource):
    model = PriceList
    path = "price-lists"
    icon = "tag"
    menu = "catalog"
    place = 20
    columns = ("name", "grade", "valid_from", "valid_to", "active")
    filters = ("grade", "active")
    form = (
        Section(_("Price list"), "name", "grade", "valid_from", "valid_to", "active"),
        Lines(_("Prices"), "lines", "item", "from_quantity", "price", "remark"),
    )
    match = ("name",)


class MeasureResource(Resource):
    model = Measure
    icon = "number"
    configuration = ("name",)
    menu = "catalog"
    columns = ("name", "decimals")
    sort = "id"
    form = (Section(_("Unit of measure"), "name", "decimals"),)
    match = ("name",)


class TaxResource(Resource):
    model = Tax
    path = "taxes"
    icon = "percentage"
    configuration = ("name",)
    menu = "catalog"
    columns = ("name", "rate", "valid_from", "default")
    sort = "id"
    form = (Section(_("Tax rate"), "name", "rate", "valid_from", "default"),)
    lookup = ("rate",)
    match = ("name",)
