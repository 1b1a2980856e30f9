"""What gives a partner, or us, the right to do something: licences and certificates, and the right to sell a brand (W-9.1.1, W-1.6.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import MoneyField, PercentField, RefsField
from kernel.refusals import FieldError, Invalid
from tenant_apps.partners.code_tables import LICENCE
from tenant_apps.partners.models.partner import Partner


class Paper(Document):
    """A licence or certificate of a partner, or an agency: a brand, a territory, a term."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("Licence or certificate")
        OURS = "ours", _("We sell their brand")
        THEIRS = "theirs", _("They sell our brand")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="papers", verbose_name=_("Customer or supplier"))
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.LICENCE)
    licence = CodeField(_("Licence"), table=LICENCE, blank=True, default="")
    brand = models.CharField(_("Brand"), max_length=60, blank=True, default="")
    paper_no = models.CharField(_("Certificate number"), max_length=60, blank=True, default="")
    issuer = models.CharField(_("Issued by"), max_length=120, blank=True, default="")
    begins_on = models.DateField(_("Valid from"), null=True, blank=True)
    ends_on = models.DateField(_("Valid until"), null=True, blank=True, help_text=_("The last day; empty: until further notice"))
    needed = models.BooleanField(
        _("Trade needs it"), default=False, help_text=_("Nothing is bought from a supplier whose licence has run out.")
    )
    regions = RefsField("organization.Region", verbose_name=_("Territory"), help_text=_("Empty: everywhere"))
    exclusive = models.BooleanField(_("Exclusive"), default=False)
    target = MoneyField(_("Target a year"), null=True, blank=True)
    rebate = PercentField(_("Rebate %"), null=True, blank=True)
    actual = MoneyField(_("Actual this year"), null=True, editable=False, help_text=_("Of its brand by signed contracts, CNY incl. VAT"))
    reached = PercentField(_("Reached %"), null=True, editable=False)
    rebate_due = MoneyField(_("Rebate expected"), null=True, editable=False)
    behind = models.BooleanField(_("Behind its target"), default=False, db_default=False, editable=False)
    name = models.CharField(_("Name"), max_length=160, editable=False, default="")

    seq = models.PositiveIntegerField(default=0, editable=False)

    parent = "partner"
    label_field = "name"
    river = ("partner",)
    search = ("name", "paper_no", "issuer")

    class Meta(Document.Meta):
        verbose_name = _("Licence")
        verbose_name_plural = _("Licences")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            raise Invalid([FieldError("ends_on", "before_start", _t("It ends before it begins."))])
        if self.kind != self.Kind.LICENCE and not self.brand:
            raise Invalid([FieldError("brand", "required", _t("Say which brand may be sold."))])
        self.name = self.called

    @property
    def called(self) -> str:
        """What a person calls it."""
        known = dict(LICENCE)
        return self.brand or str(known.get(self.licence, self.licence)) or self.paper_no or str(self.Kind(self.kind).label)

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return (self.begins_on is None or self.begins_on <= on) and (self.ends_on is None or on <= self.ends_on)


class Agency(Paper):
    """The right to sell a brand in a territory: ours of theirs, or theirs of ours."""

    class Meta:
        proxy = True
        verbose_name = pgettext_lazy("right to sell", "Brand agency")
        verbose_name_plural = pgettext_lazy("right to sell", "Brand agencies")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.kind == self.Kind.LICENCE:
            self.kind = self.Kind.OURS
        super().prepare(lines, by, on)
