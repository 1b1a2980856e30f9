"""Companies of the trade and their people (W-5.1.1, W-5.1.2): competitors, and who may become a customer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.refusals import FieldError, Invalid
from tenant_apps.partners.models import Contact, Partner

INDUSTRY_KINDS = (Partner.Kind.COMPETITOR, Partner.Kind.PROSPECT)


class IndustryCompany(Partner):
    """A company of the trade that is no customer: known for what it makes, or for what it may need."""

    number_format = "IC{seq:05d}"

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("Industry company")

    @property
    def chain(self) -> list[str]:
        """What is noted here stands in the history of the account, too."""
        return [f"partners.partner:{self.pk}"]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.pk is None and self.kind == Partner.Kind.CUSTOMER:
            self.kind = Partner.Kind.PROSPECT
        if self.kind not in INDUSTRY_KINDS:
            raise Invalid([FieldError("kind", "not_industry", _t("An industry company is a competitor or a possible customer."))])
        super().prepare(lines, by, on)


class IndustryPerson(Contact):
    """Somebody who counts in a company of the trade."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("Industry contact")

    @property
    def chain(self) -> list[str]:
        """What is noted here stands in the history of the contact, too."""
        return [f"partners.contact:{self.pk}"]
