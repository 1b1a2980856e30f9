"""The people at a partner (W-4.1.2, W-9.1.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.documents import Document
from kernel.refusals import Invalid
from tenant_apps.partners.models.partner import Partner


class Contact(Document):
    """A person at a partner, their part in buying, whom they report to and whose word they are."""

    class Part(models.TextChoices):
        DECIDER = "decider", _("Decision maker")
        USER = "user", _("User")
        BUYER = "buyer", _("Buyer")
        FINANCE = "finance", _("Pays the bills")

    class Stand(models.TextChoices):
        FOR = "for", _("For us")
        NEUTRAL = "neutral", _("Neutral")
        AGAINST = "against", _("Against us")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts", verbose_name=_("Customer"))
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=60)
    part = models.CharField(_("Part in buying"), max_length=10, choices=Part.choices, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    job = models.CharField(_("Job title"), max_length=60, blank=True)
    main = models.BooleanField(_("Main contact"), default=False)
    stand = models.CharField(_("Attitude"), max_length=10, choices=Stand.choices, blank=True, default="", db_default="")
    reports_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, verbose_name=_("Reports to"), related_name="+")
    influences = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, verbose_name=_("Has the ear of"), related_name="+")
    birthday = models.DateField(_("Birthday"), null=True, blank=True)
    left_on = models.DateField(_("Left the company on"), null=True, blank=True)
    bounced_on = models.DateField(
        _("Mail came back on"), null=True, editable=False, help_text=_("Goes when the address changes, or a later letter is opened.")
    )
    history = models.JSONField(_("Companies before"), default=list, db_default=models.Value([], models.JSONField()), editable=False)

    seq = models.PositiveIntegerField(default=0, editable=False)

    parent = "partner"
    label_field = "name"
    river = ("partner",)
    search = ("name", "phone", "email")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Contact")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["birthday"], name="contact_birthday", condition=models.Q(birthday__isnull=False)),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.partners import bounces, relations

        bounces.forget_changed([self])
        named = [one for one in (self.reports_to, self.influences) if one is not None]
        wrong = relations.strangers(self, {one.pk for one in named if one.partner_id == self.partner_id} - {self.pk})
        if wrong:
            raise Invalid(wrong)
