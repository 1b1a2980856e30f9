"""A company's own printed forms: put together of blocks in the browser, set by one template of ours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.documents import Document
from kernel.fields import RefKeyField
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from kernel.access import Actor


class PrintTemplate(Document):
    """A printed form of a kind of document: its title and, from top to bottom, what stands on it. A layout is printed in the place of a
    form of the product, for the documents that call for it."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Chinese")
        ENGLISH = "en", _("English")
        BOTH = "both", _("Chinese and English")

    resource = RefKeyField(_("Document type"))
    name = models.CharField(_("Title"), max_length=60, help_text=_("As it stands on the paper and in the print menu."))
    name_en = models.CharField(_("Title in English"), max_length=60, blank=True, default="")
    blocks = models.JSONField(pgettext_lazy("print", "Blocks"), default=list, blank=True)
    active = models.BooleanField(_("In use"), default=True, db_default=True)
    seal = models.JSONField(
        pgettext_lazy("stamp", "Seal"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True,
        help_text=_("In which states the company's seal may be printed on it, and where."),
    )  # fmt: skip
    stands_for = models.CharField(
        _("In place of"), max_length=40, blank=True, default="", db_default="",
        help_text=_("A layout: printed instead of this form for the product series that name it, or for all when none does. Empty: a form of its own."),
    )  # fmt: skip
    language = models.CharField(
        _("Language"), max_length=8, choices=Language.choices, blank=True, default="", db_default="",
        help_text=_("A layout for papers in this language only; empty: for all."),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("Sequence"), default=0, db_default=0, help_text=_("The lowest stands first."))

    label_field = "name"
    row_scoped = False
    named_by_all = True
    search = ("resource", "name", "name_en")

    class Meta(Document.Meta):
        verbose_name = _("Print template")
        verbose_name_plural = _("Print templates")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["resource", "name"], name="one_print_template")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from kernel import registry
        from kernel.printing import blocks, seals

        blocks.check(self.resource, self.blocks)
        self.seal = seals.checked(self.resource, self.seal)
        known = {one.key: str(one.label) for one in registry.here()[self.resource].prints}
        if self.stands_for and self.stands_for not in known:
            told = {"names": ", ".join(known.values()) or "–"}
            raise Invalid([FieldError("stands_for", "not_found", _t("Choose one of the ready forms of this kind: %(names)s.") % told)])
