"""The company itself: legal entities, departments, positions, people and their roles (W-1.2, W-1.3)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import entry, trees
from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MemberField, RefsField, StateField
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.organization import staffing
from tenant_apps.organization.handover import Handover, HandoverPart
from tenant_apps.organization.masters import Code, Region, Setting
from tenant_apps.organization.periods import Period
from tenant_apps.organization.roles import Role, check_temporary
from tenant_apps.organization.staffing import Assignment, InvoiceTitle, UnitChange

__all__ = [
    "Assignment", "Code", "Company", "Handover", "HandoverPart", "InvoiceTitle", "Member", "Period", "Position", "Region", "Role", "Setting", "Token", "Unit", "UnitChange",
]  # fmt: skip

NONE = models.Value([], RefsField("organization.Role"))
TAX_NO = re.compile(r"[0-9A-Z]{15,20}")
IDLE = (
    ("15m", timedelta(minutes=15), _("15 minutes")),
    ("30m", timedelta(minutes=30), _("30 minutes")),
    ("1h", timedelta(hours=1), _("one hour")),
    ("4h", timedelta(hours=4), _("4 hours")),
    ("12h", timedelta(hours=12), _("12 hours")),
    ("1d", timedelta(days=1), _("one day")),
    ("3d", timedelta(days=3), _("3 days")),
    ("7d", timedelta(days=7), _("7 days")),
    ("14d", timedelta(days=14), _("14 days")),
)


class Company(Document):
    """A legal entity of the group: its name, tax number, bank and address stand on quotes, contracts and invoices."""

    name = models.CharField(_("Company name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    tax_no = models.CharField(_("Tax number"), max_length=20, blank=True, help_text=_("Unified social credit code"))
    address = models.CharField(_("Address"), max_length=200, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    bank_name = models.CharField(_("Bank"), max_length=120, blank=True)
    bank_account = models.CharField(_("Bank account"), max_length=40, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="CNY")
    second_factor = models.BooleanField(
        _("Second factor required"),
        default=False,
        db_default=False,
        help_text=_("Everybody sets up an authenticator app or a security key before they are let in."),
    )
    admin_factor_from = models.DateField(
        _("Administrators need a second factor from"),
        null=True,
        blank=True,
        help_text=_("From this day on an administrator without one sets it up before they are let in. Empty: never required."),
    )
    admin_keys = models.BooleanField(
        _("Administrators use a security key"),
        default=False,
        db_default=False,
        help_text=_("A key or the device's own lock (WebAuthn) cannot be given away on a forged page, as a code can."),
    )
    idle = models.CharField(
        _("A log-in ends when nobody works for"),
        max_length=3,
        choices=[(name, label) for name, _after, label in IDLE],
        default="7d",
        db_default="7d",
        help_text=_("What was typed is kept as a draft. Fourteen days after it began every log-in ends."),
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Parent company"), related_name="+")

    IDLE: ClassVar[dict[str, timedelta]] = {name: after for name, after, _label in IDLE}
    label_field = "name"
    row_scoped = False
    line_kinds = ("titles",)
    search = ("name", "short_name", "tax_no")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Company")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from shared_apps.accounts import factors

        trees.refuse_loop(self, _t("A company cannot belong to itself: %(path)s."))
        if by.account is None:
            return
        if self.second_factor and not factors.has(by.account):
            raise Refused("enrol_first", _t("Set up a second factor for yourself first, on the page “Security”."))
        if self.admin_keys and not factors.has(by.account, "key"):
            raise Refused("enrol_first", _t("Set up a security key for yourself first, on the page “Security”."))


class Unit(Document):
    """A department or team, in a tree. Row permissions follow the tree downwards."""

    name = models.CharField(_("Name"), max_length=60)
    company = models.ForeignKey(Company, models.PROTECT, verbose_name=_("Company"), related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Parent department"), related_name="+")
    head = MemberField(_("Head"), null=True, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    regions = RefsField("organization.Region", verbose_name=_("Regions served"), db_default=NONE)

    label_field = "name"
    row_scoped = False
    line_kinds = ("changes",)
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Department")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        trees.refuse_loop(self, _t("A department cannot stand below itself: %(path)s."))
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Invalid([FieldError("valid_to", "before_start", _t("It ends before it begins."))])
        staffing.note_move(self, lines.setdefault("changes", []), on)


class Position(Document):
    """A post in a department and the post it reports to (上级)."""

    name = models.CharField(_("Name"), max_length=60)
    department = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("Department"), related_name="+")
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Reports to"), related_name="+")
    headcount = models.PositiveIntegerField(_("Headcount"), default=1)
    roles = RefsField(
        "organization.Role", verbose_name=_("Roles"), db_default=NONE, help_text=_("Whoever holds the post has them, besides their own.")
    )
    regions = RefsField("organization.Region", verbose_name=_("Regions served"), db_default=NONE)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Position")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        trees.refuse_loop(self, _t("A post cannot report to itself: %(path)s."), "reports_to")


class Member(Document):
    """A colleague: their department, position and roles, and the log-in that belongs to them."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACTIVE = "active", pgettext_lazy("member", "Active")
        DISABLED = "disabled", _("Disabled")

    name = models.CharField(pgettext_lazy("person", "Name"), max_length=60)
    email = models.EmailField(_("E-mail"), unique=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    department = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("Department"), related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, verbose_name=_("Position"), related_name="+")
    roles = RefsField("organization.Role", verbose_name=_("Roles"))
    employee_no = models.CharField(_("Employee number"), max_length=20, blank=True, default="", db_default="")
    hired_on = models.DateField(_("Hired on"), null=True, blank=True)
    left_on = models.DateField(_("Last day"), null=True, blank=True)
    entry = models.JSONField(
        _("From where and when"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True,
        help_text=_("Takes the place of what their roles say; empty: as their roles say."),
    )  # fmt: skip
    private = models.TextField(blank=True, default="", db_default="", editable=False)
    """Bank account and ID number, sealed."""
    account = models.BigIntegerField(null=True, unique=True, editable=False)
    invitation = models.CharField(max_length=64, blank=True, default="", editable=False)
    invited_at = models.DateTimeField(_("Invited at"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    line_kinds = ("assignments", "temporary")
    search = ("name", "email", "employee_no")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Member")
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(fields=["employee_no"], condition=~models.Q(employee_no=""), name="one_employee_no"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.email, self.entry = self.email.lower(), entry.checked(self.entry)
        check_temporary(lines.get("temporary", []))
        staffing.settle_posts(self, lines.setdefault("assignments", []), on)
        if len(set(self.roles)) != Role.objects.filter(pk__in=self.roles).count():
            raise Invalid([FieldError("roles", "not_found", _t("A role is not known. Please choose it from the list."))])
        if Member.objects.filter(email=self.email).exclude(pk=self.pk).exists():
            raise Refused("duplicate", _t("%(email)s is a member already.") % {"email": self.email}, status=409)


class Token(models.Model):
    """A key with which a program acts as a member. Only its hash is kept."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=500, default="write", db_default="write")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name
