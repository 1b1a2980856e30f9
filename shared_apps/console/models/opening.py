"""A company that operators open for a customer (W-2.1.1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import StateField
from shared_apps.console.models.client import Client
from tenants import slugs


class Opening(Document):
    """What a customer ordered: the company, its address, and the person who will administer it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REQUESTED = "requested", _("Being set up")
        COMPLETED = "completed", _("Opened")

    class Trade(models.TextChoices):
        TESTING_INSTRUMENTS = "testing_instruments", _("Testing instruments")
        MACHINE_TOOLS = "machine_tools", _("Machine tools")
        BLANK = "blank", _("Something else")

    name = models.CharField(_("Company"), max_length=120)
    slug = models.CharField(
        _("Address"), max_length=slugs.LONGEST, help_text=_("Small letters, digits and hyphens: what stands before the domain")
    )
    owner_name = models.CharField(_("Administrator"), max_length=80)
    owner_email = models.EmailField(_("E-mail"))
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    template = models.CharField(_("Trade"), max_length=40, choices=Trade.choices, default=Trade.BLANK)
    remark = models.TextField(_("Remark"), blank=True, default="")
    client = models.ForeignKey(Client, models.PROTECT, null=True, editable=False, verbose_name=_("Opened as"), related_name="+")
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    search = ("name", "slug", "owner_email")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Company opening")
