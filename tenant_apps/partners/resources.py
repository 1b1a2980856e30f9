"""How customers and their contacts are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Resource, Section
from tenant_apps.partners.models import Contact, Partner


class PartnerResource(Resource):
    model = Partner
    plural = _("Customers")
    icon = "team"
    menu = "crm"
    place = 10
    columns = ("number", "name", "kind", "grade", "industry", "region", "phone", "owner")
    filters = ("kind", "grade", "industry", "source", "region", "division", "owner", "active")
    groups = ("grade", "industry", "source", "region", "owner")
    sort = "-id"
    form = (
        Section(
            _("Customer"),
            "name",
            "short_name",
            "kind",
            "grade",
            "industry",
            "source",
            "phone",
            "division",
            "address",
            "region",
            "owner",
            "active",
        ),
        Section(_("Invoice title"), "invoice_title", "tax_no", "invoice_address", "bank_name", "bank_account"),
        Lines(_("Contacts"), "contacts", "name", "part", "phone", "email", "job", "main"),
    )
    lookup = ("region", "phone", "address")
    match = ("number", "tax_no", "name")


class ContactResource(Resource):
    model = Contact
    plural = _("Contacts")
    icon = "contacts"
    menu = "crm"
    place = 20
    columns = ("name", "partner", "part", "phone", "email", "job", "main")
    filters = ("partner", "part", "owner")
    search = ("partner",)
    sort = "-id"
    form = (Section(_("Contact"), "name", "partner", "part", "phone", "email", "job", "main", "owner"),)
    lookup = ("part", "phone", "email")
    overlay = {"name": {"required": True}}
