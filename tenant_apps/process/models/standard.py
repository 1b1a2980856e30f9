"""A work standard (操作规范): what is filled in and checked before something is done with a document (P-3.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import RefKeyField


class Standard(Document):
    """Which fields must be filled in, and which items somebody checks, before an action of a document type."""

    name = models.CharField(_("Name"), max_length=80)
    resource = RefKeyField(_("Document type"))
    verb = models.CharField(_("Before the action"), max_length=60)
    condition = models.TextField(_("Condition"), blank=True, help_text=_("For example total > 100000. Empty: for all."))
    required = models.JSONField(_("Fields to be filled in"), default=list, blank=True)
    checklist = models.TextField(
        _("Checklist"), blank=True, help_text=_("One item a line; whoever does it ticks each, and the history keeps that.")
    )
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("name", "resource")

    class Meta(Document.Meta):
        verbose_name = _("Work standard")
        verbose_name_plural = _("Work standards")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.process import gates

        self.checklist = "\n".join(dict.fromkeys(line.strip()[:200] for line in self.checklist.splitlines() if line.strip()))
        gates.check(self)
