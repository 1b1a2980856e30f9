"""The key with which a receiver checks that news are ours: shown once, changed without an outage, worthless at once when it leaked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import date, timedelta

from kernel.models import Webhook
from tenants.context import tenant_context
from tests import trade
from tests.api import Api
from tests.founding import browser
from tests.kernel.receiver import Receiver, offer


def key_of(api: Api, made: dict) -> str:
    """The key, which is shown this once."""
    return api.post(f"/organization/webhooks/{made['id']}/key/")["key"]


def signs(key: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether a receiver who knows this key takes the message for ours."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.digest(base64.b64decode(key.removeprefix("whsec_")), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}" in headers["webhook-signature"].split(" ")


def test_the_receiver_can_check_who_it_was(hook, receiver: Receiver):
    api, made = hook
    offer(api)
    headers, body = receiver.got[0]
    assert signs(key_of(api, made), headers, body)
    assert headers["webhook-id"] == json.loads(body)["id"]


def test_the_key_is_shown_once(hook):
    api, made = hook
    where = f"/organization/webhooks/{made['id']}/key/"
    assert api.get(where) == {"shown_at": None, "former_until": None}
    key = key_of(api, made)
    assert api.post(where, status=409)["code"] == "key_shown"
    told = api.get(where)
    assert told["shown_at"] and key not in json.dumps(told)
    with tenant_context(api.company):
        assert key not in Webhook.objects.get(pk=made["id"]).secret


def test_a_new_key_signs_beside_the_former_for_a_day(hook, receiver: Receiver, on_day):
    api, made = hook
    former = key_of(api, made)
    api.act(api.again(made), "renew")
    offer(api)
    headers, body = receiver.got[0]
    assert signs(former, headers, body)
    assert api.get(f"/organization/webhooks/{made['id']}/key/")["former_until"]
    key = key_of(api, made)
    assert key != former and signs(key, headers, body)
    on_day(date.today() + timedelta(days=2))
    api.act(api.again(made), "test")
    headers, body = receiver.got[-1]
    assert signs(key, headers, body) and not signs(former, headers, body)
    assert api.get(f"/organization/webhooks/{made['id']}/key/")["former_until"] is None


def test_a_key_that_nobody_saw_does_not_push_out_the_one_that_receivers_know(hook, receiver: Receiver):
    api, made = hook
    known = key_of(api, made)
    for _again in range(2):
        api.act(api.again(made), "renew")
    api.act(api.again(made), "test")
    assert signs(known, *receiver.got[0])


def test_a_key_that_leaked_is_worth_nothing_at_once(hook, receiver: Receiver):
    api, made = hook
    leaked = key_of(api, made)
    renewed = api.act(api.again(made), "renew", at_once=True)["document"]
    api.act(api.again(made), "test")
    assert not signs(leaked, *receiver.got[0]) and signs(key_of(api, made), *receiver.got[0])
    assert "whsec" not in json.dumps([renewed, *api.get(f"/kernel/webhooks/{made['id']}/events/")["rows"]])


def test_only_who_may_change_it_sees_the_key_and_the_deliveries(hook):
    api, made = hook
    colleague = trade.join(api, "General manager")
    colleague.get(f"/kernel/webhooks/{made['id']}/")
    for part in ("key", "deliveries"):
        assert colleague.get(f"/organization/webhooks/{made['id']}/{part}/", status=403)["code"] == "forbidden"
    colleague.post(f"/organization/webhooks/{made['id']}/key/", status=403)
    assert api.get(f"/organization/webhooks/{made['id']}/key/")["shown_at"] is None


def test_a_program_does_not_see_the_key(hook):
    api, made = hook
    token = api.post("/me/tokens/", {"name": "shop"}, 201)["token"]
    program = Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {token}"))
    for method in ("get", "post"):
        assert program.ask(method, f"/organization/webhooks/{made['id']}/key/")[0] == 403
