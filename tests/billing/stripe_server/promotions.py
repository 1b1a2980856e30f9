"""Coupons and the promotion codes by which they are typed."""

from __future__ import annotations

from datetime import UTC, datetime

from dateutil.relativedelta import relativedelta
from stripe import params as P

from tests.billing.stripe_server.checking import Refusal
from tests.billing.stripe_server.routes import fetch, route
from tests.billing.stripe_server.store import Json, Store, listed


@route("POST", "/v1/coupons", P.CouponCreateParams)
def create_coupon(store: Store, params: Json) -> Json:
    if params.get("id") in store.objects:
        raise Refusal("Coupon already exists.", code="resource_already_exists", param="id")
    if ("amount_off" in params) == ("percent_off" in params):
        raise Refusal("Received both or neither of amount_off and percent_off.", param="amount_off")
    if (params.get("duration") == "repeating") != ("duration_in_months" in params):
        raise Refusal("duration_in_months belongs to the duration `repeating`.", param="duration_in_months")
    plain = {"currency": None, "duration_in_months": None, "redeem_by": None, "amount_off": None, "percent_off": None, "duration": "once"}
    return store.make("coupon", **{**plain, **params})


@route("POST", "/v1/promotion_codes", P.PromotionCodeCreateParams)
def create_promotion(store: Store, params: Json) -> Json:
    store.find("coupon", params["promotion"]["coupon"])
    if _active(store, params["code"]) is not None:
        raise Refusal("An active promotion code with `code` already exists.", param="code")
    restrictions = {"first_time_transaction": False, "minimum_amount": None, "minimum_amount_currency": None} | params.get(
        "restrictions", {}
    )
    return store.make("promotion_code", **{"expires_at": None, "metadata": {}, **params, "restrictions": restrictions, "active": True})


@route("POST", "/v1/promotion_codes/<id>", P.PromotionCodeUpdateParams)
def update_promotion(store: Store, params: Json, key: str) -> Json:
    found = store.find("promotion_code", key)
    found.update(params)
    return found


@route("GET", "/v1/promotion_codes", P.PromotionCodeListParams)
def list_promotions(store: Store, params: Json) -> Json:
    rows = [one for one in store.all("promotion_code") if one["active"] is params.get("active", one["active"])]
    return listed([one for one in rows if one["code"] == params.get("code", one["code"])], params, "/v1/promotion_codes")


def _active(store: Store, code: str) -> Json | None:
    return next((one for one in store.all("promotion_code") if one["active"] and one["code"].lower() == code.lower()), None)


def redeem(store: Store, customer: str, *, key: str = "", code: str = "") -> Json:
    """The discount that a promotion code brings a customer, or a refusal."""
    found = store.find("promotion_code", key) if key else _active(store, code)
    if found is None or not found["active"] or (found["expires_at"] or store.now) < store.now:
        raise Refusal("This promotion code is invalid or has expired.", code="promotion_code_invalid", param="promotion_code")
    paid = any(one["customer"] == customer and one["status"] == "paid" for one in store.all("invoice"))
    if found["restrictions"]["first_time_transaction"] and paid:
        raise Refusal("This promotion code is for first-time customers.", code="customer_has_prior_transactions", param="promotion_code")
    coupon = store.find("coupon", found["promotion"]["coupon"])
    end = None
    if coupon["duration"] == "repeating":
        end = int((datetime.fromtimestamp(store.now, UTC) + relativedelta(months=coupon["duration_in_months"])).timestamp())
    source = {"coupon": coupon["id"], "type": "coupon"}
    return store.make("discount", customer=customer, promotion_code=found["id"], start=store.now, end=end, source=source)


def off(store: Store, discount: Json | None, amount: int) -> int:
    """What a discount takes off an amount."""
    if discount is None or amount <= 0:
        return 0
    coupon = store.find("coupon", discount["source"]["coupon"])
    return min(coupon["amount_off"], amount) if coupon["amount_off"] else round(amount * coupon["percent_off"] / 100)


def holds(store: Store, discount: Json | None, *, used: bool) -> bool:
    """Whether it also counts for an invoice of now."""
    if discount is None:
        return False
    once = store.find("coupon", discount["source"]["coupon"])["duration"] == "once"
    return not (used if once else discount["end"] is not None and discount["end"] <= store.now)


fetch("coupon", "coupons", P.CouponRetrieveParams)
