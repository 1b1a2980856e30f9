"""How things are counted and taxed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import PercentField


class Measure(Document):
    """A unit of measure (台, 套, kg)."""

    name = models.CharField(_("Name"), max_length=20, unique=True)
    decimals = models.PositiveIntegerField(_("Decimals"), default=0)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Unit of measure")


class Tax(Document):
    """A VAT rate with the time from which it applies."""

    name = models.CharField(_("Name"), max_length=40, unique=True)
    rate = PercentField(_("Rate %"))
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    default = models.BooleanField(_("Default"), default=False)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Tax rate")
