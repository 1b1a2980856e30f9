"""Quotes kept as templates: an offer to nobody, from which quotes are made in one action (P-3.2)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import Manager, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.refusals import FieldError, Invalid
from tenant_apps.pricing import rates
from tenant_apps.quoting.models.quote import Quote
from tenants.guard import CompanyQuerySet


class Kept(Manager.from_queryset(CompanyQuerySet)):  # type: ignore[misc]
    """The quotes that are made out to nobody."""

    def get_queryset(self) -> QuerySet[QuoteTemplate]:
        found: QuerySet[QuoteTemplate] = super().get_queryset().filter(customer=None)
        return found


class QuoteTemplate(Quote):
    """Lines, options, terms and texts of a usual quote. It keeps no prices: they are made anew with every quote, by the day and the customer."""

    objects: ClassVar[Any] = Kept()

    number_format = "QT{seq:04d}"
    date_field = ""
    label_field = "title"
    river = ()  # type: ignore[assignment]
    uses: ClassVar[frozenset[str]] = frozenset({"offer"})
    rate_of = staticmethod(rates.last_known)
    """It offers nothing yet, and is priced anew when it does."""

    class Meta:
        proxy = True
        verbose_name = _("Quote template")
        verbose_name_plural = _("Quote templates")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if not self.title.strip():
            raise Invalid([FieldError("title", "required", _t("Give it a name by which it is found."))])
        for line in lines["lines"]:
            line.unit_price, line.waterfall = None, line.unpriced
        self.rate = self.rate_until = None
        super().prepare(lines, by, on)

    @classmethod
    def check_many(cls, documents: list[Any]) -> dict[int, FieldError]:
        """It is made out to nobody."""
        return {}
