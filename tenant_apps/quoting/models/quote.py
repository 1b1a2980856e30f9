"""Quotes (spec 2.3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Sourced
from kernel.fields import MoneyField, PercentField, PriceField, StateField
from kernel.money import ZERO
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.priced import Priced, PricedLine, copied
from tenant_apps.contracts.models import Scheme, usual_scheme
from tenant_apps.partners.models import Contact, Partner
from tenant_apps.pricing import rates
from tenant_apps.quoting import calculating, promising
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models.revised import Revised
from tenant_apps.quoting.parameters import VALID_DAYS
from tenant_apps.selection.models import Configuration
from tenants.guard import CompanyQuerySet

TERMS = ("title", "scheme_id", "warranty_months", "remark", "currency")


class Offers(models.Manager.from_queryset(CompanyQuerySet)):  # type: ignore[misc]
    """The quotes to customers; those to nobody are templates (`template.py`)."""

    def get_queryset(self) -> models.QuerySet[Quote]:
        found: models.QuerySet[Quote] = super().get_queryset().filter(customer__isnull=False)
        return found


class Quote(Revised, Sourced, Priced):
    """An offer to a customer. Sending fixes it; a new revision replaces it; accepting makes the contract."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        CONVERTED = "converted", _("Won")
        LOST = "lost", _("Lost")
        EXPIRED = "expired", _("Expired")
        SUPERSEDED = "superseded", _("Superseded")

    customer = models.ForeignKey(Partner, models.PROTECT, null=True, verbose_name=_("Customer"), related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, verbose_name=_("Contact"), related_name="+")
    title = models.CharField(_("Subject"), max_length=120, blank=True)
    quote_date = models.DateField(_("Quote date"), null=True, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    delivery_days = models.PositiveIntegerField(
        _("Delivery (days)"), null=True, blank=True, help_text=_("Empty: the longest lead time of the lines")
    )
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, blank=True, verbose_name=_("Payment scheme"), related_name="+")
    warranty_months = models.PositiveIntegerField(_("Warranty (months)"), default=12)
    revision = models.PositiveIntegerField(_("Revision"), default=1, editable=False)
    discount_rate = PercentField(_("Discount %"), editable=False)
    currency = models.CharField(_("Currency"), max_length=3, default="CNY", blank=True)
    rate = PriceField(_("Exchange rate"), null=True, editable=False)
    rate_until = models.DateField(_("Rate valid until"), null=True, editable=False)
    level = models.PositiveIntegerField(_("Authority needed"), default=1, db_default=1, editable=False)
    cost_total = MoneyField(_("Cost"), editable=False, db_default=ZERO)
    margin_rate = PercentField(_("Margin %"), null=True, editable=False)
    estimate_cost = MoneyField(_("Full cost by estimate"), null=True, editable=False)
    facts = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    """`findings`: why it needs its level; `lead`: the line that takes longest, and its days; `followed`: the days promised by it; `agreed`: who decided about it; `signature`: how the customer accepted it; `estimated`: the lines that its estimate was adopted for."""
    remark = models.TextField(_("Remark"), blank=True)
    lost_reason = CodeField(_("Reason lost"), max_length=200, table=LOST, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    objects: ClassVar[Any] = Offers()

    number_format = "Q{date:%Y}-{seq:05d}"
    uses: ClassVar[frozenset[str]] = frozenset({"copy", "keep"})
    date_field = "quote_date"
    line_kinds = ("lines",)
    river = ("customer",)
    search = ("number", "title")
    rate_of = staticmethod(rates.rate_on)
    """How its exchange rate is found when it has none yet."""

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Quote")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-quote_date", "-id"], name="quote_date"),
            models.Index(fields=["customer", "-id"], name="quote_customer"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.quote_date and self.quote_date > on:
            told = _t("A quote is not dated ahead: it is priced by the rules of its day. Choose %(day)s or an earlier day.") % {"day": on}
            raise Invalid([FieldError("quote_date", "future", told)])
        self.valid_until = self.valid_until or (self.quote_date or on) + timedelta(days=VALID_DAYS.value(by))
        if self.scheme_id is None:
            self.scheme_id = usual_scheme()
        calculating.calculate(self, lines["lines"], on)

    def terms(self) -> dict[str, Any]:
        """What a quote made of it takes over, whoever that one is for; a delivery time that nobody typed goes on following its lines."""
        return {name: getattr(self, name) for name in TERMS} | {"delivery_days": promising.typed(self)}

    @classmethod
    def check_many(cls, documents: list[Any]) -> dict[int, FieldError]:
        """Without a customer there is nobody to offer to; while somebody types there may be none yet."""
        missing = FieldError("customer", "required", _t("Choose the customer."))
        return {at: missing for at, quote in enumerate(documents) if quote.customer_id is None}


class QuoteLine(PricedLine):
    """A line of a quote: part of the price, or an option or alternative that is offered beside it and not summed up."""

    class Kind(models.TextChoices):
        NORMAL = "normal", _("Included")
        OPTIONAL = "optional", _("Optional")
        ALTERNATIVE = "alternative", _("Alternative")

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="lines")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices, default=Kind.NORMAL, db_default=Kind.NORMAL.value)
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, null=True, blank=True, verbose_name=_("Configuration"), related_name="+"
    )
    waterfall = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    """How the price of a unit came about (`pricing.waterfall`), for which circumstances, and the model code (`code`) then."""
    floor = MoneyField(_("Floor"), editable=False, db_default=ZERO)
    cost = MoneyField(_("Cost"), editable=False, db_default=ZERO)
    margin_rate = PercentField(_("Margin %"), null=True, editable=False)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    parent = "quote"

    @property
    def counted(self) -> bool:
        return self.kind == self.Kind.NORMAL

    def again(self) -> QuoteLine:
        """The same line on another quote of the same customer."""
        told = {"kind": self.kind, "remark": self.remark, "configuration_id": self.configuration_id, "waterfall": self.unpriced}
        return QuoteLine(**told, **copied(self))

    def afresh(self) -> QuoteLine:
        """The same goods for somebody else: priced by the company's rules."""
        line = self.again()
        line.unit_price, line.discount = None, ZERO
        return line

    @property
    def unpriced(self) -> dict[str, Any]:
        """What stays of how its price came about when it is priced anew, whatever that was."""
        return {name: told for name, told in self.waterfall.items() if name == "code"}

    def agreed(self) -> dict[str, Any]:
        """What a contract takes over; a price that the company's rule has rounded, as it is."""
        net = self.waterfall.get("rounded")
        return copied(self) | {"configuration_id": self.configuration_id} | ({"unit_price": Decimal(net), "discount": ZERO} if net else {})

    @property
    def exact_amount(self) -> Decimal:
        """By the net price of a unit where the company rounds it."""
        net = self.waterfall.get("rounded")
        return self.quantity * Decimal(net) if net else super().exact_amount
