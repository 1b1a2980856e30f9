"""Approvals (spec 2.14, W-1.4): how something is decided, the call that waits for it, and each person's part in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import formulas
from kernel.access import Actor
from kernel.documents import Document, Sourced
from kernel.fields import MemberField, MoneyField, PercentField, RefKeyField, StateField
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.organization.models import Company, Position


class Flow(Document):
    """How an action of a kind of document is decided: a drawing in editions, of which the published one holds."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    class Withdrawal(models.TextChoices):
        BEFORE_FIRST = "before_first", _("Until somebody has decided")
        UNTIL_END = "until_end", _("Until the end")

    name = models.CharField(_("Name"), max_length=80)
    resource = RefKeyField(_("Document type"))
    verb = models.CharField(_("Action"), max_length=40, help_text=_("create, change, delete or one of its actions"))
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, verbose_name=_("Company"), related_name="+")
    priority = models.PositiveIntegerField(_("Priority"), default=100, help_text=_("Of several that apply the lowest counts."))
    condition = models.CharField(
        _("Condition"), max_length=500, blank=True, help_text=_("A formula on the document: total > 100000. Empty: always.")
    )
    withdrawal = models.CharField(
        _("The initiator may withdraw"), max_length=12, choices=Withdrawal.choices, default=Withdrawal.BEFORE_FIRST
    )
    drawing = models.JSONField(_("Drawing"), default=dict, blank=True)
    plan = models.JSONField(default=dict, editable=False)
    edition = models.PositiveIntegerField(_("Edition"), default=0, editable=False)
    series = models.BigIntegerField(null=True, editable=False)
    published_at = models.DateTimeField(_("Published at"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    search = ("name", "resource")

    class Meta(Document.Meta):
        verbose_name = _("Approval flow")
        verbose_name_plural = _("Approval flows")
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(fields=["series"], condition=models.Q(state="published"), name="one_published_edition"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.approvals import checking

        checking.settled(self)

    @property
    def kind(self) -> str:
        return f"{self.resource}.{self.verb}"


class Approval(Sourced):
    """A call that waits until it is decided: what was to be done, by whom, under which edition of which flow, and what came of it."""

    class State(models.TextChoices):
        RUNNING = "running", _("Being decided")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Could not be carried out")

    flow = models.ForeignKey(Flow, models.PROTECT, verbose_name=_("Approval flow"), related_name="+", editable=False)
    resource = RefKeyField(_("Document type"), editable=False)
    verb = models.CharField(_("Action"), max_length=40, editable=False)
    subject = models.CharField(_("Document"), max_length=120, editable=False)
    subject_id = models.BigIntegerField(null=True, editable=False)
    amount = MoneyField(_("Amount"), null=True, editable=False)
    call = models.JSONField(default=dict, editable=False)
    progress = models.JSONField(default=dict, editable=False)
    chosen = models.JSONField(default=dict, editable=False)
    hash = models.CharField(max_length=64, default="", editable=False)
    open = models.BooleanField(default=True, editable=False)
    ended_at = models.DateTimeField(_("Ended at"), null=True, editable=False)
    done_at = models.DateTimeField(_("Carried out at"), null=True, editable=False)
    urged_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(_("Outcome"), max_length=500, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "AP{date:%Y}-{seq:06d}"
    label_field = "subject"
    search = ("number", "subject")

    class Meta(Sourced.Meta):
        verbose_name = _("Approval")
        verbose_name_plural = _("Approvals")
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["owner", "-id"], name="approval_started")]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["resource", "subject_id"], condition=models.Q(open=True), name="one_open_approval"),
        ]


