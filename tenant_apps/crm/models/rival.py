"""What competitors sell, beside what we do (W-5.1.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MoneyField
from kernel.refusals import FieldError, Invalid
from kernel.rows import Column, rows_of
from tenant_apps.catalog.models import Item, Series
from tenant_apps.partners.models import Partner

BETTER = (("ours", _("Ours")), ("theirs", _("Theirs")), ("same", _("Equal")))
SPECS = (
    Column("name", _("Feature"), "text", required=True),
    Column("theirs", _("Theirs"), "text"),
    Column("ours", _("Ours"), "text"),
    Column("better", _("Better"), "text", choices=BETTER),
)


class Rival(Document):
    """A competitor's product: its values beside ours, what it costs, and what to say about it."""

    maker = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Competitor"), related_name="+")
    name = models.CharField(_("Product"), max_length=120)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Our series"), related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, verbose_name=_("Our item"), related_name="+")
    price_from = MoneyField(_("Price from"))
    price_to = MoneyField(_("Price to"))
    seen_on = models.DateField(_("Prices of"), null=True, blank=True)
    specs = models.JSONField(_("Comparison"), default=list, blank=True)
    strengths = models.TextField(_("Where they are strong"), blank=True)
    weaknesses = models.TextField(_("Where they are weak"), blank=True)
    arguments = models.TextField(_("What to say"), blank=True)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Competitor's product")
        indexes = [*Document.Meta.indexes, models.Index(fields=["maker", "name"], name="rival_maker")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.price_to and self.price_to < self.price_from:
            raise Invalid([FieldError("price_to", "below", _t("The highest price is below the lowest."))])
        self.specs = rows_of("specs", self.specs, SPECS)
