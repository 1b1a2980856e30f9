"""Subscription schedules: what a subscription becomes when its present period ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from stripe import params as P

from tests.billing.stripe_server.checking import Refusal
from tests.billing.stripe_server.routes import fetch, route

if TYPE_CHECKING:
    from tests.billing.stripe_server.store import Json, Store

BLANK = {
    "canceled_at": None,
    "completed_at": None,
    "released_at": None,
    "released_subscription": None,
    "metadata": {},
    "end_behavior": "release",
}
STEPS = {"month": relativedelta(months=1), "year": relativedelta(years=1)}


@route("POST", "/v1/subscription_schedules", P.SubscriptionScheduleCreateParams)
def create(store: Store, params: Json) -> Json:
    """From a subscription: one phase, its present period as it is."""
    if set(params) != {"from_subscription"}:
        raise Refusal("You cannot set other parameters if `from_subscription` is set.", param="from_subscription")
    of = store.find("subscription", params["from_subscription"])
    if of["schedule"]:
        raise Refusal("This subscription is already attached to a schedule.", param="from_subscription")
    first = of["items"]["data"][0]
    start, end = first["current_period_start"], first["current_period_end"]
    made = store.make("subscription_schedule", **BLANK, customer=of["customer"], subscription=of["id"], status="active")
    made["current_phase"] = {"start_date": start, "end_date": end}
    items = [{"price": one["price"]["id"], **({"quantity": one["quantity"]} if "quantity" in one else {})} for one in of["items"]["data"]]
    made["phases"] = [{**made["phases"][0], "items": items, "start_date": start, "end_date": end}]
    of["schedule"] = made["id"]
    store.emit("subscription_schedule.created", made)
    store.emit("customer.subscription.updated", of)
    return made


@route("POST", "/v1/subscription_schedules/<id>", P.SubscriptionScheduleUpdateParams)
def update(store: Store, params: Json, key: str) -> Json:
    found = _open(store, key)
    phases = [dict(phase) for phase in params["phases"]]
    if phases[0].get("start_date") != found["current_phase"]["start_date"]:
        raise Refusal("The first phase must be the present one, from the instant it began.", param="phases[0][start_date]")
    at = 0
    for number, phase in enumerate(phases):
        if ("end_date" in phase) == ("duration" in phase):
            raise Refusal("Give either `end_date` or `duration`.", param=f"phases[{number}][duration]")
        _check(store, phase, number)
        phase["start_date"] = phase.get("start_date", at)
        at = phase["end_date"] = phase.get("end_date") or _after(phase["start_date"], phase.pop("duration"))
    found.update(phases=phases, end_behavior=params.get("end_behavior", found["end_behavior"]))
    found["current_phase"]["end_date"] = phases[0]["end_date"]
    store.emit("subscription_schedule.updated", found)
    return found


def _check(store: Store, phase: Json, number: int) -> None:
    for one in phase["items"]:
        if store.find("price", one["price"])["recurring"]["meter"] and "quantity" in one:
            raise Refusal("You cannot specify a quantity for metered prices.", param=f"phases[{number}][items]")
    for one in phase.get("discounts") or []:
        store.find("discount", one["discount"])


def _after(start: int, duration: Json) -> int:
    return int((datetime.fromtimestamp(start, UTC) + STEPS[duration["interval"]] * duration["interval_count"]).timestamp())


@route("POST", "/v1/subscription_schedules/<id>/release", P.SubscriptionScheduleReleaseParams)
def release(store: Store, params: Json, key: str) -> Json:
    """The subscription goes on as it is."""
    found = _open(store, key)
    _let_go(store, found, "released")
    return found


def _open(store: Store, key: str) -> Json:
    found = store.find("subscription_schedule", key)
    if found["status"] not in ("active", "not_started"):
        raise Refusal(f"This schedule is {found['status']} and cannot be changed any more.")
    return found


def _let_go(store: Store, found: Json, how: str) -> None:
    of = store.find("subscription", found["subscription"])
    of["schedule"] = None
    found.update(status=how, subscription=None, released_subscription=of["id"], current_phase=None, released_at=store.now)
    store.emit(f"subscription_schedule.{how}", found)
    store.emit("customer.subscription.updated", of)


def go_on(store: Store, of: Json, at: int) -> Json | None:
    """A phase has ended: the one that begins; after the last the subscription is released."""
    found = store.find("subscription_schedule", of["schedule"])
    phase = next((one for one in found["phases"] if one["start_date"] == at), None)
    if phase is None:
        if at >= found["phases"][-1]["end_date"]:
            _let_go(store, found, "released")
        return None
    found["current_phase"] = {"start_date": at, "end_date": phase["end_date"]}
    store.emit("subscription_schedule.updated", found)
    return phase


fetch("subscription_schedule", "subscription_schedules", P.SubscriptionScheduleRetrieveParams)
