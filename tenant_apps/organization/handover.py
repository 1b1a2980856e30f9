"""业务移交 (W-1.5.3, spec 2.23): what one colleague has goes to one or several others, at once or from a day on, for good or until they return."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import formulas, registry
from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import MemberField, RefKeyField, StateField
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.organization import letters

UNDONE_WITHIN = 30
"""Days in which a handover can be taken back (spec 2.23)."""


class Handover(Document):
    """Who hands over to whom, when and why; what was moved is written down so that it can be taken back."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")
        DONE = "done", pgettext_lazy("handover", "Handed over")
        RETURNED = "returned", _("Returned")
        UNDONE = "undone", _("Taken back")
        CANCELLED = "cancelled", _("Cancelled")

    class Reason(models.TextChoices):
        LEAVING = "leaving", _("Leaves the company")
        ABSENT = "absent", _("Is away for a time")
        DUTIES = "duties", _("Other duties")

    class Notice(models.TextChoices):
        NOBODY = "", _("Nobody is told")
        CHINESE = "zh-hans", _("In Chinese")
        ENGLISH = "en", _("In English")

    giver = MemberField(_("Hands over"))
    reason = models.CharField(_("Reason"), max_length=10, choices=Reason.choices, default=Reason.LEAVING)
    from_day = models.DateField(_("From"), null=True, blank=True, help_text=_("Empty: at once"))
    returns_on = models.DateField(
        _("Returns on"), null=True, blank=True, help_text=_("On this day what the others still have goes back by itself.")
    )
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    notice = models.CharField(
        _("Tell customers"), max_length=10, choices=Notice.choices, default="", db_default="", blank=True,
        help_text=_("A mail to the contacts of the customers that are handed over introduces the new colleague."),
    )  # fmt: skip
    subject = models.CharField(_("Subject of the mail"), max_length=150, blank=True, default="", db_default="")
    letter = models.TextField(
        _("Text of the mail"), blank=True, default="", db_default="",
        help_text=_("May name {contact}, {customer}, {before}, {after}, {phone}, {email}, {company}."),
    )  # fmt: skip
    told = models.JSONField(_("Mails to customers"), default=list, db_default=models.Value([], models.JSONField()), editable=False)
    """Who was told of whom once it is done: [{email, contact, customer, member, sent}]."""
    moved = models.JSONField(_("What is handed over"), default=dict, editable=False)
    """{kind: [[receiver, [ids]]]} once it is done."""
    done_on = models.DateField(_("Handed over on"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "BH{date:%Y}-{seq:04d}"
    date_field = "from_day"
    line_kinds = ("parts",)
    search = ("number", "remark")
    row_scoped = False

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Handover")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.returns_on and self.returns_on <= (self.from_day or on):
            raise Invalid([FieldError("returns_on", "before_start", _t("They return before it begins."))])
        letters.settle(self)
        for index, part in enumerate(lines.get("parts", ())):
            part.refuse_wrong(self.giver, f"parts.{index}")


class HandoverPart(Line):
    """Which of it goes to whom. The first line that fits counts."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="parts")
    kind = RefKeyField(_("What"), blank=True, default="", help_text=_("Empty: everything"))
    rule = models.CharField(
        _("Only where"), max_length=300, blank=True, help_text=_("A condition on the document type, for example grade = 'A'")
    )
    receiver = MemberField(_("Goes to"))

    parent = "handover"

    def __str__(self) -> str:
        return self.kind or _t("Everything")

    def refuse_wrong(self, giver: int, path: str) -> None:
        if self.receiver == giver:
            raise Invalid([FieldError(f"{path}.receiver", "same", _t("Choose somebody else than who hands over."))])
        if not self.rule:
            return
        resource = registry.here().get(self.kind)
        if resource is None:
            raise Invalid([FieldError(f"{path}.rule", "no_kind", _t("Choose the document type that the condition is about."))])
        try:
            formulas.parse(self.rule).condition(resource)
        except Refused as refused:
            raise Invalid([FieldError(f"{path}.rule", refused.code, str(refused.sentence))]) from refused