class Task(Document):
    """One person's part in an approval. It is the owner's; nobody else decides in their place unless they handed it on."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACTIVE = "active", _("To decide")
        APPROVED = "approved", pgettext_lazy("task", "Agreed")
        REJECTED = "rejected", pgettext_lazy("task", "Refused")
        RETURNED = "returned", _("Sent back")
        TRANSFERRED = "transferred", _("Handed over")
        DELEGATED = "delegated", _("Delegated")
        SKIPPED = "skipped", _("Skipped")
        CANCELLED = "cancelled", _("Cancelled")
        TIMED_OUT = "timed_out", _("Timed out")
        READ = "read", _("Read")

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Approve")
        HANDLE = "handle", _("Handle")
        COPY = "copy", _("Copy")
        RESUBMIT = "resubmit", _("Resubmit")

    approval = models.ForeignKey(Approval, models.PROTECT, verbose_name=_("Approval"), related_name="tasks", editable=False)
    place = models.PositiveIntegerField(default=0, editable=False)
    round = models.PositiveIntegerField(default=0, editable=False)
    node = models.CharField(max_length=60, editable=False)
    node_name = models.CharField(_("Step"), max_length=80, editable=False)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, editable=False)
    behalf = MemberField(_("Instead of"), null=True, editable=False)
    above = models.BigIntegerField(null=True, editable=False)
    since = models.DateTimeField(_("Since"), null=True, editable=False)
    due_at = models.DateTimeField(_("Due"), null=True, editable=False)
    next_at = models.DateTimeField(null=True, editable=False)
    reminded = models.PositiveIntegerField(default=0, editable=False)
    decided_at = models.DateTimeField(_("Decided at"), null=True, editable=False)
    comment = models.CharField(_("Comment"), max_length=1000, blank=True, default="", editable=False)
    signature = models.BigIntegerField(null=True, editable=False)
    hash = models.CharField(max_length=64, default="", editable=False)
    edits = models.JSONField(default=list, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "node_name"
    search = ()
    locked_after = "approval"

    class Meta(Document.Meta):
        verbose_name = _("Approval task")
        verbose_name_plural = _("Approval tasks")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["owner", "state", "-id"], name="task_inbox"),
            models.Index(fields=["next_at"], name="task_next", condition=models.Q(next_at__isnull=False)),
        ]


class Delegation(Document):
    """While somebody is away, a colleague decides in their place: from one day to another, for all flows or some."""

    agent = MemberField(_("In their place"))
    begins_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"), help_text=_("The last day"))
    kinds = ArrayField(models.CharField(max_length=100), verbose_name=_("Only for"), default=list, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    label_field = "reason"
    search = ("reason",)

    class Meta(Document.Meta):
        verbose_name = _("Stand-in")
        verbose_name_plural = _("Stand-ins")

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on}"

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.approvals import standing_in

        standing_in.check(self, by)


class Limit(Document):
    """How far a position decides alone: up to an amount, a discount, an overdue amount, and down to a margin."""

    position = models.ForeignKey(Position, models.PROTECT, verbose_name=_("Position"), related_name="+")
    resource = RefKeyField(_("Document type"))
    amount = MoneyField(_("Amount up to"), null=True, blank=True)
    discount = PercentField(_("Discount up to %"), null=True, blank=True)
    margin = PercentField(_("Margin from %"), null=True, blank=True)
    overdue = MoneyField(_("Overdue up to"), null=True, blank=True)

    label_field = "resource"
    row_scoped = False
    search = ("resource",)

    class Meta(Document.Meta):
        verbose_name = _("Signing limit")
        verbose_name_plural = _("Signing limits")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["position", "resource"], name="one_limit")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from kernel.models import known_resource

        known_resource(self.resource)
        if any(value is not None and value < 0 for value in (self.amount, self.discount, self.overdue)):
            raise Invalid([FieldError("amount", "negative", _t("A limit is not below zero."))])


def condition_of(text: str, names: Any) -> None:
    """Refuse a condition that cannot be read."""
    if text:
        try:
            formulas.parse(text, names)
        except Refused as refused:
            raise Invalid([FieldError("condition", refused.code, str(refused.sentence))]) from refused
