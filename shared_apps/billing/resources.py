"""What operators see of billing: plans, coupons, and which company used which."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.resources import Resource, Section
from shared_apps.billing.models import Coupon, Plan, Redemption
from shared_apps.billing.parts import PARTS


class PlanResource(Resource):
    model = Plan
    plural = pgettext_lazy("subscription", "Plans")
    path = "offers"
    icon = "appstore"
    menu = "platform"
    place = 25
    columns = (
        "code", "name", "name_en", "seats", "storage_gb", "documents", "api_calls", "monthly", "yearly", "document_price", "call_price",
        "on_sale",
    )  # fmt: skip
    filters = ("on_sale",)
    sort = "position"
    form = (
        Section(pgettext_lazy("subscription", "Plan"), "code", "name", "name_en", "position", "on_sale"),
        Section(pgettext_lazy("plan", "Holds"), "apps"),
        Section(_("Each month"), "seats", "storage_gb", "documents", "api_calls"),
        Section(_("Price"), "monthly", "yearly", "seat_monthly", "seat_yearly"),
        Section(_("Beyond the month's number"), "document_price", "call_price"),
    )
    overlay: ClassVar = {
        name: {"type": "price"} for name in ("monthly", "yearly", "seat_monthly", "seat_yearly", "document_price", "call_price")
    } | {"apps": {"type": "choices", "choices": PARTS}}
    match = ("code",)
    deletable = False
    importable = False


class CouponResource(Resource):
    model = Coupon
    plural = _("Coupons")
    icon = "percentage"
    menu = "platform"
    place = 30
    columns = ("code", "percent_off", "amount_off", "forever", "months", "first_time", "valid_until", "active")
    filters = ("active", "valid_until")
    sort = "-id"
    form = (
        Section(_("Coupon"), "code", "percent_off", "amount_off", "active"),
        Section(_("Valid"), "forever", "months", "first_time", "valid_until"),
    )
    overlay: ClassVar = {"percent_off": {"type": "percent"}, "amount_off": {"type": "price"}}
    deletable = False
    importable = False


class RedemptionResource(Resource):
    model = Redemption
    plural = _("Used coupons")
    icon = "percentage"
    menu = "platform"
    place = 31
    columns = ("used_on", "company", "coupon", "saved", "invoice")
    filters = ("coupon", "used_on")
    groups = ("coupon",)
    sort = "-used_on"
    form = (Section(_("Used coupon"), "used_on", "company", "coupon", "saved", "invoice"),)
    summary = ("saved",)
    editable_when = frozenset()
    creatable = False
    deletable = False
    importable = False
