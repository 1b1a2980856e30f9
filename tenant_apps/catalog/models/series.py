"""Brands and series (W-1.6.1, W-1.6.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import RefsField
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models.category import Category


class Brand(Document):
    """A trademark: one's own, or one that is sold as agent."""

    class Kind(models.TextChoices):
        OWN = "own", _("Own")
        AGENCY = "agency", _("Agency")

    name = models.CharField(_("Name"), max_length=60, unique=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.OWN)
    registration_no = models.CharField(_("Registration number"), max_length=40, blank=True)
    holder = models.CharField(_("Holder"), max_length=120, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("name", "registration_no", "holder")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Brand")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Invalid([FieldError("valid_to", "before_start", _t("It ends before it begins."))])


def long_text(label: Any) -> models.TextField[str, str]:
    """A text that papers of its goods carry."""
    return models.TextField(label, blank=True, default="", db_default="")


class Series(Document):
    """Products of one kind and brand (UTM-E) with what they have in common: warranty, prices, documents, texts of their papers."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    code = models.CharField(_("Series code"), max_length=20, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("Category"), related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, verbose_name=_("Brand"), related_name="+")
    price_list = models.ForeignKey("PriceList", models.PROTECT, null=True, blank=True, verbose_name=_("Price list"), related_name="+")
    warranty_months = models.PositiveIntegerField(_("Warranty (months)"), default=12)
    documents = models.TextField(
        _("Documents that go with it"), blank=True, default="", help_text=_("One a line: manual, certificate, drawings …")
    )
    active = models.BooleanField(_("Active"), default=True)
    intro = long_text(_("Introduction"))
    intro_en = long_text(_("Introduction in English"))
    standard = long_text(_("Standard configuration"))
    standard_en = long_text(_("Standard configuration in English"))
    technical = long_text(_("Technical terms"))
    technical_en = long_text(_("Technical terms in English"))
    warranty_text = long_text(_("Warranty text"))
    warranty_text_en = long_text(_("Warranty text in English"))
    layouts = RefsField(
        "kernel.PrintTemplate", verbose_name=_("Layouts of its papers"), db_default=models.Value([], RefsField("kernel.PrintTemplate")),
        help_text=_("Print templates that stand in the place of a ready form; chosen by the main goods of a quote or contract."),
    )  # fmt: skip

    label_field = "name"
    row_scoped = False
    search = ("name", "code")

    class Meta(Document.Meta):
        verbose_name = _("Product series")
        verbose_name_plural = _("Product series")
