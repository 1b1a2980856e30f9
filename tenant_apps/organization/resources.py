"""How people, departments, roles and the company's own settings are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.models import CustomField, NumberRule, Webhook
from kernel.resources import Resource, Section
from kernel.webhooks import actions as webhooks
from tenant_apps.organization import actions
from tenant_apps.organization.models import Company, Member, Position, Role, Unit


class CompanyResource(Resource):
    model = Company
    path = "companies"
    icon = "bank"
    menu = "settings"
    columns = ("name", "short_name", "tax_no", "phone", "currency")
    sort = "id"
    form = (
        Section(_("Company"), "name", "short_name", "tax_no", "parent", "currency"),
        Section(_("Letterhead and invoice"), "address", "phone", "bank_name", "bank_account"),
        Section(_("Security"), "idle", "second_factor", "admin_factor_from", "admin_keys"),
    )


class UnitResource(Resource):
    model = Unit
    icon = "apartment"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "company", "parent", "head")
    filters = ("company", "parent")
    sort = "id"
    form = (Section(_("Department"), "name", "company", "parent", "head"),)


class PositionResource(Resource):
    model = Position
    icon = "idcard"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "department", "reports_to", "headcount")
    filters = ("department",)
    sort = "id"
    form = (Section(_("Position"), "name", "department", "reports_to", "headcount"),)


class MemberResource(Resource):
    model = Member
    icon = "user"
    menu = "settings"
    columns = ("name", "email", "department", "position", "roles", "state")
    filters = ("state", "department")
    sort = "id"
    form = (Section(_("Member"), "name", "email", "phone", "department", "position", "roles"),)
    actions = (actions.invite, actions.disable, actions.enable, actions.log_out)
    lookup = ("email", "department")
    deletable = False
    match = ("email",)


class RoleResource(Resource):
    model = Role
    icon = "safety"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "remark")
    sort = "id"
    form = (Section(_("Role"), "name", "remark"), Section(_("Permissions"), "grants", "masks"))
    importable = False


class NumberRuleResource(Resource):
    model = NumberRule
    path = "number-rules"
    icon = "number"
    configuration = ("resource",)
    menu = "settings"
    columns = ("resource", "pattern", "gap_free_numbers")
    sort = "id"
    form = (Section(_("Numbering"), "resource", "pattern", "gap_free_numbers"),)
    importable = False


class CustomFieldResource(Resource):
    model = CustomField
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
