"""What people learn the product from (P-M.4)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import StateField


class Material(Document):
    """A film, a text with files, or steps to follow, about one part of the menu; people of companies find it and tick it off."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        DOCUMENT = "document", _("Text")
        STEPS = "steps", _("Steps to follow")

    title = models.CharField(_("Title"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.DOCUMENT)
    module = models.CharField(_("About"), max_length=20, default="desk")
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    minutes = models.PositiveIntegerField(_("Minutes"), null=True, blank=True, help_text=_("How long it takes"))
    link = models.URLField(_("Link"), blank=True, default="", help_text=_("Where a video is seen, or a page to read on"))
    text = models.TextField(_("Text"), blank=True, default="", help_text=_("Of steps: one a line"))
    place = models.PositiveIntegerField(_("Position in the list"), default=0)
    readers = models.PositiveIntegerField(_("Ticked off by"), default=0, editable=False)
    published_at = models.DateTimeField(_("Published at"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "title"
    row_scoped = False
    search = ("title", "text")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Training material")

    @property
    def steps(self) -> list[str]:
        """What is to be done, one after the other."""
        return [line.strip() for line in self.text.splitlines() if line.strip()] if self.kind == self.Kind.STEPS else []
