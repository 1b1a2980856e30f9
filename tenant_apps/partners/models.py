"""Companies we deal with and the people in them (W-4.1.1, W-4.1.2). One table: a customer may be a supplier as well."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import DivisionField
from kernel.locks import take_turns
from kernel.refusals import FieldError
from kernel.words import fold
from tenant_apps.organization import territories
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.partners.code_tables import INDUSTRY, SOURCE

FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团公司|公司|集团|股份|有限|\(.*?\)|[\s·,.，。、-])")


def plain_name(name: str) -> str:
    """The name without legal form, brackets and spaces, as duplicates are told by (spec 2.1)."""
    return FORMS.sub("", fold(name)) or fold(name)


class Partner(Document):
    """A company we sell to or buy from, with what an invoice to it needs."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        DEALER = "dealer", _("Dealer")
        SUPPLIER = "supplier", _("Supplier")
        CARRIER = "carrier", _("Carrier")

    name = models.CharField(_("Name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.CUSTOMER)
    grade = CodeField(_("Grade"), max_length=10, table=GRADE, blank=True)
    industry = CodeField(_("Industry"), table=INDUSTRY, blank=True)
    source = CodeField(_("Customer source"), table=SOURCE, blank=True, default="", db_default="")
    division = DivisionField(
        _("Administrative division"), blank=True, default="", db_default="", help_text=_("Province, city or county of the address")
    )
    region = models.CharField(_("Region"), max_length=40, blank=True, help_text=_("Empty: the sales region to which the division belongs"))
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True, help_text=_("Where goods are delivered"))
    invoice_title = models.CharField(_("Invoice title"), max_length=120, blank=True, help_text=_("Empty: the name"))
    tax_no = models.CharField(_("Tax number"), max_length=20, blank=True)
    invoice_address = models.CharField(_("Registered address and phone"), max_length=240, blank=True)
    bank_name = models.CharField(_("Bank"), max_length=120, blank=True)
    bank_account = models.CharField(_("Bank account"), max_length=40, blank=True)
    active = models.BooleanField(_("Active"), default=True)
    plain_name = models.CharField(max_length=120, editable=False, default="")

    number_format = "C{seq:05d}"
    label_field = "name"
    line_kinds = ("contacts",)
    region_field = "region"
    search = ("number", "name", "short_name", "tax_no")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Customer")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["name", "id"], name="partner_name"),
            models.Index(fields=["plain_name"], name="partner_plain"),
            models.Index(fields=["tax_no"], name="partner_tax", condition=~models.Q(tax_no="")),
        ]

    @property
    def title(self) -> str:
        """The name on an invoice."""
        return self.invoice_title or self.name

    @property
    def renamed(self) -> bool:
        """Whether it is new, or has another name or tax number than the one stored."""
        stored = self.__dict__.get("_stored", {})
        return self.pk is None or (stored.get("plain_name"), stored.get("tax_no")) != (self.plain_name, self.tax_no)

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.tax_no = fold(self.tax_no).upper().replace(" ", "")
        self.plain_name = plain_name(self.name)
        self.region = self.region or territories.region_of(self.division)
        mains = [contact for contact in lines.get("contacts", []) if contact.main]
        for contact in mains[1:]:
            contact.main = False
        if not mains and lines.get("contacts"):
            lines["contacts"][0].main = True

    @classmethod
    def check_many(cls, documents: list[Partner]) -> dict[int, FieldError]:
        """Tell duplicates, among themselves and with what is there: an equal tax number or plain name is the same company."""
        if any(row.renamed for row in documents):
            take_turns("partners.partner")
        taxes = [row.tax_no for row in documents if row.tax_no]
        rows = cls.objects.filter(models.Q(plain_name__in={row.plain_name for row in documents}) | models.Q(tax_no__in=taxes))
        there = list(rows.values_list("pk", "name", "plain_name", "tax_no"))
        by_name: dict[str, tuple[int | None, str]] = {plain: (pk, name) for pk, name, plain, _tax in there}
        by_tax: dict[str, tuple[int | None, str]] = {tax: (pk, name) for pk, name, _plain, tax in there if tax}
        found: dict[int, FieldError] = {}
        for index, row in enumerate(documents):
            twins = [(by_tax.get(row.tax_no), "tax_no"), (by_name.get(row.plain_name), "name")]
            twin, where = next(((one, at) for one, at in twins if one is not None and (row.pk is None or one[0] != row.pk)), (None, ""))
            if twin is not None:
                found[index] = FieldError(where, "duplicate", _t("“%(name)s” is there already.") % {"name": twin[1]})
            by_name.setdefault(row.plain_name, (row.pk, row.name))
            if row.tax_no:
                by_tax.setdefault(row.tax_no, (row.pk, row.name))
        return found


class Contact(Document):
    """A person at a partner and their part in buying."""

    class Part(models.TextChoices):
        DECIDER = "decider", _("Decision maker")
        USER = "user", _("User")
        BUYER = "buyer", _("Buyer")
        FINANCE = "finance", _("Pays the bills")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts", verbose_name=_("Customer"))
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=60)
    part = models.CharField(_("Part in buying"), max_length=10, choices=Part.choices, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    job = models.CharField(_("Job title"), max_length=60, blank=True)
    main = models.BooleanField(_("Main contact"), default=False)

    seq = models.PositiveIntegerField(default=0, editable=False)

    parent = "partner"
    label_field = "name"
    river = ("partner",)
    search = ("name", "phone", "email")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Contact")
