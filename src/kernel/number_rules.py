"""A company's own way of numbering a kind of document (W-1.5.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.documents import Document
from kernel.fields import RefKeyField
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from kernel.access import Actor


class NumberRule(Document):
    """How a company numbers one kind of document, when the product's own way does not suit it."""

    resource = RefKeyField(_("Document type"))
    pattern = models.CharField(
        _("Pattern"), max_length=120, help_text=_("For example Q{date:%Y%m}-{seq:04d}. A new date part starts again at 1.")
    )
    gap_free_numbers = models.BooleanField(
        _("Without gaps"), default=False, help_text=_("Drafts get their number when they are sent or posted.")
    )

    reuse_last = models.BooleanField(
        _("Give the last number again"),
        default=False,
        db_default=False,
        help_text=_("When the document with the highest number is deleted, the next one gets its number."),
    )
    by_hand = models.BooleanField(
        _("May be typed by hand"),
        default=False,
        db_default=False,
        help_text=_("Whoever has the permission “Type the number” may give a new document its number."),
    )
    by_hand_fits = models.BooleanField(
        _("What is typed must fit the pattern"),
        default=False,
        db_default=False,
        help_text=_("Otherwise any text that no other document of the kind has."),
    )

    label_field = "pattern"
    row_scoped = False
    search = ("resource", "pattern")

    class Meta(Document.Meta):
        verbose_name = _("Numbering rule")
        verbose_name_plural = _("Numbering rules")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["resource"], name="one_number_rule")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from kernel import numbering, patterns, registry
        from kernel.models import known_resource

        known_resource(self.resource)
        numbering.check_fields(registry.get(self.resource).model, patterns.checked(self.pattern))
        if self.by_hand and self.by_hand_fits and self.gap_free_numbers:
            told = _t("Numbers without gaps are drawn one after the other: what is typed cannot be one of them. Let other texts be typed.")
            raise Invalid([FieldError("by_hand_fits", "gap_free", told)])
