"""How quotes are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Print, Resource, Section
from tenant_apps.catalog.priced import GOODS, PRICES, SUMS
from tenant_apps.quoting import actions
from tenant_apps.quoting.models import Quote


class QuoteResource(Resource):
    model = Quote
    plural = _("Quotes")
    icon = "file"
    menu = "sales"
    place = 10
    columns = ("number", "customer", "title", "state", "quote_date", "valid_until", "total", "discount_rate", "owner")
    filters = ("state", "customer", "owner", "quote_date", "valid_until")
    groups = ("state", "customer", "owner")
    search = ("customer",)
    sort = "-quote_date"
    editable_when = {Quote.State.DRAFT}
    form = (
        Section(_("Offer"), "customer", "contact", "title", "quote_date", "valid_until", "owner"),
        Section(_("Terms"), "scheme", "delivery_days", "warranty_months", "remark"),
        Lines(_("Items"), "lines", *GOODS, "list_price", *PRICES, "amount", "remark", totals=("amount",)),
    )
    summary = (*SUMS, "discount_rate")
    actions = (actions.send, actions.accept, actions.revise, actions.expire, actions.lose)
    prints = (Print("default", _("Quote"), "quote"),)
    rights = {"below_floor": _("Offer below the floor price")}
    overlay = {"contact": {"lookup": {"partner": "customer"}}}
    lookup = ("customer", "title", "total")
