"""A contract goes out by mail and comes back signed, behind the same door as a quote (W-6.2.1)."""

from __future__ import annotations

import secrets

from django.core import mail as post_office

from tests import trade
from tests.api import Api, Json
from tests.quoting.test_link import SIGNATURE, mailed


def drafted(api: Api) -> Json:
    who = trade.customer(api, contacts=[{"name": "Li", "email": f"li@{secrets.token_hex(4)}.example"}])
    return trade.contract(api, {"item": trade.item(api)["id"]}, customer=who["id"])


def test_the_other_party_reads_asks_and_signs(api: Api):
    agreed = drafted(api)
    customer, link = mailed(api, agreed, message="For signature.")
    assert "For signature." in post_office.outbox[0].body and post_office.outbox[0].to[0].startswith("li@")
    seen = customer.get(link)
    assert (seen["what"], seen["standing"], seen["total"], len(seen["payment"])) == ("contract", "open", "1000.00", 3)
    assert not {"cost", "margin_rate", "level", "facts"} & set(seen)
    assert customer.ask("get", f"{link}paper/")[1].startswith(b"%PDF")
    assert [one["text"] for one in customer.post(f"{link}comment/", {"name": "Li", "text": "Which flange?"})["talk"]] == ["Which flange?"]
    assert customer.post(f"{link}decline/", {"name": "Li", "reason": "budget"}, 409)["code"] == "no_offer"
    told = customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE})
    assert (told["standing"], told["signed_by"]) == ("accepted", "Li")
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE}, 409)["code"] == "accepted"
    names = [row["name"] for row in api.get(f"/contracts/contracts/{agreed['id']}/files/")["rows"]]
    assert sorted(names) == sorted(["signature.png", f"{agreed['number']}.pdf"])
    (letter,) = api.get(f"/contracts/contracts/{agreed['id']}/letters/")["rows"]
    assert letter["opened_at"] and letter["talk"]
    again = api.again(agreed)
    assert api.change(again, {"title": "Other"}, 409)["code"] == "signed_by_them"
    api.act(again, "unsign", reason="Price")
    api.change(api.again(agreed), {"title": "Other"})
    assert customer.get(link)["standing"] == "superseded"


def test_what_was_changed_after_the_letter_is_not_signed(api: Api):
    agreed = drafted(api)
    customer, link = mailed(api, agreed)
    api.change(api.again(agreed), {"title": "Other"})
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE}, 409)["code"] == "superseded"


def test_a_signed_copy_that_comes_back_on_paper_is_noted(api: Api):
    agreed = drafted(api)
    api.refused(agreed, "unsign", "not_signed", reason="None")
    api.act(agreed, "countersign", name="Li")
    api.refused(agreed, "countersign", "signed_already", name="Wang")
    api.act(agreed, "sign")
