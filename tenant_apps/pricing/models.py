"""Price policies, who may decide which discount, and exchange rates (spec 2.3, W-4.2.3, W-11.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import formulas
from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import PercentField, PriceField, QuantityField, StateField
from kernel.money import HUNDRED
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.catalog.models import Item, Series
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.organization.models import Company, Region
from tenant_apps.partners.models import Partner
from tenant_apps.pricing import option_codes

FORMULA_NAMES = frozenset({"list", "cost", "quantity"})
"""What a cost-plus formula may read: list price incl. VAT, full cost without VAT, quantity."""


class PricePolicy(Document):
    """One rule by which prices are made, with its reach and its time."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("In force")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        FIXED = "fixed", _("Fixed price")
        PERCENT = "percent", _("Discount %")
        FACTOR = "factor", _("Factor")
        ADDER = "adder", _("Amount added")
        FORMULA = "formula", _("Formula from cost")
        FLOOR = "floor", _("Floor in % of the list price")

    class Level(models.TextChoices):
        OPTION = "option", _("Option")
        COMPANY = "company", _("Company")
        REGION = "region", _("Region")
        CHANNEL = "channel", _("Channel")
        SERIES = "series", _("Series")
        PRODUCT = "product", _("Product")
        GROUP = "group", _("Customer group")
        CUSTOMER = "customer", _("Customer")
        QUANTITY = "quantity", _("Quantity")
        PROMOTION = "promotion", _("Promotion")

    class Channel(models.TextChoices):
        CUSTOMER = "customer", _("Direct sale")
        DEALER = "dealer", _("Dealer")

    name = models.CharField(_("Name"), max_length=80)
    level = models.CharField(_("Level"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.PERCENT)
    value = models.DecimalField(
        pgettext_lazy("price policy", "Value"),
        max_digits=18,
        decimal_places=6,
        default=Decimal(0),
        help_text=_("A percentage, a factor, or an amount incl. VAT"),
    )
    formula = models.CharField(
        _("Formula"), max_length=200, blank=True, default="", help_text=_("From list, cost and quantity: cost * 1.35 * 1.13")
    )
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, verbose_name=_("Company"), related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("Region"), related_name="+", db_index=False)
    channel = models.CharField(_("Channel"), max_length=10, choices=Channel.choices, blank=True, default="")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Series"), related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, verbose_name=_("Item"), related_name="+")
    option_code = models.CharField(_("Option code"), max_length=60, blank=True, default="")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("Customer"), related_name="+")
    grade = CodeField(_("Customer grade"), max_length=10, table=GRADE, blank=True, default="")
    from_quantity = QuantityField(_("From quantity"), default=Decimal(0))
    exclusive = models.BooleanField(
        _("Stands alone"), default=True, help_text=_("Among policies of its step the foremost counts alone; otherwise they add up.")
    )
    priority = models.IntegerField(_("Priority"), default=0, help_text=_("The highest is foremost"))
    currency = models.CharField(_("Currency"), max_length=3, default="CNY")
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True, default="")
    state = StateField(State, verbose_name=_("State"))

    number_format = "PP{seq:05d}"
    label_field = "name"
    row_scoped = False
    search = ("number", "name", "option_code")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Price policy")
        indexes = [*Document.Meta.indexes, models.Index(fields=["state", "valid_to"], name="pricepolicy_valid")]

    NEEDS: ClassVar[dict[str, tuple[str, ...]]] = {
        Level.OPTION: ("option_code",), Level.REGION: ("region",), Level.CHANNEL: ("channel",), Level.SERIES: ("series",), Level.PRODUCT: ("item",),
        Level.GROUP: ("grade",), Level.CUSTOMER: ("partner",), Level.QUANTITY: ("from_quantity",),
    }  # fmt: skip
    """What a policy of a level must say."""

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.currency = self.currency.strip().upper()
        wrong = [
            FieldError(name, "required", _t("A policy of this level names it."))
            for name in self.NEEDS.get(self.level, ())
            if not getattr(self, f"{name}_id", None) and not getattr(self, name)
        ]
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            wrong.append(FieldError("valid_to", "before_start", _t("It ends before it begins.")))
        if self.from_quantity < 0:
            wrong.append(FieldError("from_quantity", "negative", _t("It cannot be negative.")))
        if told := option_codes.unclear(vars(self)):
            wrong.append(FieldError("option_code", "unclear", told))
        wrong += [*_wrong_currency(self.currency), *self._wrong_value()]
        if wrong:
            raise Invalid(wrong)

    def _wrong_value(self) -> list[FieldError]:
        kind, value = self.kind, self.value
        if self.level == self.Level.OPTION and kind in (self.Kind.FORMULA, self.Kind.FLOOR):
            return [FieldError("kind", "not_for_options", _t("Costs and floors are those of whole machines. Choose the level “Product”."))]
        if kind == self.Kind.FORMULA:
            try:
                formulas.parse(self.formula, FORMULA_NAMES)
            except Refused as refused:
                return [FieldError("formula", refused.code, str(refused.sentence))]
        if kind == self.Kind.PERCENT and not -HUNDRED <= value <= HUNDRED:
            return [FieldError("value", "range", _t("A discount is between -100 and 100 %."))]
        if kind == self.Kind.FLOOR and not 0 <= value <= HUNDRED:
            return [FieldError("value", "range", _t("A percentage is between 0 and 100."))]
        if kind == self.Kind.FACTOR and value <= 0:
            return [FieldError("value", "positive", _t("A factor is more than 0."))]
        if kind == self.Kind.FIXED and value < 0:
            return [FieldError("value", "negative", _t("It cannot be negative."))]
        return []


