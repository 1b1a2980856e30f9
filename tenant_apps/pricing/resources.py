"""How price policies, discount authorities and exchange rates are shown (W-11.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.resources import Resource, Section
from tenant_apps.pricing import actions, option_codes
from tenant_apps.pricing.models import AuthorityBand, ExchangeRate, PricePolicy


class PricePolicyResource(Resource):
    model = PricePolicy
    plural = _("Price policies")
    path = "policies"
    icon = "tag"
    menu = "catalog"
    place = 22
    columns = ("name", "state", "level", "kind", "value", "item", "series", "partner", "grade", "from_quantity", "valid_from", "valid_to")
    filters = (
        "state", "level", "kind", "item", "series", "partner", "grade", "region", "channel", "company", "valid_from", "valid_to",
    )  # fmt: skip
    groups = ("level", "kind", "state", "series", "partner")
    search = ("item", "partner")
    editable_when = {PricePolicy.State.DRAFT, PricePolicy.State.WITHDRAWN}
    form = (
        Section(_("Price policy"), "name", "level", "kind", "value", "formula", "currency", "exclusive", "priority"),
        Section(
            _("What it applies to"), "series", "item", "option_code", "partner", "grade", "channel", "region", "company", "from_quantity"
        ),
        Section(_("Validity"), "valid_from", "valid_to", "remark"),
    )
    overlay: ClassVar = {
        "value": {"adds": False},
        "from_quantity": {"adds": False},
        "option_code": {"help": _("Option and value, as scales.yes. A value alone counts only where no other option of the table has it.")},
    }
    actions = (actions.publish, actions.withdraw)
    besides = ("_warnings",)

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """Why it counts for no option, where an option code of former days stands for several."""
        told = option_codes.unclear(row) if {"option_code", "item", "series"}.isdisjoint(masks) else ""
        return {"_warnings": [{"code": "unclear", "detail": told}] if told else []}


class AuthorityBandResource(Resource):
    model = AuthorityBand
    plural = pgettext_lazy("plural", "Discount authorities")
    path = "authorities"
    icon = "safety"
    menu = "catalog"
    place = 24
    configuration = ("level",)
    columns = ("level", "name", "max_discount", "min_margin", "max_terms", "max_early")
    sort = "level"
    form = (Section(_("Discount authority"), "level", "name", "max_discount", "min_margin", "max_terms", "max_early"),)
    match = ("level",)


class ExchangeRateResource(Resource):
    model = ExchangeRate
    plural = _("Exchange rates")
    path = "rates"
    icon = "bank"
    menu = "catalog"
    place = 26
    columns = ("currency", "rate", "valid_from", "valid_to", "remark")
    overlay: ClassVar = {"rate": {"home": True}}
    filters = ("currency", "valid_from", "valid_to")
    sort = "-valid_from"
    form = (Section(_("Exchange rate"), "currency", "rate", "valid_from", "valid_to", "remark"),)
    match = ("currency", "valid_from")
