"""Subscriptions: periods, trials, changes in the middle of one, and their end."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from tests.billing.stripe_server import money, promotions, schedules, usage
from tests.billing.stripe_server.checking import Refusal
from tests.billing.stripe_server.money import OK
from tests.billing.stripe_server.store import Json, Store

BLANK = {
    "cancel_at": None, "canceled_at": None, "ended_at": None, "cancel_at_period_end": False, "pending_update": None, "pause_collection": None,
    "trial_end": None, "trial_start": None, "latest_invoice": None, "discounts": [], "next_pending_invoice_item_invoice": None, "billing_schedules": None,
    "pending_invoice_item_interval": None, "transfer_data": None, "billing_thresholds": None, "managed_payments": None,
}  # fmt: skip


def start(store: Store, customer: str, wanted: list[Json], method: Json, data: Json, discount: Json | None) -> Json:
    """A subscription after its first payment, or in its trial."""
    made = store.make("subscription", **{**BLANK, "customer": customer, "metadata": data.get("metadata", {}), "start_date": store.now})
    made["default_payment_method"], made["currency"], made["billing_cycle_anchor"] = method["id"], "cny", store.now
    made["_discount"], made["_used"], made["discounts"] = discount, False, [discount["id"]] if discount else []
    trial_end = data.get("trial_end")
    if trial_end is not None and trial_end < store.now + 48 * 3600:
        raise Refusal("The `trial_end` date has to be at least 2 days in the future.", param="subscription_data[trial_end]")
    made["status"], made["trial_end"] = ("trialing", trial_end) if trial_end else ("active", None)
    made["items"] = {"object": "list", "has_more": False, "url": f"/v1/subscription_items?subscription={made['id']}", "data": []}
    made["items"]["data"] = [item(store, made, one["price"], one.get("quantity")) for one in wanted]
    set_period(made, store.now, trial_end or following(made, store.now))
    store.emit("customer.subscription.created", made)
    lines = [] if trial_end else whole(store, made)
    paper = money.invoice(store, made, customer, lines, "subscription_create", taken_off(store, made))
    money.collect(store, paper, method | {"_later": OK})
    return made


def item(store: Store, of: Json, price: str, quantity: int | None) -> Json:
    found = store.find("price", price)
    plain = {"subscription": of["id"], "discounts": [], "metadata": {}, "billing_thresholds": None}
    made = store.make("subscription_item", price=found, **plain)
    made["quantity"] = quantity or 1
    if metered(made):
        del made["quantity"]  # there is none at Stripe either
    return made


def metered(one: Json) -> bool:
    return one["price"]["recurring"]["usage_type"] == "metered"


def licensed(items: list[Json]) -> list[Json]:
    return [one for one in items if not metered(one)]


def set_period(of: Json, start_: int, end: int) -> None:
    for one in of["items"]["data"]:
        one["current_period_start"], one["current_period_end"] = start_, end


def period(of: Json) -> tuple[int, int]:
    first = of["items"]["data"][0]
    return first["current_period_start"], first["current_period_end"]


def interval(of: Json) -> str:
    return of["items"]["data"][0]["price"]["recurring"]["interval"]


def following(of: Json, at: int) -> int:
    step = relativedelta(months=1) if interval(of) == "month" else relativedelta(years=1)
    return int((datetime.fromtimestamp(at, UTC) + step).timestamp())


def taken_off(store: Store, of: Json) -> Json | None:
    """The discount on the next invoice; one for once is used up by it."""
    found = of["_discount"] if promotions.holds(store, of["_discount"], used=of["_used"]) else None
    of["_used"] = True
    return found


def whole(store: Store, of: Json) -> list[Json]:
    start_, end = period(of)
    return [
        money.line(store, f"{one['quantity']} × {one['price']['nickname'] or one['price']['id']}", one["price"]["unit_amount"] * one["quantity"], one["quantity"], start_, end)
        for one in licensed(of["items"]["data"])
    ]  # fmt: skip


def beyond(store: Store, of: Json, start_: int, end: int) -> list[Json]:
    """What was used in a period that is over."""
    lines = []
    for one in of["items"]["data"]:
        if metered(one):
            count = usage.used(store, of["customer"], store.find("billing.meter", one["price"]["recurring"]["meter"]), start_, end)
            fen = round(count * Decimal(one["price"]["unit_amount_decimal"]))
            lines.append(money.line(store, f"{count} × {one['price']['lookup_key']}", fen, count, start_, end))
    return lines


# changes -------------------------------------------------------------------------------------------------------------
def changed_items(store: Store, of: Json, wanted: list[Json]) -> list[Json]:
    """The items as they will be."""
    found = {one["id"]: dict(one) for one in of["items"]["data"]}
    for one in wanted:
        if "id" not in one:
            fresh = item(store, of, one["price"], one.get("quantity"))
            found[fresh["id"]] = fresh
        elif one["id"] not in found:
            raise Refusal(f"No such subscription_item: '{one['id']}'", code="resource_missing", param="items")
        elif one.get("deleted"):
            del found[one["id"]]
        else:
            if "quantity" in one:
                found[one["id"]]["quantity"] = one["quantity"]
            if "price" in one:
                found[one["id"]]["price"] = store.find("price", one["price"])
    kinds = {one["price"]["recurring"]["interval"] for one in found.values()}
    if len(kinds) != 1:
        raise Refusal("All prices on a subscription must have the same `recurring.interval`.", param="items")
    return list(found.values())


def prorations(store: Store, of: Json, items: list[Json], at: int) -> tuple[list[Json], tuple[int, int]]:
    """What a change costs: the rest of the old is credited to the second; with another interval a new period begins."""
    start_, end = period(of)
    same = items[0]["price"]["recurring"]["interval"] == interval(of)
    after = (start_, end) if same else (at, following({"items": {"data": items}}, at))

    def part(items_: list[Json], sign: int, share: float, text: str, until: int) -> list[Json]:
        return [
            money.line(
                store,
                text % one["quantity"],
                sign * round(one["price"]["unit_amount"] * one["quantity"] * share),
                one["quantity"],
                at,
                until,
            )
            for one in licensed(items_)
        ]

    left = 0 if of["status"] == "trialing" else (end - at) / (end - start_)
    ahead = left if same else 1.0
    lines = part(of["items"]["data"], -1, left, "Unused time on %d ×", end) + part(items, 1, ahead, "Remaining time on %d ×", after[1])
    return lines, after


def change(store: Store, of: Json, params: Json) -> Json:
    """`subscriptions.update`."""
    if of["status"] in ("canceled", "incomplete_expired"):
        raise Refusal("A canceled subscription can only update its cancellation_details.", code="resource_missing")
    if "cancel_at_period_end" in params:
        if of["schedule"]:
            raise Refusal(
                f"The subscription is managed by the subscription schedule `{of['schedule']}`, and updating any cancelation behavior directly is not allowed."
            )
        of["cancel_at_period_end"] = params["cancel_at_period_end"]
        of["canceled_at"] = store.now if params["cancel_at_period_end"] else None
    if "items" in params:
        if of["schedule"]:
            raise NotImplementedError("What is changed at once is released from its schedule first: the phases would change it back.")
        if params.get("payment_behavior") != "pending_if_incomplete" or params.get("proration_behavior") != "always_invoice":
            raise NotImplementedError("Only changes that are invoiced at once and wait for their payment are spoken here.")
        items = changed_items(store, of, params["items"])
        lines, after = prorations(store, of, items, params.get("proration_date", store.now))
        paper = money.invoice(store, of, of["customer"], lines, "subscription_update")
        paper["_change"] = (items, after)
        if money.collect(store, paper, store.objects[of["default_payment_method"]]) == OK:
            apply(store, of, items, after)
            return of
        of["pending_update"] = {
            "billing_cycle_anchor": None,
            "expires_at": store.now + 23 * 3600,
            "subscription_items": items,
            "trial_end": None,
            "trial_from_plan": None,
        }
    store.emit("customer.subscription.updated", of)
    return of


def apply(store: Store, of: Json, items: list[Json], after: tuple[int, int]) -> None:
    """A change has been paid for."""
    pending, of["pending_update"] = of["pending_update"], None
    of["items"]["data"] = items
    set_period(of, *after)
    if pending:
        store.emit("customer.subscription.pending_update_applied", of)
    store.emit("customer.subscription.updated", of)


def enter(store: Store, of: Json, phase: Json) -> None:
    """A phase of a schedule begins: its items and discounts take the place of the subscription's."""
    of["items"]["data"] = [item(store, of, one["price"], one.get("quantity")) for one in phase["items"]]
    of["discounts"] = [one["discount"] for one in phase.get("discounts") or []]
    of["_discount"] = store.find("discount", of["discounts"][0]) if of["discounts"] else None


# time passes ---------------------------------------------------------------------------------------------------------
def tick(store: Store, of: Json) -> bool:
    """Take a subscription over its next end, if that has come."""
    pending = of["pending_update"]
    if pending and pending["expires_at"] <= store.now:
        of["pending_update"] = None
        money.void(store, store.objects[of["latest_invoice"]])
        store.emit("customer.subscription.pending_update_expired", of)
        return True
    end = period(of)[1]
    if of["status"] not in ("active", "trialing") or end > store.now:
        return False
    if of["cancel_at_period_end"]:
        of.update(status="canceled", ended_at=end)
        store.emit("customer.subscription.deleted", of)
        return True
    used = beyond(store, of, *period(of))
    phase = schedules.go_on(store, of, end) if of["schedule"] else None
    if phase:
        enter(store, of, phase)
    set_period(of, end, following(of, end))
    paper = money.invoice(store, of, of["customer"], [*whole(store, of), *used], "subscription_cycle", taken_off(store, of))
    of["status"] = "active" if money.collect(store, paper, store.objects[of["default_payment_method"]]) == OK else "past_due"
    store.emit("customer.subscription.updated", of)
    return True
