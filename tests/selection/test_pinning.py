"""A table from draft to published: what is tried goes nowhere, what is offered or was stays as it was chosen (spec 2.2)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests import trade
from tests.api import Api

Json = dict[str, Any]
MADE = "/selection/configurations/"


def table(part: str, price: str) -> Json:
    base = {"weight": "900.5", "bom": [{"item": part, "quantity": "2"}]}
    values = [{"code": "1", "price": price}, {"code": "2", "price": "1500"}]
    return {"base": base, "code": {"prefix": "PIN", "parts": [{"option": "size"}]}, "options": [{"name": "size", "values": values}]}


def drafted(api: Api) -> Json:
    return api.create("selection.ruleset", {"name": trade.some("Pinned"), "table": table("PART-A", "1000")})


def published(api: Api, draft: Json) -> Json:
    return api.act(api.act(draft, "test")["document"], "publish")["document"]


def chosen(api: Api, of: Json, size: str = "1") -> Json:
    return {"rule_set": of["id"], "choices": {"size": size}}


def test_a_seller_chooses_with_published_tables_only(api: Api, as_role: Callable[..., Api]):
    seller, draft = as_role("Sales engineer"), drafted(api)
    for verb in ("test", "publish"):
        (told,) = seller.post(MADE, chosen(api, draft), 422)["errors"]
        assert (told["path"], told["code"]) == ("rule_set", "not_published")
        draft = api.act(api.again(draft), verb)["document"]
    made = seller.create("selection.configuration", chosen(api, draft))
    assert (made["state"], Decimal(made["list_price"])) == ("valid", Decimal(1000))


@pytest.mark.parametrize("key", ["quoting.quote", "contracts.contract"])
def test_what_was_tried_on_a_draft_does_not_go_out(api: Api, key: str):
    """PART-A for 1,000 is tried, PART-B for 9,000 is published: nobody is offered the one and gets the other."""
    draft, item = drafted(api), trade.item(api)["id"]
    tried = api.create("selection.configuration", chosen(api, draft))
    line = {"item": item, "configuration": tried["id"], "unit_price": "1000"}
    made = trade.quote(api, line) if key == "quoting.quote" else api.create(key, {"customer": trade.customer(api)["id"], "lines": [line]})
    verb = "send" if key == "quoting.quote" else "sign"
    told = api.refused(made, verb, "not_published")
    assert draft["name"] in told["detail"] and told["help"][0]["values"] == {"id": tried["id"]}
    now = published(api, api.change(draft, {"table": table("PART-B", "9000")}))
    api.refused(api.again(made), verb, "not_published")
    kept = api.change(api.again(tried), {"choices": tried["choices"]})
    assert (Decimal(tried["list_price"]), Decimal(kept["list_price"]), now["state"]) == (Decimal(1000), Decimal(9000), "published")
    assert api.act(api.again(made), verb)["document"]["state"] == ("sent" if verb == "send" else "executing")


def test_what_was_chosen_before_a_table_was_replaced_stays_and_nothing_new_is_chosen_with_it(api: Api):
    first = published(api, drafted(api))
    pinned = api.create("selection.configuration", chosen(api, first))
    quote = trade.quote(api, {"item": first["item"]["id"], "configuration": pinned["id"]})
    second = published(api, api.change(api.made(first, "revise", "selection.ruleset"), {"table": table("PART-B", "9000")}))
    told = api.post(MADE, chosen(api, first), 422)["errors"][0]
    assert (told["path"], told["code"]) == ("rule_set", "out_of_use") and f"{second['name']} v2" in told["detail"]
    assert api.change(pinned, {"choices": {"size": "2"}}, 422)["errors"][0]["code"] == "out_of_use"
    named = api.change(pinned, {"title": "For the laboratory"})
    assert (Decimal(named["list_price"]), named["state"]) == (Decimal(1000), "valid"), "a name is no choice"
    copied = api.made(quote, "copy", "quoting.quote")
    assert copied["lines"][0]["unit_price"] == "1000"
    sent = api.act(api.again(quote), "send")["document"]
    signed = api.act(api.made(sent, "accept", "contracts.contract"), "sign")["document"]
    (line,) = signed["lines"]
    (part,) = api.one("catalog.bom", f"item={line['item']['id']}")["lines"]
    assert (part["item"]["label"].split()[0], part["quantity"], line["unit_price"]) == ("PART-A", "2", "1000")
