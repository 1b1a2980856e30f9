"""Printed forms that a company puts together itself: what stands on them, for whom, and what is refused."""

from __future__ import annotations

import io
import zlib
from decimal import Decimal

import pypdf
import pytest

from kernel import registry
from kernel.printing.capitals import capitals
from tests.api import Api
from tests.kernel.sheets import colleague
from tests.kernel.test_printing import offer, printed

__all__ = ["offer"]

DESIGN = [
    {"kind": "facts", "title": "To", "fields": ["number", "customer", "owner"], "columns": 2},
    {"kind": "lines", "title": "Scope", "lines": "lines", "columns": ["description", "quantity", "amount"]},
    {"kind": "sums", "fields": ["net_total", "tax_total", "total"], "capitals": "total"},
    {"kind": "text", "title": "Terms", "text": "Offer {number} for {customer.name}, valid until {valid_until}."},
    {"kind": "break"},
    {"kind": "signatures", "names": ["Seller", "Buyer"]},
]


def test_a_company_designs_a_form_of_its_own(api: Api, offer: dict):
    made = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Short offer", "blocks": DESIGN})
    prints = api.get("/meta/quoting/quotes/")["prints"]
    assert prints[0] == {"key": f"own-{made['id']}", "label": "Short offer", "ways": ["docx", "xlsx"]}
    text, pages = printed(api, offer, f"?template=own-{made['id']}", language="en")
    assert pages == 2
    for part in ("Shortoffer", "Scope", f"Offer{offer['number']}for{offer['customer']['label']}", "Buyer"):
        assert part.replace(" ", "") in text
    api.change(made, {"active": False})
    assert all(one["key"] != f"own-{made['id']}" for one in api.get("/meta/quoting/quotes/")["prints"])


def test_every_kind_of_document_can_be_printed_with_a_form_to_begin_with(full: Api):
    for resource in registry.everything().values():
        if not resource.platform and resource.menu:
            tried = full.post("/print-templates/try/", {"resource": resource.key})
            assert tried["blocks"], resource.key
            assert tried["pages"] or tried["document"] is None, resource.key
            if resource.key == "quoting.quote":
                (lines,) = [block["columns"] for block in tried["blocks"] if block["kind"] == "lines"]
                (sums,) = [block["fields"] for block in tried["blocks"] if block["kind"] == "sums"]
                assert lines[-1] == "amount" and sums == ["net_total", "tax_total", "total"], "no cost goes to a customer unasked"


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ({"kind": "magic"}, "choose what it shows"),
        ({"kind": "facts", "fields": ["colour"]}, "no field colour"),
        ({"kind": "lines", "lines": "parts", "columns": ["item"]}, "which lines"),
        ({"kind": "lines", "lines": "lines", "columns": []}, "at least one column"),
        ({"kind": "text", "text": "Dear {nobody}"}, "no field nobody"),
        ({"kind": "text", "text": "x" * 5000}, "too long"),
    ],
)
def test_a_block_that_cannot_be_printed_is_refused(api: Api, block: dict, why: str):
    told = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Wrong", "blocks": [DESIGN[0], block]}, 422)
    assert [error["path"] for error in told["errors"]] == ["blocks.1"]
    assert why in told["errors"][0]["detail"]


def test_what_is_hidden_from_somebody_is_not_on_their_paper(api: Api, offer: dict):
    made = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Masked", "blocks": DESIGN})
    blind = colleague(api, {"*": {"*": "all"}}, {"quoting.quote": {"total": "hide"}})
    amount = f"{Decimal(offer['total']):,.2f}"
    assert amount in printed(api, offer, f"?template=own-{made['id']}")[0]
    text, _pages = printed(blind, offer, f"?template=own-{made['id']}")
    assert amount not in text
    assert capitals(Decimal(offer["total"])) not in text


# the company's seal ---------------------------------------------------------------------------------------------------
def red_square() -> bytes:
    """A picture of 2 × 2 red points, written as PNG by hand."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = zlib.compress((b"\x00" + b"\xc8\x10\x2e" * 2) * 2)
    head = (2).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def pictures(content: bytes) -> list[int]:
    """How many pictures stand on each page of a PDF."""
    return [len(page.images) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_the_seal_is_printed_where_the_form_and_the_state_allow_it(api: Api, offer: dict):
    url, seal = f"/quoting/quotes/{offer['id']}/print/", {"states": ["sent"], "signature": 2, "size": 42}
    plain = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Plain", "blocks": DESIGN})
    made = api.create(
        "kernel.printtemplate", {"resource": "quoting.quote", "name": "Sealed", "blocks": DESIGN, "seal": seal, "position": 1}
    )
    ready = api.create(
        "kernel.printtemplate",
        {"resource": "quoting.quote", "name": "Ready", "blocks": [{"kind": "ready", "form": "default"}], "seal": seal, "position": 2},
    )
    sealed = {one["key"] for one in api.get("/meta/quoting/quotes/")["prints"] if one.get("seal") == ["sent"]}
    assert sealed == {f"own-{made['id']}", f"own-{ready['id']}"}
    assert api.get(f"{url}?seal=1&template=own-{plain['id']}", 409)["code"] == "no_seal"
    told = api.get(f"{url}?seal=1&template=own-{made['id']}", 409)
    assert told["code"] == "wrong_state" and "Sent" in told["detail"]
    api.act(offer, "send")
    assert api.get(f"{url}?seal=1&template=own-{made['id']}", 409)["code"] == "no_seal", "the company has none yet"
    company = f"/api/v1/organization/companies/{api.rows('organization.company', 'sort=id')[0]['id']}/seal/"
    assert api.client.put(company, b"GIF89a", content_type="image/png").status_code == 422
    assert api.client.put(company, red_square(), content_type="image/png").status_code == 204
    assert api.client.get(company).content == red_square()
    assert pictures(api.get(f"{url}?seal=1&template=own-{made['id']}")) == [0, 1]
    assert pictures(api.get(f"{url}?template=own-{made['id']}")) == [0, 0]
    assert pictures(api.get(f"{url}?seal=1&template=own-{ready['id']}"))[-1] == 1
    river = api.get(f"/quoting/quotes/{offer['id']}/events/")["rows"]
    assert [row["text"] for row in river if row["verb"] == "sealed"] == ["Ready", "Sealed"]
    clerk = colleague(api, {"quoting.quote": {"read": "all", "print": "all"}})
    clerk.get(f"{url}?template=own-{made['id']}")
    assert clerk.get(f"{url}?seal=1&template=own-{made['id']}", 403)["code"] == "forbidden"
    assert not any("seal" in one for one in clerk.get("/meta/quoting/quotes/")["prints"])
    assert clerk.client.get(company).status_code == 403
    assert api.client.delete(company).status_code == 204
    assert api.get(f"{url}?seal=1&template=own-{made['id']}", 409)["code"] == "no_seal"


@pytest.mark.parametrize(
    "seal", [[], {"states": []}, {"states": ["sold"]}, {"states": ["sent"], "size": 500}, {"states": ["sent"], "x": 1}]
)
def test_a_seal_that_could_not_be_placed_is_refused(api: Api, seal: object):
    told = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Odd", "blocks": DESIGN, "seal": seal}, 422)
    assert told["errors"][0]["path"] == "seal"
