"""How contracts and payment schemes are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Print, Resource, Section
from tenant_apps.catalog.priced import AMOUNTS, GOODS, PRICES, SUMS
from tenant_apps.contracts import actions, changing, keeping
from tenant_apps.contracts.models import GATING, SHARE, TERM_FIELDS, WHEN, Change, Clause, Contract, Scheme


class ContractResource(Resource):
    model = Contract
    plural = _("Contracts")
    icon = "solution"
    menu = "sales"
    place = 20
    columns = ("number", "customer", "title", "state", "contract_date", "delivery_date", "total", "collected", "owner")
    filters = ("state", "kind", "customer", "owner", "contract_date", "delivery_date", "risk")
    groups = ("state", "kind", "customer", "owner")
    search = ("customer",)
    sort = "-contract_date"
    editable_when = {Contract.State.DRAFT}
    form = (
        Section(
            _("Contract"), "customer", "kind", "title", "contract_date", "delivery_date", "valid_until", "customer_contract_no", "scheme",
            "warranty_months", "framework", "ceiling", "called", "source_label", "signed_on", "archive_no", "archive_place", "changes", "owner",
        ),
        Lines(_("Lines"), "lines", *GOODS, *PRICES, *AMOUNTS, "configuration", totals=AMOUNTS),
        Lines(_("Payment plan"), "plan", *SHARE, "amount", *WHEN, *GATING, totals=("amount",)),
        Lines(_("Clauses"), "clauses", "clause", "title", "text", "risk", "flags", "changed"),
        Section(_("Terms"), "risk", "terms_text"),
    )  # fmt: skip
    summary = SUMS
    actions = (
        actions.sign, actions.order, actions.receive, changing.amend, keeping.reach, keeping.file_original, keeping.complete, actions.terminate,
    )  # fmt: skip
    prints = (Print("default", _("Contract"), "contract"),)
    lookup = ("customer", "title", "total")


class SchemeResource(Resource):
    model = Scheme
    plural = _("Payment schemes")
    icon = "percentage"
    configuration = ("name",)
    menu = "settings"
    columns = ("name", "default")
    sort = "id"
    form = (Section(_("Payment scheme"), "name", "default"), Lines(_("Stages"), "lines", *TERM_FIELDS))
    match = ("name",)


class ChangeResource(Resource):
    model = Change
    plural = _("Change orders")
    path = "changes"
    icon = "diff"
    menu = "sales"
    place = 25
    columns = ("number", "contract", "customer", "state", "total_before", "total", "difference", "applied_on", "owner")
    filters = ("state", "customer", "owner")
    groups = ("state", "customer", "owner")
    sort = "-id"
    editable_when = {Change.State.DRAFT}
    form = (
        Section(
            _("Change order"), "contract", "customer", "reason", "delivery_date", "total_before", "difference", "applied_on", "owner",
        ),
        Lines(_("Lines"), "lines", *GOODS, *PRICES, *AMOUNTS, "configuration", totals=AMOUNTS),
    )  # fmt: skip
    summary = SUMS
    actions = (changing.apply, changing.reject)


class ClauseResource(Resource):
    model = Clause
    plural = _("Clause library")
    icon = "book"
    menu = "sales"
    place = 60
    configuration = ("title",)
    columns = ("title", "subject", "risk", "standard", "active")
    filters = ("subject", "risk", "standard", "active")
    groups = ("subject", "risk")
    form = (Section(_("Clause"), "title", "subject", "risk", "standard", "active"), Section(_("Text"), "text", "text_en"))
    match = ("title",)
