"""How contracts and payment schemes are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Print, Resource, Section
from tenant_apps.catalog.priced import AMOUNTS, GOODS, PRICES, SUMS
from tenant_apps.contracts import actions
from tenant_apps.contracts.models import SHARE, TERM_FIELDS, WHEN, Contract, Scheme


class ContractResource(Resource):
    model = Contract
    plural = _("Contracts")
    icon = "solution"
    menu = "sales"
    place = 20
    columns = ("number", "customer", "title", "state", "contract_date", "delivery_date", "total", "collected", "owner")
    filters = ("state", "customer", "owner", "contract_date", "delivery_date")
    groups = ("state", "customer", "owner")
    search = ("customer",)
    sort = "-contract_date"
    editable_when = {Contract.State.DRAFT}
    form = (
        Section(
            _("Contract"), "customer", "title", "contract_date", "delivery_date", "customer_contract_no", "scheme", "warranty_months",
            "source_label", "signed_on", "owner",
        ),
        Lines(_("Lines"), "lines", *GOODS, *PRICES, *AMOUNTS, totals=AMOUNTS),
        Lines(_("Payment plan"), "plan", *SHARE, "amount", *WHEN, "gate", "tolerance", totals=("amount",)),
        Section(_("Terms"), "terms_text"),
    )  # fmt: skip
    summary = SUMS
    actions = (actions.sign, actions.order, actions.receive, actions.terminate)
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
