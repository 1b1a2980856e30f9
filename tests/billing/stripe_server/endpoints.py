"""The endpoints that the product uses: what each takes (the SDK's own types) and what it does."""

from __future__ import annotations

import secrets
from decimal import Decimal

from stripe import params as P
from stripe.params import billing_portal, checkout

from tests.billing.stripe_server import promotions, subscriptions
from tests.billing.stripe_server.checking import Refusal
from tests.billing.stripe_server.routes import fetch, route
from tests.billing.stripe_server.store import Json, Store, listed

CUSTOMER = {"discount": None, "balance": 0, "currency": None, "shipping": None}
SESSION = {
    "after_expiration": None, "consent": None, "consent_collection": None, "currency_conversion": None, "invoice_creation": None, "shipping_cost": None,
    "shipping_address_collection": None, "collected_information": None, "custom_fields": [], "payment_intent": None, "subscription": None, "invoice": None,
    "managed_payments": None, "discounts": [], "recovered_from": None, "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
}  # fmt: skip


@route("POST", "/v1/customers", P.CustomerCreateParams)
def create_customer(store: Store, params: Json) -> Json:
    made = store.make("customer", **{**CUSTOMER, **params})
    made["invoice_prefix"] = secrets.token_hex(4).upper()
    return made


@route("POST", "/v1/products", P.ProductCreateParams)
def create_product(store: Store, params: Json) -> Json:
    return store.make("product", **{"description": None, "default_price": None, "package_dimensions": None, **params})


@route("POST", "/v1/prices", P.PriceCreateParams)
def create_price(store: Store, params: Json) -> Json:
    store.find("product", params["product"])
    if any(one["lookup_key"] == params.get("lookup_key") for one in store.all("price") if params.get("lookup_key")):
        raise Refusal("A price already uses that lookup key.", param="lookup_key")
    recurring = {"interval_count": 1, "meter": None, "usage_type": "licensed", "trial_period_days": None, **params.get("recurring", {})}
    if (recurring["usage_type"] == "metered") != bool(recurring["meter"]):
        raise Refusal("A metered price has a meter, and no other has.", param="recurring[meter]")
    if recurring["meter"]:
        store.find("billing.meter", recurring["meter"])
    amount = Decimal(params.get("unit_amount_decimal", params.get("unit_amount", 0)))
    whole = int(amount) if amount == int(amount) else None
    told = {"unit_amount": whole, "unit_amount_decimal": str(amount), "custom_unit_amount": None, "transform_quantity": None}
    return store.make("price", **{**params, **told, "recurring": recurring})


@route("GET", "/v1/prices", P.PriceListParams)
def list_prices(store: Store, params: Json) -> Json:
    keys = params.get("lookup_keys")
    return listed([one for one in store.all("price") if keys is None or one["lookup_key"] in keys], params, "/v1/prices")


@route("POST", "/v1/checkout/sessions", checkout.SessionCreateParams)
def create_session(store: Store, params: Json) -> Json:
    store.find("customer", params["customer"])
    mode, wanted = params["mode"], params["line_items"]
    if (
        "wechat_pay" in params.get("allowed_payment_method_types", [])
        and params.get("payment_method_options", {}).get("wechat_pay", {}).get("client") != "web"
    ):
        raise Refusal("payment_method_options[wechat_pay][client] is required.", param="payment_method_options[wechat_pay][client]")
    if mode == "subscription" and set(params.get("allowed_payment_method_types", ["card"])) != {"card"}:
        raise Refusal("This payment method cannot be used in subscription mode.", param="allowed_payment_method_types")
    if mode == "payment" and "subscription_data" in params:
        raise Refusal("You can not pass `subscription_data` in `payment` mode.", param="subscription_data")
    if params.get("discounts") and "allow_promotion_codes" in params:
        raise Refusal("You may only specify one of these parameters: allow_promotion_codes, discounts.", param="discounts")
    amount = sum(_amount(store, one) for one in wanted)
    discount = next((promotions.redeem(store, params["customer"], key=one["promotion_code"]) for one in params.get("discounts", [])), None)
    total = amount - promotions.off(store, discount, amount)
    shown = {name: params[name] for name in ("customer", "mode", "success_url", "cancel_url", "client_reference_id", "locale")}
    made = store.make(
        "checkout.session", **SESSION, **shown, currency="cny", amount_subtotal=amount, amount_total=total, status="open", payment_status="unpaid",
        payment_method_types=params.get("allowed_payment_method_types", ["card"]), expires_at=store.now + 86400, _items=wanted, _discount=discount,
        _data=params.get("subscription_data", {}), allow_promotion_codes=params.get("allow_promotion_codes"), _intent=params.get("payment_intent_data", {}).get("metadata", {}), metadata=params.get("metadata", {}),
    )  # fmt: skip
    made["url"] = f"https://checkout.stripe.com/c/pay/{made['id']}"
    return made


