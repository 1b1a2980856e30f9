"""The Stripe of our tests keeps Stripe's rules, so that a test cannot pass by a request that Stripe would refuse."""

from __future__ import annotations

import pytest
import stripe as sdk

from tests.billing.stripe_server import StripeServer
from tests.billing.stripe_server.server import KEY


@pytest.fixture
def client(stripe: StripeServer) -> sdk.StripeClient:
    return sdk.StripeClient(KEY, base_addresses={"api": stripe.address})


def test_an_unknown_parameter_is_refused(client: sdk.StripeClient):
    with pytest.raises(sdk.InvalidRequestError) as refused:
        client.v1.customers.create({"name": "A", "nickname": "B"})  # type: ignore[typeddict-unknown-key]
    assert (refused.value.code, refused.value.param, refused.value.http_status) == ("parameter_unknown", "nickname", 400)


def test_an_unknown_parameter_deep_inside_is_refused(client: sdk.StripeClient):
    customer = client.v1.customers.create({"name": "A"}).id
    line = {"price_data": {"currency": "cny", "unit_amount": 100, "product_data": {"nam": "x"}}, "quantity": 1}
    with pytest.raises(sdk.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create({"customer": customer, "mode": "payment", "line_items": [line]})  # type: ignore[list-item]
    assert refused.value.param == "line_items[0][price_data][product_data][nam]"


def test_a_value_that_is_none_of_the_named_ones_is_refused(client: sdk.StripeClient):
    with pytest.raises(sdk.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create({"mode": "prepaid"})
    assert refused.value.code == "parameter_invalid"


def test_a_missing_parameter_is_refused(client: sdk.StripeClient):
    with pytest.raises(sdk.InvalidRequestError) as refused:
        client.v1.prices.create({"product": "prod_1"})  # type: ignore[typeddict-item]
    assert (refused.value.code, refused.value.param) == ("parameter_missing", "currency")


def test_a_parameter_of_an_earlier_version_is_refused(client: sdk.StripeClient):
    """`payment_method_types` is no parameter of Checkout any more."""
    with pytest.raises(sdk.InvalidRequestError, match="unknown parameter"):
        client.v1.checkout.sessions.create({"mode": "payment", "payment_method_types": ["alipay"]})  # type: ignore[typeddict-unknown-key]


def test_a_key_used_again_repeats_the_answer_or_is_refused(client: sdk.StripeClient, stripe: StripeServer):
    first = client.v1.customers.create({"name": "A"}, {"idempotency_key": "one"})
    assert client.v1.customers.create({"name": "A"}, {"idempotency_key": "one"}).id == first.id
    assert len(stripe.store.all("customer")) == 1
    with pytest.raises(sdk.IdempotencyError):
        client.v1.customers.create({"name": "B"}, {"idempotency_key": "one"})


def test_a_wrong_api_key_and_an_unknown_object_are_refused(client: sdk.StripeClient, stripe: StripeServer):
    with pytest.raises(sdk.AuthenticationError):
        sdk.StripeClient("sk_test_other", base_addresses={"api": stripe.address}).v1.customers.create({"name": "A"})
    with pytest.raises(sdk.InvalidRequestError) as refused:
        client.v1.subscriptions.retrieve("sub_nobody")
    assert (refused.value.code, refused.value.http_status) == ("resource_missing", 404)


def test_lists_are_read_page_by_page(client: sdk.StripeClient, stripe: StripeServer):
    for number in range(5):
        stripe.store.emit("customer.created", stripe.store.make("customer", name=str(number)))
    found = [one.id for one in client.v1.events.list({"limit": 2}).auto_paging_iter()]
    assert found == [one["id"] for one in reversed(stripe.store.events)]
