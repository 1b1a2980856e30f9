"""What operators see of billing: coupons, and which company used which."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Resource, Section
from shared_apps.billing.models import Coupon, Redemption


class CouponResource(Resource):
    model = Coupon
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
    deletable = False
    importable = False


class RedemptionResource(Resource):
    model = Redemption
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
