"""How products and prices are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.resources import Lines, Resource, Section
from kernel.rows import shown
from tenant_apps.catalog import units
from tenant_apps.catalog.models import Bom, Brand, Category, Item, Measure, PriceList, Series, Tax

ACCOUNTS = Section(_("Accounts"), "revenue_account", "cost_account", "stock_account")


class ItemResource(Resource):
    model = Item
    plural = pgettext_lazy("plural", "Items")
    icon = "appstore"
    menu = "catalog"
    place = 10
    columns = ("code", "name", "spec", "category", "measure", "supply", "list_price", "standard_cost", "serialised", "active")
    filters = ("category", "brand", "series", "supply", "serialised", "batches", "planner", "active", "successor")
    groups = ("category", "series", "supply", "planner")
    sort = "code"
    form = (
        Section(_("Item"), "code", "name", "name_en", "spec", "drawing_no", "category", "brand", "series", "supply", "active", "successor"),
        Section(_("Units and tracking"), "measure", "serialised", "batches", "units"),
        Section(_("Price and cost"), "list_price", "floor_percent", "standard_cost", "costing", "tax", "tax_code"),
        Section(_("Planning"), "lead_days", "planner"),
        Section(_("Weight"), "net_weight", "gross_weight"),
        ACCOUNTS,
    )
    overlay = {"units": shown(units.UNITS)}
    lookup = ("code", "spec", "list_price", "measure", "tax")
    match = ("code",)


class CategoryResource(Resource):
    model = Category
    plural = _("Product categories")
    path = "categories"
    icon = "tags"
    configuration = ("name",)
    menu = "catalog"
    columns = ("name", "parent", "tax_code", "costing", "planner", "serialised", "batches")
    sort = "name"
    form = (
        Section(_("Product category"), "name", "parent"),
        Section(_("New items take over"), "tax_code", "costing", "planner", "serialised", "batches"),
        ACCOUNTS,
    )
    match = ("name",)


class BrandResource(Resource):
    model = Brand
    plural = _("Brands")
    icon = "trademark"
    menu = "catalog"
    columns = ("name", "kind", "registration_no", "holder", "valid_to", "active")
    filters = ("kind", "active", "valid_to")
    sort = "name"
    form = (Section(_("Brand"), "name", "kind", "registration_no", "holder", "valid_from", "valid_to", "remark", "active"),)
    match = ("name",)


class SeriesResource(Resource):
    model = Series
    plural = _("Product series")
    path = "series"
    icon = "cluster"
    menu = "catalog"
    columns = ("name", "code", "category", "brand", "price_list", "warranty_months", "active")
    filters = ("category", "brand", "active")
    sort = "name"
    form = (
        Section(_("Product series"), "name", "code", "category", "brand", "price_list", "warranty_months", "documents", "active"),
        Section(
            _("On quotes and technical agreements"), "intro", "intro_en", "standard", "standard_en", "technical", "technical_en", "warranty_text",
            "warranty_text_en", "layouts",
        ),
    )  # fmt: skip
    match = ("name",)


class PriceListResource(Resource):
    model = PriceList
    plural = _("Price lists")
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
    plural = _("Units of measure")
    icon = "number"
    configuration = ("name",)
    menu = "catalog"
    columns = ("name", "decimals")
    sort = "id"
    form = (Section(_("Unit of measure"), "name", "decimals"),)
    match = ("name",)


class TaxResource(Resource):
    model = Tax
    plural = _("Tax rates")
    path = "taxes"
    icon = "percentage"
    configuration = ("name",)
    menu = "catalog"
    columns = ("name", "rate", "valid_from", "default")
    sort = "id"
    form = (Section(_("Tax rate"), "name", "rate", "valid_from", "default"),)
    lookup = ("rate",)
    match = ("name",)


class BomResource(Resource):
    model = Bom
    plural = _("Bills of materials")
    path = "boms"
    icon = "cluster"
    menu = "catalog"
    place = 30
    columns = ("number", "item", "revision", "valid_from", "valid_to", "active")
    filters = ("item", "active")
    search = ("item",)
    form = (
        Section(_("Bill of materials"), "item", "revision", "valid_from", "valid_to", "active", "remark"),
        Lines(_("Parts"), "lines", "item", "quantity", "scrap", "operation", "remark"),
        Section(_("Routing"), "operations"),
    )
    lookup = ("item", "revision")
