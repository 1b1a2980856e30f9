"""Meters: use is told as events, added up, and charged by metered prices."""

from __future__ import annotations

from stripe.params import billing

from tests.billing.stripe_server.checking import Refusal
from tests.billing.stripe_server.routes import route
from tests.billing.stripe_server.store import Json, Store, listed

MINUTE, DAY = 60, 24 * 3600


@route("POST", "/v1/billing/meters", billing.MeterCreateParams)
def create_meter(store: Store, params: Json) -> Json:
    if any(one["event_name"] == params["event_name"] for one in store.all("billing.meter")):
        raise Refusal("An active meter with this event_name already exists.", param="event_name")
    mapping = {"event_payload_key": "stripe_customer_id", "type": "by_id"}
    return store.make("billing.meter", **{"customer_mapping": mapping, "value_settings": {"event_payload_key": "value"}, **params})


@route("GET", "/v1/billing/meters", billing.MeterListParams)
def list_meters(store: Store, params: Json) -> Json:
    return listed(store.all("billing.meter"), params, "/v1/billing/meters")


@route("POST", "/v1/billing/meter_events", billing.MeterEventCreateParams)
def take_event(store: Store, params: Json) -> Json:
    at = params.get("timestamp", store.now)
    if not store.now - 35 * DAY <= at <= store.now + 5 * MINUTE:
        raise Refusal("timestamp must be within the past 35 days or up to 5 minutes in the future.", param="timestamp")
    store.find("customer", params["payload"]["stripe_customer_id"])
    known = [one for one in store.all("billing.meter_event") if one["identifier"] == params.get("identifier")]
    if any(one["created"] > store.now - DAY for one in known):
        raise Refusal(f"An event already exists with identifier {params['identifier']}.", param="identifier")
    return store.make("billing.meter_event", **{**params, "timestamp": at})


@route("GET", "/v1/billing/meters/<id>/event_summaries", billing.MeterListEventSummariesParams)
def summaries(store: Store, params: Json, key: str) -> Json:
    if params["start_time"] % MINUTE or params["end_time"] % MINUTE:
        raise Refusal("Times must be aligned with minute boundaries.", param="start_time")
    total = used(store, params["customer"], store.find("billing.meter", key), params["start_time"], params["end_time"])
    made = store.make("billing.meter_event_summary", meter=key, aggregated_value=total, start_time=params["start_time"])
    return listed([made], params, f"/v1/billing/meters/{key}/event_summaries")


def used(store: Store, customer: str, meter: Json, start: int, end: int) -> int:
    """What a customer has used between two instants."""
    told = [one for one in store.all("billing.meter_event") if one["event_name"] == meter["event_name"] and start <= one["timestamp"] < end]
    return sum(int(one["payload"]["value"]) for one in told if one["payload"]["stripe_customer_id"] == customer)
