"""News from the operators to the companies (W-2.1.5)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import RefsField, StateField
from shared_apps.console.models.material import Material


class Announcement(Document):
    """A notice, release note or maintenance window for all companies or for some."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        RELEASE = "release", _("Release note")
        MAINTENANCE = "maintenance", _("Maintenance window")
        TRAINING = "training", _("Training material")

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices, default=Kind.NOTICE)
    link = models.URLField(_("Link"), blank=True, default="", db_default="", help_text=_("A film, a page or a file to read on."))
    starts_at = models.DateTimeField(_("From"), null=True, blank=True)
    ends_at = models.DateTimeField(_("Until"), null=True, blank=True)
    clients = RefsField(to="console.Client", verbose_name=_("Only for"), help_text=_("Empty: all companies"))
    readers = models.PositiveIntegerField(_("Read by"), default=0, editable=False)
    published_at = models.DateTimeField(_("Published at"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "title"
    row_scoped = False
    search = ("title",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Announcement")


class Reading(models.Model):
    """Somebody in a company has read an announcement, or has ticked off training material."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, null=True, related_name="+")
    material = models.ForeignKey(Material, models.CASCADE, null=True, related_name="+")
    client = models.BigIntegerField()
    member = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "client", "member"], name="reading_once"),
            models.UniqueConstraint(fields=["material", "client", "member"], name="material_once"),
            models.CheckConstraint(condition=models.Q(announcement=None) ^ models.Q(material=None), name="reading_of_one"),
        ]
        indexes = [models.Index(fields=["client", "material"], condition=~models.Q(material=None), name="reading_material")]
