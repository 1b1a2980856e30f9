"""How quotes are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.resources import Lines, Print, Resource, Section
from kernel.specs import Spec
from tenant_apps.catalog import layouts
from tenant_apps.catalog.priced import GOODS, PRICES, SUMS
from tenant_apps.quoting import actions, asking, deciding, estimating, keeping, papers
from tenant_apps.quoting.models import Estimate, Quote, QuoteLine, QuoteTemplate

OFFERED = {
    "state", "customer", "contact", "quote_date", "valid_until", "revision", "rate", "rate_until", "level", "discount_rate", "cost_total", "margin_rate",
    "estimate_cost", "lost_reason",
}  # fmt: skip

COUNTED = {"kind": str(QuoteLine.Kind.NORMAL)}
"""Options and alternatives are not summed up."""


class QuoteResource(Resource):
    model = Quote
    plural = _("Quotes")
    icon = "file"
    menu = "sales"
    place = 10
    columns = ("number", "customer", "title", "state", "quote_date", "valid_until", "total", "discount_rate", "margin_rate", "owner")
    filters = ("state", "customer", "owner", "quote_date", "valid_until", "level")
    groups = ("state", "customer", "owner")
    search = ("customer",)
    sort = "-quote_date"
    editable_when = {Quote.State.DRAFT}
    form = (
        Section(_("Offer"), "customer", "contact", "title", "quote_date", "valid_until", "owner"),
        Section(_("Terms"), "scheme", "delivery_days", "warranty_months", "currency", "remark"),
        Lines(
            _("Items"), "lines", *GOODS, "list_price", *PRICES, "amount", "kind", "configuration", "floor", "cost", "margin_rate", "remark", totals=("amount",), counted=COUNTED,
        ),
    )  # fmt: skip
    summary = ("discount_rate", "cost_total", "margin_rate", *SUMS)
    actions = (
        actions.submit, actions.approve, actions.reject, actions.send, actions.mail, actions.accept, actions.confirm, actions.convert, actions.revise,
        actions.copy, keeping.keep, actions.reprice, estimating.estimate, actions.withdraw, actions.expire, actions.lose,
    )  # fmt: skip
    prints = (
        Print("default", _("Quote"), paper=papers.quote),
        Print("technical", _("Technical agreement"), paper=papers.technical),
        Print("configuration", _("Configuration list"), paper=papers.configuration),
    )
    rights = {
        "level_2": _("Decide about discounts as sales manager"),
        "level_3": _("Decide about discounts as sales director"),
        "level_4": _("Decide about discounts down to the floor price"),
        "below_floor": _("Decide below the floor price"),
        "countersign": _("Countersign below the floor price"),
    }
    overlay = {
        "contact": {"lookup": {"partner": "customer"}}, "customer": {"required": True, "null": False}, "rate": {"home": True},
        "estimate_cost": {"home": True},
    }  # fmt: skip
    lookup = ("customer", "title", "total")
    unshown = ("facts",)
    besides = ("_authority",)

    def against(self, row: Mapping[str, Any], verbs: Iterable[str], actor: Actor) -> dict[str, str]:
        """Nobody is offered to decide about what is their own, or above them."""
        why = deciding.against(row["level"], row["owner"], actor)
        return {verb: why[1] for verb in ("approve", "reject") if why and verb in verbs}

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """Whose agreement it needs, in words, between which figures its price lies, and how soon its slowest line can be there."""
        return {"_authority": deciding.told(row) | {"asked": asking.told(row)}}

    def on_paper(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Options and alternatives apart from what is summed up, and what goes with the series of its goods."""
        return papers.parts(self, document)

    def laid_out(self, pk: int | None, among: Sequence[int], typed: Mapping[str, Sequence[Any]] | None = None) -> int | None:
        if typed is not None:
            return layouts.chosen([line for line in typed["lines"] if line.counted], among)
        return layouts.chosen(QuoteLine.objects.filter(quote=pk, kind=QuoteLine.Kind.NORMAL), among)

    def fitting(self, rows: QuerySet[Any], layout: int) -> QuerySet[Any]:
        return layouts.fitting(rows, layout)


class QuoteTemplateResource(Resource):
    model = QuoteTemplate
    plural = _("Quote templates")
    path = "templates"
    icon = "file"
    menu = "sales"
    place = 11
    columns = ("title", "number", "total", "currency", "scheme", "delivery_days", "owner", "unit", "updated_at")
    filters = ("owner", "unit")
    groups = ("owner", "unit")
    sort = "title"
    form = (
        Section(_("Quote template"), "title", "owner"),
        Section(_("Terms"), "scheme", "delivery_days", "warranty_months", "currency", "remark"),
        Lines(
            _("Items"),
            "lines",
            *GOODS,
            "list_price",
            "discount",
            "amount",
            "kind",
            "configuration",
            "remark",
            totals=("amount",),
            counted=COUNTED,
        ),
    )
    summary = SUMS
    actions = (keeping.offer,)
    overlay = {"title": {"label": _("Name"), "required": True}}
    importable = False

    @cached_property
    def own(self) -> dict[str, Spec]:
        """Without what only an offer to somebody has: a state, a day, a customer."""
        return {name: spec for name, spec in super().own.items() if name not in OFFERED}


class EstimateResource(Resource):
    model = Estimate
    plural = _("Cost estimates")
    icon = "calculator"
    menu = "sales"
    place = 12
    columns = ("number", "title", "customer", "quote", "estimate_date", "total_cost", "net_price", "target_margin", "state", "owner")
    filters = ("state", "customer", "quote", "owner", "estimate_date")
    groups = ("state", "customer")
    search = ("customer",)
    sort = "-estimate_date"
    editable_when = {Estimate.State.DRAFT}
    form = (
        Section(_("Cost estimate"), "title", "customer", "quote", "estimate_date", "owner"),
        Lines(_("Costs"), "lines", "kind", "item", "description", "quantity", "unit_cost", "formula", "amount", totals=("amount",)),
        Section(_("Surcharges"), "risk_percent", "finance_rate", "finance_days", "tax_percent", "target_margin", "vat_rate", "remark"),
    )
    summary = ("direct_cost", "risk", "finance_cost", "tax", "total_cost", "net_price", "price")
    actions = (estimating.adopt, estimating.revise, estimating.reopen)
    overlay = {"quote": {"lookup": {"customer": "customer"}}}
