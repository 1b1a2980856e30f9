"""How customers, suppliers, their people, papers and pools are shown. Customers and suppliers are two screens of one table."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.actions import Action
from kernel.resources import Lines, Resource, Section
from kernel.specs import Spec
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.partners import actions, merging, titles
from tenant_apps.partners.models import Agency, Contact, Merge, Paper, Partner, Pool, Supplier

COLOURS: dict[str, dict[str, Any]] = {
    "state": {"colors": {"protected": "blue", "pool": "gold", "customer": "green", "dormant": "default", "blacklisted": "red"}}
}
INVOICED = Section(_("Invoice title"), "invoice_title", "tax_no", "invoice_address", "bank_name", "bank_account", "titles")
PEOPLE = Lines(
    _("Contacts"), "contacts", "name", "part", "phone", "email", "job", "main", "stand", "reports_to", "influences", "birthday", "left_on"
)
PAPERS = Lines(
    _("Licences and agencies"),
    "papers",
    "kind",
    "licence",
    "brand",
    "paper_no",
    "issuer",
    "begins_on",
    "ends_on",
    "needed",
    "exclusive",
    "target",
    "rebate",
)


def text(name: str, label: Any, *, required: bool = False) -> Spec:
    return Spec(name, label, "text", required=required, null=False, max_length=titles.LENGTHS[name])


ADDRESSES = (
    text("label", _("Used for")), text("person", _("Recipient")), text("phone", _("Phone")), text("address", _("Address"), required=True),
    Spec("default", _("Usual"), "bool", null=False),
)  # fmt: skip
TITLES = (
    text("title", _("Invoice title"), required=True), text("tax_no", _("Tax number")), text("address", _("Registered address and phone")),
    text("bank_name", _("Bank")), text("bank_account", _("Bank account")), Spec("default", _("Usual"), "bool", null=False),
)  # fmt: skip
LISTS: dict[str, dict[str, Any]] = {"addresses": {"columns": ADDRESSES}, "titles": {"columns": TITLES}}
RULES = (
    Spec("grade", _("Grade"), "choice", choices=GRADE, help=_("Empty: every grade")), Spec("deal", _("Has bought"), "bool", null=False),
    Spec("first", _("First days"), "int", null=False), Spec("renew", _("Days with each activity"), "int", null=False),
    Spec("longest", _("Days at most"), "int", null=False), Spec("after_contract", _("Days after contract end"), "int", null=False),
)  # fmt: skip


def of(action: Action, model: type[Partner]) -> Action:
    """The same action as one of this screen, so that roles, approvals and history know it as such."""
    made = copy(action)
    made.__dict__["model"] = model
    return made


class PartnerResource(Resource):
    model = Partner
    plural = _("Customers")
    icon = "team"
    menu = "crm"
    place = 10
    columns = ("number", "name", "kind", "state", "grade", "value_score", "industry", "region", "phone", "protect_until", "owner")
    filters = (
        "state",
        "kind",
        "grade",
        "industry",
        "source",
        "region",
        "division",
        "pool",
        "parent_group",
        "proposed_grade",
        "value_score",
        "credit_limit",
        "protect_until",
        "active_on",
        "owner",
        "active",
    )
    groups = ("state", "kind", "grade", "proposed_grade", "industry", "source", "region", "division", "pool", "parent_group", "owner")
    sort = "-id"
    form = (
        Section(
            _("Customer"), "name", "short_name", "kind", "supplies", "parent_group", "grade", "industry", "source", "phone", "website", "division", "address", "region",
            "owner", "active", "different_from", "addresses",
        ),
        INVOICED,
        Section(_("Standing"), "credit_limit", "pool", "claimed_on", "protect_until", "active_on", "dealt_on", "proposed_grade", "value_score"),
        PEOPLE,
        PAPERS,
    )  # fmt: skip
    actions = (
        actions.claim, actions.release, actions.assign, merging.merge, actions.regrade, actions.blacklist, actions.readmit,
    )  # fmt: skip
    overlay = {**COLOURS, **LISTS}
    lookup = ("region", "phone", "address")
    match = ("number", "tax_no", "name")


class SupplierResource(Resource):
    model = Supplier
    plural = _("Suppliers")
    icon = "shop"
    menu = "buying"
    place = 10
    columns = ("number", "name", "kind", "approved", "score", "punctuality", "quality", "region", "phone", "state", "owner")
    filters = ("kind", "approved", "state", "region", "industry", "owner", "active")
    groups = ("kind", "approved", "region", "owner")
    sort = "-id"
    form = (
        Section(
            _("Supplier"), "name", "short_name", "kind", "parent_group", "industry", "phone", "website", "division", "address", "region", "owner", "active",
            "different_from", "addresses",
        ),
        INVOICED,
        Section(_("Approval and score"), "approved", "punctuality", "quality", "price_score", "service_score", "score"),
        PAPERS,
        PEOPLE,
    )  # fmt: skip
    actions = tuple(of(one, Supplier) for one in (actions.approve, actions.disapprove, actions.blacklist, actions.readmit))
    overlay = {**COLOURS, **LISTS, "kind": {"default": Partner.Kind.SUPPLIER}}
    lookup = ("region", "phone", "address")
    match = ("number", "tax_no", "name")

    def queryset(self) -> QuerySet[Any]:
        return Supplier.objects.filter(Q(kind__in=(Partner.Kind.SUPPLIER, Partner.Kind.CARRIER)) | Q(supplies=True))


class ContactResource(Resource):
    model = Contact
    plural = _("Contacts")
    icon = "contacts"
    menu = "crm"
    place = 20
    columns = ("name", "partner", "part", "stand", "phone", "email", "job", "main", "birthday")
    filters = ("partner", "part", "stand", "birthday", "left_on", "bounced_on", "owner")
    groups = ("part", "stand", "partner")
    search = ("partner",)
    sort = "-id"
    form = (
        Section(_("Contact"), "name", "partner", "part", "phone", "email", "bounced_on", "job", "main", "birthday", "left_on", "owner"),
        Section(_("Relations"), "stand", "reports_to", "influences", "history"),
    )
    actions = (actions.change_company,)
    lookup = ("part", "phone", "email")
    overlay = {
        "name": {"required": True, "sensitive": "personal"},
        "reports_to": {"lookup": {"partner": "partner"}},
        "influences": {"lookup": {"partner": "partner"}},
    }


class PaperResource(Resource):
    model = Paper
    path = "papers"
    plural = _("Licences")
    icon = "safety"
    menu = "buying"
    place = 20
    columns = ("name", "partner", "licence", "paper_no", "issuer", "begins_on", "ends_on", "needed")
    filters = ("partner", "licence", "ends_on", "needed", "owner")
    groups = ("licence", "partner")
    search = ("partner",)
    sort = "ends_on"
    form = (Section(_("Licence"), "partner", "licence", "paper_no", "issuer", "begins_on", "ends_on", "needed", "owner"),)

    def queryset(self) -> QuerySet[Any]:
        return Paper.objects.filter(kind=Paper.Kind.LICENCE)


class AgencyResource(Resource):
    model = Agency
    path = "agencies"
    plural = pgettext_lazy("right to sell", "Brand agencies")
    icon = "trademark"
    menu = "catalog"
    place = 45
    columns = ("brand", "partner", "reached", "target", "actual", "rebate_due", "kind", "exclusive", "ends_on", "owner")
    filters = ("kind", "partner", "exclusive", "behind", "reached", "ends_on", "owner")
    groups = ("kind", "partner")
    search = ("partner",)
    sort = "ends_on"
    form = (
        Section(_("Agency"), "brand", "kind", "partner", "regions", "exclusive", "begins_on", "ends_on", "paper_no", "owner"),
        Section(_("Target and actual"), "target", "rebate", "actual", "reached", "behind", "rebate_due"),
    )
    overlay = {
        "kind": {"choices": tuple(one for one in Paper.Kind.choices if one[0] != Paper.Kind.LICENCE), "default": Paper.Kind.OURS},
        "brand": {"required": True},
        "reached": {"bar": True},
    }

    def queryset(self) -> QuerySet[Any]:
        return Agency.objects.exclude(kind=Paper.Kind.LICENCE)


class PoolResource(Resource):
    model = Pool
    plural = _("Account pools")
    icon = "inbox"
    menu = "crm"
    place = 15
    columns = ("name", "regions", "claims_per_day", "views_per_day", "holding_limit", "cool_down_days", "active")
    filters = ("active",)
    sort = "name"
    form = (
        Section(_("Account pool"), "name", "regions", "units", "active", "rules"),
        Section(_("Limits"), "claims_per_day", "views_per_day", "holding_limit", "cool_down_days", "warn_days", "dormant_days"),
    )
    overlay = {"rules": {"columns": RULES, "help": _("0: without limit")}}


class MergeResource(Resource):
    model = Merge
    plural = _("Merged accounts")
    icon = "merge"
    menu = "crm"
    place = 60
    columns = ("partner", "names", "merged_on", "state", "created_by")
    filters = ("state", "merged_on", "created_by")
    search = ("partner",)
    form = (Section(_("Merged accounts"), "partner", "names", "merged_on", "moved"),)
    actions = (merging.part,)
    editable_when = frozenset()
    creatable = deletable = importable = False