def _amount(store: Store, one: Json) -> int:
    price = one["price_data"] if "price_data" in one else store.find("price", one["price"])
    if price.get("recurring", {}).get("meter"):
        if "quantity" in one:
            raise Refusal("You cannot specify a quantity for metered prices.", param="line_items[quantity]")
        return 0
    return int(price["unit_amount"]) * int(one.get("quantity", 1))


@route("POST", "/v1/checkout/sessions/<id>/expire", checkout.SessionExpireParams)
def expire_session(store: Store, params: Json, key: str) -> Json:
    page = store.find("checkout.session", key)
    if page["status"] != "open":
        raise Refusal('Only Checkout Sessions with a status in ["open"] can be expired.')
    page.update(status="expired", url=None)
    store.emit("checkout.session.expired", page)
    return page


@route("POST", "/v1/billing_portal/sessions", billing_portal.SessionCreateParams)
def open_portal(store: Store, params: Json) -> Json:
    store.find("customer", params["customer"])
    made = store.make("billing_portal.session", **{"flow": None, "locale": None, **params})
    made["url"] = f"https://billing.stripe.com/p/session/{made['id']}"
    return made


@route("POST", "/v1/subscriptions/<id>", P.SubscriptionUpdateParams)
def update_subscription(store: Store, params: Json, key: str) -> Json:
    return subscriptions.change(store, store.find("subscription", key), params)


@route("GET", "/v1/subscriptions", P.SubscriptionListParams)
def list_subscriptions(store: Store, params: Json) -> Json:
    rows = [one for one in store.all("subscription") if one["customer"] == params.get("customer", one["customer"])]
    if params.get("status") != "all":
        rows = [one for one in rows if one["status"] == params.get("status", one["status"]) and one["status"] != "canceled"]
    return listed([store.public(one) for one in rows], params, "/v1/subscriptions")


@route("POST", "/v1/invoices/create_preview", P.InvoiceCreatePreviewParams)
def preview_invoice(store: Store, params: Json) -> Json:
    of, details = store.find("subscription", params["subscription"]), params["subscription_details"]
    lines, _after = subscriptions.prorations(store, of, subscriptions.changed_items(store, of, details["items"]), details["proration_date"])
    total = sum(line["amount"] for line in lines)
    shown = store.make(
        "invoice", status="draft", customer=of["customer"], currency="cny", total=total, subtotal=total, amount_due=max(total, 0)
    )
    shown["lines"] = {"object": "list", "has_more": False, "url": "/v1/invoices/upcoming/lines", "data": lines}
    del store.objects[shown["id"]]
    return shown


@route("GET", "/v1/invoices", P.InvoiceListParams)
def list_invoices(store: Store, params: Json) -> Json:
    rows = [store.public(one) for one in store.all("invoice") if one["customer"] == params.get("customer", one["customer"])]
    return listed(rows, params, "/v1/invoices")


@route("GET", "/v1/events", P.EventListParams)
def list_events(store: Store, params: Json) -> Json:
    since, kinds = params.get("created", {}).get("gte", 0), params.get("types")
    rows = [one for one in reversed(store.events) if one["created"] >= since and (kinds is None or one["type"] in kinds)]
    return listed(rows, params, "/v1/events")


fetch("product", "products", P.ProductRetrieveParams)
fetch("checkout.session", "checkout/sessions", checkout.SessionRetrieveParams)
fetch("subscription", "subscriptions", P.SubscriptionRetrieveParams)
fetch("invoice", "invoices", P.InvoiceRetrieveParams)
fetch("payment_intent", "payment_intents", P.PaymentIntentRetrieveParams)
