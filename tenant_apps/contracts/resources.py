"""How contracts and payment schemes are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.resources import Lines, Print, Resource, Section
from kernel.rows import shown
from tenant_apps.catalog import layouts
from tenant_apps.catalog.delivering import DELIVERIES
from tenant_apps.catalog.priced import AMOUNTS, GOODS, PRICES, SUMS
from tenant_apps.contracts import actions, asking, authority, billing, buying, changing, consulting, ending, keeping, papers, signing
from tenant_apps.contracts.models import BILLING, GATING, SHARE, TERM_FIELDS, WHEN, Change, Clause, Contract, ContractLine, Scheme, amending
from tenant_apps.pricing import rates

SELLING, BUYING = ("order", "receive", "bill", "buy", "install"), ("pay",)


class ContractResource(Resource):
    model = Contract
    plural = _("Contracts")
    icon = "solution"
    menu = "sales"
    place = 20
    columns = (
        "number", "customer", "title", "state", "contract_date", "total", "invoiced", "collected", "collected_rate", "stages_in", "delivery_date",
        "owner",
    )  # fmt: skip
    filters = ("state", "kind", "customer", "owner", "contract_date", "delivery_date", "risk")
    groups = ("state", "kind", "customer", "owner")
    search = ("customer",)
    sort = "-contract_date"
    editable_when = {Contract.State.DRAFT}
    form = (
        Section(
            _("Contract"), "customer", "kind", "title", "contract_date", "delivery_date", "valid_until", "customer_contract_no", "scheme",
            "warranty_months", "framework", "ceiling", "called", "currency", "rate", "rate_until", "signed_on", "archive_no", "archive_place", "changes",
            "source_label", "owner",
        ),
        Lines(_("Lines"), "lines", *GOODS, *PRICES, *AMOUNTS, "configuration", totals=AMOUNTS),
        Lines(_("Payment plan"), "plan", *SHARE, "fixed_amount", "amount", *WHEN, "fixed_date", "fallback_months", *GATING, *BILLING, totals=("amount",)),
        Section(_("Promised delivery"), "deliveries"),
        Lines(_("Clauses"), "clauses", "clause", "title", "text", "risk", "flags", "changed"),
        Section(_("Further terms"), "risk", "terms_text"),
    )  # fmt: skip
    summary = SUMS
    overlay = {"deliveries": shown(DELIVERIES), "rate": {"home": True}}
    actions = (
        actions.sign, consulting.ask, actions.relock, actions.order, actions.receive, buying.pay, billing.bill, changing.amend, buying.buy, keeping.reach, keeping.install,
        signing.mail, signing.countersign, signing.unsign, keeping.file_original, keeping.complete, ending.terminate,
    )  # fmt: skip
    prints = (Print("default", _("Contract"), paper=papers.contract),)
    lookup = ("customer", "title", "total")
    unshown = ("facts",)
    besides = ("_authority",)

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """Whose agreement a draft needs, and why."""
        return {"_authority": authority.told(row)}

    def against(self, row: Mapping[str, Any], verbs: Iterable[str], actor: Actor) -> dict[str, str]:
        """What is done with contracts of the other direction only."""
        kind = Contract(kind=row["kind"])
        why = {verb: _t("Only for contracts by which we sell.") for verb in SELLING if not kind.sells}
        why |= {verb: _t("Only for contracts by which we buy.") for verb in BUYING if not kind.buys}
        why |= asking.needless(row, actor)
        if row["currency"] == rates.base():
            why["relock"] = _t("It is in the company's own currency.")
        return {verb: reason for verb, reason in why.items() if verb in verbs}

    def on_paper(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Its goods, who buys them, and its clauses in the reader's language."""
        return papers.parts(self, document)

    def laid_out(self, pk: int | None, among: Sequence[int], typed: Mapping[str, Sequence[Any]] | None = None) -> int | None:
        return layouts.chosen(ContractLine.objects.filter(contract=pk) if typed is None else typed["lines"], among)

    def fitting(self, rows: QuerySet[Any], layout: int) -> QuerySet[Any]:
        return layouts.fitting(rows, layout)


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
        Section(_("Payment"), "plan"),
    )  # fmt: skip
    overlay = {"plan": shown(amending.PLAN)}
    summary = SUMS
    actions = (changing.apply, consulting.ask_, changing.reject)
    unshown = ("facts",)
    besides = ("_authority",)

    def against(self, row: Mapping[str, Any], verbs: Iterable[str], actor: Actor) -> dict[str, str]:
        """Nobody asks others for what they may decide themselves."""
        return {verb: reason for verb, reason in asking.needless(row, actor).items() if verb in verbs}

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """Whose agreement it needs while it is a draft, and why."""
        return {"_authority": authority.told(row)}


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
