"""How people, departments, roles and the company's own settings are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.models import CustomField, NumberRule, PrintTemplate, Webhook
from kernel.resources import Lines, Resource, Section
from kernel.webhooks import actions as webhooks
from tenant_apps.organization import actions, catalogue, handing, moves, numbers, periods, usual
from tenant_apps.organization.models import Code, Company, Handover, Member, Period, Position, Region, Role, Setting, Unit


class CompanyResource(Resource):
    model = Company
    plural = _("Companies")
    path = "companies"
    icon = "bank"
    menu = "settings"
    columns = ("name", "short_name", "tax_no", "phone", "currency")
    sort = "id"
    form = (
        Section(_("Company"), "name", "short_name", "tax_no", "parent", "currency"),
        Section(_("Letterhead and invoice"), "address", "phone", "bank_name", "bank_account"),
        Lines(
            _("Invoice titles and bank accounts"),
            "titles",
            "title",
            "tax_no",
            "address",
            "bank_name",
            "bank_account",
            "default",
        ),
        Section(_("Security"), "idle", "second_factor", "admin_factor_from", "admin_keys"),
    )
    rights = {"set_seal": _("Set the seal")}


class UnitResource(Resource):
    model = Unit
    plural = _("Departments")
    icon = "apartment"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "company", "parent", "head", "regions")
    filters = ("company", "parent")
    sort = "id"
    form = (
        Section(_("Department"), "name", "company", "parent", "head", "valid_from", "valid_to", "regions"),
        Lines(_("Where it stood"), "changes", "since", "above", "head", fixed=True),
    )
    actions = (moves.move,)


class PositionResource(Resource):
    model = Position
    plural = _("Positions")
    icon = "idcard"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "department", "reports_to", "headcount", "roles")
    filters = ("department",)
    sort = "id"
    form = (Section(_("Position"), "name", "department", "reports_to", "headcount", "roles", "regions"),)


class MemberResource(Resource):
    model = Member
    plural = pgettext_lazy("plural", "Members")
    icon = "user"
    menu = "settings"
    columns = ("employee_no", "name", "email", "department", "position", "roles", "hired_on", "state")
    filters = ("state", "department")
    sort = "id"
    form = (
        Section(
            _("Member"),
            "name",
            "employee_no",
            "email",
            "phone",
            "department",
            "position",
            "roles",
            "hired_on",
            "left_on",
        ),
        Lines(_("Posts"), "assignments", "position", "main", "since", "until"),
        Lines(_("Roles for a time"), "temporary", "role", "since", "until", "reason"),
        Section(_("Security"), "entry"),
    )
    overlay = {"name": {"sensitive": "personal"}}
    actions = (actions.invite, actions.disable, actions.enable, actions.log_out)
    rights = {"private": _("Show ID number and bank account"), "unlock": _("Unlock")}
    lookup = ("email", "department")
    deletable = False
    match = ("email",)


class HandoverResource(Resource):
    model = Handover
    plural = _("Handovers")
    icon = "swap"
    menu = "settings"
    columns = ("number", "giver", "reason", "from_day", "returns_on", "done_on", "state")
    filters = ("state", "giver", "reason")
    form = (
        Section(_("Handover"), "giver", "reason", "from_day", "returns_on", "remark"),
        Lines(_("Who gets what"), "parts", "kind", "rule", "receiver"),
        Section(_("Tell customers"), "notice", "subject", "letter"),
        Section(_("What is handed over"), "moved"),
    )
    actions = (handing.hand_over, handing.carry_out, handing.come_back, handing.take_back, handing.cancel)
    editable_when = {Handover.State.DRAFT}
    importable = False


class RoleResource(Resource):
    model = Role
    plural = _("Roles")
    icon = "safety"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "remark")
    sort = "id"
    form = (
        Section(_("Role"), "name", "remark"),
        Section(_("Permissions"), "grants", "masks", "screens"),
        Section(_("Security"), "entry"),
    )
    actions = (usual.copy, usual.take_over, usual.leave)
    importable = False
    vocabulary = dict.fromkeys(("grants", "masks", "screens", "usual"), catalogue.vocabulary)
    carried: ClassVar[Mapping[str, Any]] = {"usual": _("Usual role")}
    marked_by = ("grants", "masks", "usual")
    besides = ("_usual",)

    def mark(self, row: Mapping[str, Any], actor: Actor) -> str:
        return usual.mark(row) if actor.may(self.key, usual.take_over.verb) else ""

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """What the usual role has that this one, made from it, has not."""
        return {"_usual": None if {"grants", "masks"} & masks.keys() else usual.told(row)}


class NumberRuleResource(Resource):
    model = NumberRule
    plural = _("Numbering rules")
    path = "number-rules"
    icon = "number"
    configuration = ("resource",)
    menu = "settings"
    columns = ("resource", "pattern", "gap_free_numbers")
    sort = "id"
    form = (Section(_("Numbering"), "resource", "pattern", "gap_free_numbers", "reuse_last", "by_hand", "by_hand_fits"),)
    actions = (numbers.set_counter,)
    importable = False


class PrintTemplateResource(Resource):
    model = PrintTemplate
    plural = _("Print templates")
    path = "print-templates"
    icon = "file"
    configuration = ("resource", "name")
    menu = "settings"
    columns = ("name", "resource", "stands_for", "language", "position", "active")
    filters = ("resource", "active")
    sort = "id"
    form = (
        Section(_("Print template"), "resource", "name", "name_en", "stands_for", "language", "position", "active"),
        Section(_("On the paper"), "blocks", "seal"),
    )
    importable = False


class CustomFieldResource(Resource):
    model = CustomField
    plural = _("Custom fields")
    path = "custom-fields"
    icon = "form"
    configuration = ("resource", "name")
    menu = "settings"
    columns = ("resource", "label", "name", "kind", "required", "position")
    filters = ("resource", "kind")
    sort = "id"
    form = (Section(_("Custom field"), "resource", "label", "name", "kind", "options", "required", "in_list", "position"),)
    importable = False


class WebhookResource(Resource):
    model = Webhook
    plural = _("Webhooks")
    path = "webhooks"
    icon = "api"
    menu = "settings"
    columns = ("name", "url", "kinds", "failures", "state")
    filters = ("state",)
    sort = "id"
    form = (Section(_("Webhook"), "name", "url", "kinds", "failures"),)
    actions = (webhooks.test, webhooks.disable, webhooks.enable, webhooks.renew)
    deletable = False
    importable = False


class CodeResource(Resource):
    model = Code
    plural = _("Codes")
    path = "codes"
    icon = "tags"
    configuration = ("table", "code")
    columns = ("table", "code", "label", "label_en", "colour", "position", "active")
    filters = ("table", "active")
    sort = "position"
    form = (Section(pgettext_lazy("entry", "Code"), "table", "code", "label", "label_en", "colour", "position", "active"),)
    match = ("table", "code")


class RegionResource(Resource):
    model = Region
    plural = _("Sales regions")
    path = "regions"
    icon = "global"
    menu = "settings"
    configuration = ("name",)
    columns = ("name", "parent", "manager")
    filters = ("parent",)
    sort = "id"
    form = (Section(_("Sales region"), "name", "parent", "manager", "divisions"),)
    match = ("name",)


class PeriodResource(Resource):
    model = Period
    plural = _("Periods")
    path = "periods"
    icon = "calendar"
    columns = ("name", "kind", "company", "starts", "ends", "stock_closed", "receivable_closed", "payable_closed", "payroll_closed")
    filters = ("company", "kind", "starts")
    sort = "-starts"
    form = (
        Section(_("Period"), "company", "kind", "name", "starts", "ends"),
        Section(_("Closed ledgers"), "stock_closed", "receivable_closed", "payable_closed", "payroll_closed"),
    )
    actions = (periods.close, periods.reopen)


class SettingResource(Resource):
    model = Setting
    plural = _("Runtime parameters")
    icon = "control"
    configuration = ("name", "scope")
    columns = ("name", "scope", "place", "value")
    filters = ("name", "scope")
    sort = "name"
    form = (Section(_("Runtime parameter"), "name", "scope", "place", "value"),)
    importable = False