def _wrong_currency(code: str) -> list[FieldError]:
    if len(code) == 3 and code.isascii() and code.isalpha():
        return []
    return [FieldError("currency", "currency", _t("A currency has three letters, as USD."))]


class AuthorityBand(Document):
    """How far somebody of a level may go on their own: discount, margin, terms of payment, promised date. Of two of one level the newer counts."""

    level = models.PositiveIntegerField(_("Level"), help_text=_("1 is the salesperson; each higher one may more"))
    name = models.CharField(_("Name"), max_length=40)
    max_discount = PercentField(_("Discount up to %"))
    min_margin = PercentField(_("Margin at least %"), null=True, blank=True, help_text=_("Empty: it does not count"))
    max_terms = PercentField(
        _("Paid after shipment up to %"), null=True, blank=True, help_text=_("More of the price than usual; empty: it does not count")
    )
    max_early = models.PositiveIntegerField(
        _("Days earlier than possible"), null=True, blank=True, help_text=_("Than the lead time of the items; empty: it does not count")
    )

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Discount authority")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if not 1 <= self.level <= TOP:
            raise Invalid([FieldError("level", "range", _t("A level is between 1 and %(most)s.") % {"most": TOP})])
        wrong = [
            FieldError(name, "range", _t("A percentage is between 0 and 100."))
            for name in ("max_discount", "min_margin", "max_terms")
            if not 0 <= (getattr(self, name) or 0) <= HUNDRED
        ]
        if wrong:
            raise Invalid(wrong)


TOP = 4
"""The general manager's level; what is below the floor needs a countersignature besides."""


class ExchangeRate(Document):
    """What a unit of a foreign currency costs in the company's own, for a time."""

    currency = models.CharField(_("Currency"), max_length=3, help_text=_("Three letters: USD, EUR"))
    rate = PriceField(_("Rate"), help_text=_("Of the company's own currency for one unit"))
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"))
    remark = models.CharField(_("Remark"), max_length=120, blank=True, default="")

    label_field = "currency"
    row_scoped = False
    search = ("currency",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Exchange rate")
        indexes = [*Document.Meta.indexes, models.Index(fields=["currency", "-valid_from"], name="exchangerate_of")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.currency = self.currency.strip().upper()
        wrong = _wrong_currency(self.currency)
        if self.rate <= 0:
            wrong.append(FieldError("rate", "positive", _t("A rate is more than 0.")))
        if self.valid_to < self.valid_from:
            wrong.append(FieldError("valid_to", "before_start", _t("It ends before it begins.")))
        if wrong:
            raise Invalid(wrong)
