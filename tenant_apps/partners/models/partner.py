"""Companies we deal with (W-4.1.1, W-9.1.1). One table: a customer may be a supplier as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import trees, words
from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import DivisionField, MoneyField, PercentField, StateField
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid
from kernel.words import fold
from tenant_apps.organization import territories
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.partners import masking, titles
from tenant_apps.partners.alike import head_of, plain_name
from tenant_apps.partners.code_tables import INDUSTRY, SOURCE
from tenant_apps.partners.models.pool import Pool

NOTHING = models.Value([], models.JSONField())
NO_TEXTS = models.Value([], ArrayField(models.CharField(max_length=160)))
SHORTEST = 8
"""Digits below which a telephone number is somebody's extension."""
SHARED_MAIL = frozenset({
    "qq.com", "163.com", "126.com", "139.com", "189.cn", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "foxmail.com",
    "yeah.net", "outlook.com", "hotmail.com", "gmail.com", "icloud.com", "yahoo.com", "live.com", "example.com", "example.org", "example.net",
})  # fmt: skip
EXTENSION = re.compile(r"#|转|分机|\bext|(?<=\d)\s*x\s*\d")
IDENTITY = ("plain_name", "tax_no", "phone_key", "domain")


class Partner(Document):
    """A company we sell to or buy from, with what an invoice to it needs."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        DEALER = "dealer", _("Dealer")
        SUPPLIER = "supplier", _("Supplier")
        CARRIER = "carrier", _("Carrier")
        COMPETITOR = "competitor", _("Competitor")
        PROSPECT = "prospect", _("Possible customer")

    class State(models.TextChoices):
        PROTECTED = "protected", _("Followed up")
        POOL = "pool", pgettext_lazy("account", "In the pool")
        CUSTOMER = "customer", _("Has bought")
        DORMANT = "dormant", _("Dormant")
        BLACKLISTED = "blacklisted", _("Blacklisted")

    name = models.CharField(_("Name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    state = StateField(State, verbose_name=_("State"), db_default=State.PROTECTED.value)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.CUSTOMER)
    supplies = models.BooleanField(_("Also a supplier"), default=False, db_default=False, help_text=_("We buy from this customer as well"))
    parent_group = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, verbose_name=_("Parent group"), related_name="+")
    grade = CodeField(_("Grade"), max_length=10, table=GRADE, blank=True)
    industry = CodeField(_("Industry"), table=INDUSTRY, blank=True)
    source = CodeField(_("Customer source"), table=SOURCE, blank=True, default="", db_default="")
    division = DivisionField(
        _("Administrative division"), blank=True, default="", db_default="", help_text=_("Province, city or county of the address")
    )
    region = models.CharField(_("Region"), max_length=40, blank=True, help_text=_("Empty: the sales region to which the division belongs"))
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    website = models.CharField(_("Website"), max_length=120, blank=True, default="", db_default="")
    address = models.CharField(_("Address"), max_length=200, blank=True, help_text=_("Where goods are delivered"))
    addresses = models.JSONField(_("Further addresses"), default=list, blank=True, db_default=NOTHING)
    invoice_title = models.CharField(_("Invoice title"), max_length=120, blank=True, help_text=_("Empty: the name"))
    tax_no = models.CharField(_("Tax number"), max_length=20, blank=True)
    invoice_address = models.CharField(_("Registered address and phone"), max_length=240, blank=True)
    bank_name = models.CharField(_("Bank"), max_length=120, blank=True)
    bank_account = models.CharField(_("Bank account"), max_length=40, blank=True)
    credit_limit = MoneyField(
        _("Credit limit"), null=True, blank=True, help_text=_("Owed and ordered at most, including VAT; empty: none was set")
    )
    titles = models.JSONField(_("Further invoice titles"), default=list, blank=True, db_default=NOTHING)
    active = models.BooleanField(_("Active"), default=True)
    different_from = models.CharField(
        _("Another company than"), max_length=300, blank=True, default="", db_default="",
        help_text=_("Numbers of accounts that look like this one and are not; * for all that do"),
    )  # fmt: skip

    pool = models.ForeignKey(Pool, models.SET_NULL, null=True, editable=False, verbose_name=_("Account pool"), related_name="+")
    claimed_on = models.DateField(_("In these hands since"), null=True, editable=False)
    protect_until = models.DateField(_("Protected until"), null=True, editable=False)
    active_on = models.DateField(_("Last activity"), null=True, editable=False)
    dealt_on = models.DateField(_("Last deal"), null=True, editable=False)
    let_go = models.JSONField(default=dict, editable=False, db_default=models.Value({}, models.JSONField()))
    """Who had it last and since when they have not: {member: day}."""
    aside = models.JSONField(default=dict, editable=False, db_default=models.Value({}, models.JSONField()))
    """While it is in the pool: its telephone numbers and those of its people, which nobody sees until it is claimed."""

    approved = models.BooleanField(_("Approved to trade"), default=False, db_default=False, editable=False)
    quality = PercentField(_("Quality score"), null=True, blank=True)
    punctuality = PercentField(_("On-time score"), null=True, blank=True)
    price_score = PercentField(_("Price score"), null=True, blank=True)
    service_score = PercentField(_("Service score"), null=True, blank=True)
    score = PercentField(_("Supplier score"), null=True, editable=False)
    value = models.JSONField(default=dict, editable=False, db_default=models.Value({}, models.JSONField()))
    """Its value by period, as last reckoned (`analytics/customer_value.py`)."""
    proposed_grade = CodeField(_("Proposed grade"), max_length=10, table=GRADE, blank=True, default="", db_default="", editable=False)
    value_score = PercentField(_("Value score"), null=True, editable=False)

    plain_name = models.CharField(max_length=120, editable=False, default="")
    head = models.CharField(max_length=360, editable=False, default="", db_default="")
    phone_key = models.CharField(max_length=20, editable=False, default="", db_default="")
    domain = models.CharField(max_length=100, editable=False, default="", db_default="")
    aliases = ArrayField(models.CharField(max_length=160), default=list, editable=False, db_default=NO_TEXTS)
    """Numbers, names and tax numbers of accounts that were merged into it: they still find it."""

    number_format = "C{seq:05d}"
    label_field = "name"
    line_kinds = ("contacts", "papers")
    region_field = "region"
    search = ("number", "name", "short_name", "tax_no")
    alias_field = "aliases"

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Customer")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["name", "id"], name="partner_name"),
            models.Index(fields=["plain_name"], name="partner_plain"),
            models.Index(fields=["tax_no"], name="partner_tax", condition=~models.Q(tax_no="")),
            models.Index(fields=["phone_key"], name="partner_phone", condition=~models.Q(phone_key="")),
            models.Index(fields=["domain"], name="partner_domain", condition=~models.Q(domain="")),
            models.Index(fields=["protect_until"], name="partner_protect", condition=models.Q(protect_until__isnull=False)),
            models.Index(fields=["state", "pool"], name="partner_state"),
            GinIndex(fields=["head"], opclasses=["gin_trgm_ops"], name="partner_head"),
            GinIndex(fields=["aliases"], name="partner_aliases"),
            GinIndex(fields=["custom"], opclasses=["jsonb_path_ops"], name="partner_custom"),
        ]

    @property
    def title(self) -> str:
        """The name on an invoice."""
        return self.invoice_title or self.name

    @property
    def identity(self) -> set[str]:
        """What of that by which duplicates are told is new."""
        stored = self.__dict__.get("_stored", {}) if self.pk is not None else {}
        return {name for name in IDENTITY if stored.get(name) != getattr(self, name)}

    @property
    def sold_to(self) -> bool:
        """Whether it is somebody whom pools and protection concern."""
        return self.kind in (self.Kind.CUSTOMER, self.Kind.DEALER)

    @property
    def chain(self) -> list[str]:
        """A supplier has one history, whether seen among the suppliers or among all accounts."""
        return (
            [f"partners.{name}:{self.pk}" for name in ("partner", "supplier")]
            if self.supplies or self.kind in (self.Kind.SUPPLIER, self.Kind.CARRIER)
            else []
        )

    def untold(self, changes: Mapping[str, tuple[Any, Any]]) -> Collection[str]:
        return ("phone",) if any(changes.get("aside", ())) else ()

    def index_text(self) -> str:
        """Its own words, and those of the accounts that were merged into it."""
        return words.index([*(str(getattr(self, name) or "") for name in self.search), *self.aliases])

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.partners import bounces, pools, relations, suppliers

        self.__dict__["_by"] = by
        self._check_owner(by)
        self.tax_no = fold(self.tax_no).upper().replace(" ", "")
        self.plain_name, self.head = plain_name(self.name), head_of(self.name)
        if not self.aside or self.phone != masking.veiled(self.aside.get("phone", "")):
            self.phone_key = phone_key(self.phone)
        self.region = self.region or territories.region_of(self.division)
        self.addresses, self.titles = titles.addresses(self.addresses), titles.titles(self.titles)
        contacts = lines.get("contacts", [])
        self.domain = domain_of(self.website) or next((found for one in contacts if (found := domain_of(one.email))), "")
        _choose_main(contacts)
        relations.refuse_strangers(contacts)
        bounces.forget_changed(contacts)
        if self.parent_group_id is not None:
            trees.refuse_loop(self, _t("A company cannot belong to itself: %(path)s."), "parent_group")
        for paper in lines.get("papers", ()):
            paper.prepare({}, by, on)
        suppliers.rate(self)
        pools.begin(self, on)

    def _check_owner(self, by: Actor) -> None:
        """What the pools protect goes from hand to hand by its verbs only, so that no quota and no day of protection is gone around."""
        stored = self.__dict__.get("_stored")
        moved = stored is not None and stored["owner"] != self.owner and (self.claimed_on or self.state == self.State.POOL)
        if moved and by.id is not None and not by.may("partners.partner", "assign"):
            told = _t("%(name)s is under the rules of a pool: claim it there, or have somebody assign it who may.") % {"name": self.name}
            raise Invalid([FieldError("owner", "assign", told)])

    @classmethod
    def check_many(cls, documents: list[Partner]) -> dict[int, FieldError]:
        """Tell duplicates, among themselves and with what is there (`duplicates.py`)."""
        from tenant_apps.partners import duplicates

        if any(row.identity & {"plain_name", "tax_no"} for row in documents):
            take_turns("partners.partner")
        return duplicates.refuse(documents)


class Supplier(Partner):
    """A partner we buy from, as buyers see it."""

    number_format = "S{seq:05d}"

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("Supplier")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.pk is None and self.kind == self.Kind.CUSTOMER:
            self.kind = self.Kind.SUPPLIER
        self.supplies = self.supplies or self.sold_to
        super().prepare(lines, by, on)


def _choose_main(contacts: list[Any]) -> None:
    mains = [contact for contact in contacts if contact.main]
    for contact in mains[1:]:
        contact.main = False
    if not mains and contacts:
        contacts[0].main = True


def phone_key(phone: str) -> str:
    """The digits of a telephone number without the country; empty when there are too few to tell anybody."""
    digits = re.sub(r"\D", "", EXTENSION.split(fold(phone))[0])
    digits = re.sub(r"^(00)?86(?=\d{10,})", "", digits)[:20]
    return digits if len(digits) >= SHORTEST else ""


def domain_of(text: str) -> str:
    """The domain of a website or a mail address that belongs to one company; empty for a mail service everybody uses."""
    host = re.sub(r"^[a-z]+://", "", fold(text)).rpartition("@")[2].partition("/")[0].partition(":")[0].removeprefix("www.")
    return "" if host in SHARED_MAIL or "." not in host or host.endswith((".example", ".test", ".invalid")) else host[:100]
