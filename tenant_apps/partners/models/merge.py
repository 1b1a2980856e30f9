"""Two accounts that turned out to be one company (W-4.1.1, spec 2.1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import StateField
from tenant_apps.partners.models.partner import Partner

UNDONE_WITHIN = 30
"""Days."""


class Merge(Document):
    """What was put together, and all that it takes to part it again."""

    class State(models.TextChoices):
        DONE = "done", _("Merged")
        UNDONE = "undone", _("Undone")

    state = StateField(State, verbose_name=_("State"))
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Account kept"), related_name="+", editable=False)
    names = models.CharField(_("Merged into it"), max_length=500, editable=False)
    merged_on = models.DateField(_("Merged on"), null=True, editable=False)
    moved = models.JSONField(_("Moved"), default=list, editable=False)
    kept = models.JSONField(default=dict, editable=False)

    label_field = "names"
    river = ("partner",)
    search = ("names",)

    class Meta(Document.Meta):
        verbose_name = _("Merger of accounts")
        verbose_name_plural = _("Merged accounts")
