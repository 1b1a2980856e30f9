"""Colleagues talk about a document, and who is named hears of it."""

from __future__ import annotations

import pytest

from tests import trade
from tests.api import Api, Json


@pytest.fixture
def offer(api: Api) -> Json:
    return trade.quote(api)


def notes(document: Json) -> str:
    return f"/quoting/quotes/{document['id']}/notes/"


def test_who_is_mentioned_finds_it_in_the_inbox(api: Api, as_role, offer: Json):
    boss, other = as_role("General manager"), as_role("Sales manager")
    before = boss.get("/meta/")["unread"]
    api.post(notes(offer), {"text": "Please look at the discount", "mentions": [boss.member, boss.member]}, 201)
    (message,) = boss.get("/me/messages/?unread=1")["rows"][: boss.get("/meta/")["unread"] - before]
    assert message["text"] == "Please look at the discount"
    assert message["link"] == {"_key": "quoting.quote", "id": offer["id"]}
    assert offer["number"] in message["title"]
    assert not [row for row in other.get("/me/messages/")["rows"] if row["link"] == message["link"]]
    assert boss.post(f"/me/messages/{message['id']}/read/")["unread"] == before
    other.post(f"/me/messages/{message['id']}/read/")
    boss.post("/me/messages/read-all/")
    assert boss.get("/meta/")["unread"] == 0


@pytest.mark.parametrize("key", ["catalog.item", "organization.member", "inventory.warehouse", "finance.due"])
def test_a_mention_arrives_from_every_kind_of_document(api: Api, as_role, key: str):
    reader = as_role("General manager")
    if key == "finance.due":
        trade.order(api)
    document = api.rows(key, "limit=1") or [trade.item(api)]
    from tests.api import where

    api.post(f"{where(document[0])}notes/", {"text": f"about {key}", "mentions": [reader.member]}, 201)
    assert f"about {key}" in [row["text"] for row in reader.get("/me/messages/")["rows"]]


def test_a_note_stands_on_the_document_and_in_its_history(api: Api, offer: Json):
    api.post(notes(offer), {"text": "Called Mr Li", "mentions": []}, 201)
    (row,) = api.get(notes(offer))["rows"]
    assert (row["text"], row["by"]["id"]) == ("Called Mr Li", api.member)
    event = api.get(f"/quoting/quotes/{offer['id']}/events/")["rows"][0]
    assert (event["kind"], event["text"]) == ("note", "Called Mr Li")
    assert api.again(offer)["version"] == offer["version"]


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"text": ""}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": 5}, "text"),
        ({}, "text"),
        ({"text": "x", "mentions": [10**9]}, "mentions"),
        ({"text": "x", "mentions": "all"}, "mentions"),
        ({"text": "\0"}, "text"),
    ],
)
def test_a_note_that_cannot_be_is_refused(api: Api, offer: Json, sent: Json, path: str):
    assert api.post(notes(offer), sent, 422)["errors"][0]["path"] == path
    assert api.get(notes(offer))["rows"] == []


def test_a_file_hangs_on_the_document_and_is_read_by_who_may_see_it(api: Api, as_role, offer: Json):
    content = "图纸".encode()
    begun = api.post("/files/", {"name": "drawing 1.txt", "size": len(content), "type": "text/plain"}, 201)
    stored = api.client.put(begun["upload"]["url"], content, content_type="text/plain")
    assert stored.status_code == 200, stored.content
    api.post(f"/quoting/quotes/{offer['id']}/files/", {"file": begun["id"]}, 201)
    (row,) = api.get(f"/quoting/quotes/{offer['id']}/files/")["rows"]
    assert row["size"] == len(content)
    assert b"".join(api.client.get(row["url"]).streaming_content) == content
    reader, keeper = as_role("General manager"), as_role("Warehouse")
    assert b"".join(reader.client.get(row["url"]).streaming_content) == content
    assert keeper.client.get(row["url"]).status_code == 404
    assert api.get(f"/quoting/quotes/{offer['id']}/events/")["rows"][0]["kind"] == "file"
    api.delete(f"/quoting/quotes/{offer['id']}/files/{begun['id']}/")
    assert api.get(f"/quoting/quotes/{offer['id']}/files/")["rows"] == []


@pytest.mark.parametrize("name", ["virus.exe", "page.html", "a.svg", "..\\..\\run.BAT", "x/../y.js"])
def test_a_dangerous_file_is_not_taken(api: Api, name: str):
    assert api.post("/files/", {"name": name, "size": 3, "type": "text/plain"}, 422)["code"] == "file_kind"


@pytest.mark.parametrize("size", [0, -1, 50 * 2**20 + 1])
def test_a_file_of_no_or_too_great_size_is_not_taken(api: Api, size: int):
    assert api.post("/files/", {"name": "a.txt", "size": size, "type": "text/plain"}, 413)["code"] == "file_size"


def test_a_file_that_arrives_shortened_is_refused(api: Api):
    begun = api.post("/files/", {"name": "a.txt", "size": 5, "type": "text/plain"}, 201)
    assert api.client.put(begun["upload"]["url"], b"abc", content_type="text/plain").status_code == 422
