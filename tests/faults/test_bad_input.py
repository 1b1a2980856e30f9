"""Whatever is sent: a clear refusal in one form (RFC 9457), never a fault, and nothing written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests import trade
from tests.api import Api, Json
from tests.founding import browser

QUOTES = "/api/v1/quoting/quotes/"


@pytest.fixture(scope="module")
def offer(api: Api) -> Json:
    return trade.quote(api)


@pytest.fixture
def unchanged(api: Api, offer: Json):
    """What was sent leaves everything as it was."""
    before = (api.again(offer), api.get("/quoting/quotes/?count=1")["count"])
    yield
    assert (api.again(offer), api.get("/quoting/quotes/?count=1")["count"]) == before


def send(api: Api, body: bytes, path: str = QUOTES, kind: str = "application/json", method: str = "POST") -> tuple[int, Json]:
    answer = api.client.generic(method, path, body, content_type=kind)
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content[:300]
    told = json.loads(answer.content)
    assert told["status"] == answer.status_code and told["detail"] and told["code"] and told["title"]
    return answer.status_code, told


# bodies --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_json"),
        (b"nonsense", 400, "bad_json"),
        (b'{"title": "x",}', 400, "bad_json"),
        ('{"title": "宝钢"}'.encode("gb18030"), 400, "bad_json"),
        ('{"title": "宝钢"}'.encode("utf-16"), 400, "bad_json"),
        (b'\xef\xbb\xbf{"title": "x"}', 400, "bad_json"),
        (b'{"title": "\\ud800"}', 400, "bad_json"),
        (b'{"title": NaN}', 400, "bad_json"),
        (b"[" * 100_000, 400, "bad_json"),
        (b"[]", 400, "bad_json"),
        (b'"quote"', 400, "bad_json"),
        (b"null", 400, "bad_json"),
        (b"1", 400, "bad_json"),
        (json.dumps({"title": "x" * 2**20}).encode(), 413, "too_large"),
        (b'{"title": "x"}' + b" " * 2**20, 413, "too_large"),
    ],
)
def test_a_body_that_is_no_object(api: Api, offer: Json, unchanged, *, body: bytes, status: int, code: str):
    single = f"{QUOTES}{offer['id']}/"
    for method, path in [
        ("POST", QUOTES),
        ("PATCH", single),
        ("POST", f"{single}send/"),
        ("POST", f"{QUOTES}preview/"),
        ("POST", f"{QUOTES}bulk/"),
    ]:
        found, told = send(api, body, path, method=method)
        assert (found, told["code"]) == (status, code), (method, path, told)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/octet-stream"])
def test_a_body_of_another_kind(api: Api, unchanged, kind: str):
    assert send(api, b"title=x", kind=kind)[0] == 415


WRONG: list[Any] = [
    "\0",
    "x" * 5000,
    "💥" * 300,
    [],
    {},
    [[[]]],
    {"id": "x"},
    {"id": {"id": 1}},
    True,
    -1,
    2**70,
    10**400,
    "1e999",
    "NaN",
    "Infinity",
    "-",
    "＋",
    "٣",
]
FIELDS = (
    "customer",
    "contact",
    "title",
    "quote_date",
    "valid_until",
    "delivery_days",
    "scheme",
    "warranty_months",
    "owner",
    "remark",
    "lines",
    "custom",
    "version",
)
LINE = ("id", "item", "description", "measure", "quantity", "unit_price", "discount", "tax_rate", "remark", "seq")


@pytest.mark.parametrize("name", FIELDS)
def test_any_value_in_any_field(api: Api, offer: Json, unchanged, name: str):
    """Refused with the field's path, or taken by the preview; a fault by none."""
    for value in WRONG:
        for method, path in (("post", "/quoting/quotes/"), ("patch", f"/quoting/quotes/{offer['id']}/")):
            known = {"title": "x" * 500} if method == "post" else {"version": 10**6}
            status, told = api.ask(method, path, {**known, name: value})
            assert status in (400, 409, 422), (value, told)
        assert api.ask("post", "/quoting/quotes/preview/", {name: value})[0] in (200, 400, 422), value


@pytest.mark.parametrize("name", LINE)
def test_any_value_in_any_field_of_a_line(api: Api, offer: Json, unchanged, name: str):
    item = offer["lines"][0]["item"]["id"]
    for value in WRONG:
        for lines in ([{"item": item, name: value}], [{"item": item, name: value}] * 2):
            given = {"customer": offer["customer"]["id"], "title": "x" * 500, "lines": lines}
            status, told = api.ask("post", "/quoting/quotes/", given)
            assert status in (400, 422), (value, told)
            assert api.ask("post", "/quoting/quotes/preview/", given)[0] in (200, 400, 422), value


def test_unknown_fields_are_named(api: Api, offer: Json, unchanged):
    told = api.create("quoting.quote", {"customer": offer["customer"]["id"], "colour": "red", "lines": [{"size": 5}]}, 422)
    assert {(error["path"], error["code"]) for error in told["errors"]} >= {("colour", "unknown_field"), ("lines.0.size", "unknown_field")}


def test_too_many_lines_are_refused(api: Api, offer: Json, unchanged):
    told = api.create("quoting.quote", {"customer": offer["customer"]["id"], "lines": [{}] * 2001}, 422)
    assert ("lines", "not_a_list") in [(error["path"], error["code"]) for error in told["errors"]]


@pytest.mark.parametrize("version", ["1", True, 1.5, [1], {}, "x"])
def test_a_version_is_a_whole_number(api: Api, offer: Json, unchanged, version: Any):
    assert api.patch(f"/quoting/quotes/{offer['id']}/", {"version": version, "title": "x"}, 400)["code"] == "bad_version"


@pytest.mark.parametrize("key", ["x" * 101, "\x00"])
def test_a_key_has_a_length(api: Api, unchanged, key: str):
    assert api.post("/quoting/quotes/", {}, 400, **{"Idempotency-Key": key})["code"] == "bad_key"


@pytest.mark.parametrize(
    "data", [{}, {"ids": 1, "verb": "send"}, {"ids": [1] * 2001, "verb": "send"}, {"ids": [], "verb": "explode"}, {"ids": [], "verb": 5}]
)
def test_a_bulk_that_makes_no_sense(api: Api, unchanged, data: Json):
    assert api.ask("post", "/quoting/quotes/bulk/", data)[0] in (400, 422)


# queries and addresses -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=1e3", "limit=501", "limit=x", "limit=٣", "cursor=x", "cursor=W10=", "cursor=bnVsbA==", "sort=--id", "sort=;drop",
        "customer=x", "customer=-1", "customer=9" * 5, "quote_date=soon", "quote_date__gte=2026-13-01", "total__gte=much", "total__lte=1e999",
        "state=nonsense", "state__isnull", "q__gte=1", "lines=1", "search_text=1", "custom=1", "custom.x=1", "number__contains=1", "customer__name=x",
        "columns=customer__name", "group=customer__name", "sum=number", "count=2&sum=x", "id__gte=1", "version=1&nonsense=2",
    ],
)  # fmt: skip
def test_a_query_that_makes_no_sense(api: Api, query: str):
    status, told = api.ask("get", f"/quoting/quotes/?{query}")
    assert status in (200, 400), told
    assert status == 200 or told["detail"]


@pytest.mark.parametrize("text", ["%00", "%25", "_", "%27%22%5C", "%F0%9F%92%A5", "%FF%FE", "x" * 3000, "%EF%BC%A1"])
def test_any_text_may_be_searched_for(api: Api, text: str):
    for path in ("/quoting/quotes/?q=", "/search/?q=", "/partners/partners/lookup/?q="):
        assert isinstance(api.get(f"{path}{text}")["rows"], list)


@pytest.mark.parametrize("pk", ["0", str(2**31), str(2**63 - 1), str(2**63), "9" * 40])
def test_a_number_nobody_has(api: Api, pk: str):
    for part in ("", "events/", "notes/", "files/", "print/"):
        assert api.get(f"/quoting/quotes/{pk}/{part}", status=404)["code"] == "not_found"
    assert api.post(f"/quoting/quotes/{pk}/send/", {}, 404)["code"] == "not_found"
    assert api.patch(f"/quoting/quotes/{pk}/", {}, 404)["code"] == "not_found"
    assert api.ask("get", f"/quoting/quotes/{pk}/events/?cursor={pk}")[0] == 404
    assert api.get(f"/quoting/quotes/?id={pk}")["rows"] == []


@pytest.mark.parametrize(
    "path", ["/nonsense/", "/quoting/nonsense/", "/quoting/quotes/1/nonsense/", "/quoting/quotes/x/", "/meta/x/y/", "/home/nonsense/"]
)
def test_an_address_that_is_none(api: Api, path: str):
    assert api.get(path, status=404)["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path"),
    [("put", "/quoting/quotes/"), ("delete", "/quoting/quotes/"), ("get", "/quoting/quotes/1/send/"), ("post", "/quoting/quotes/1/")],
)
def test_a_method_that_is_none(api: Api, method: str, path: str):
    status, told = api.ask(method, path, {} if method != "get" else None)
    assert (status, told["code"]) == (405, "method_not_allowed")


# who asks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("secret", ["Bearer", "Bearer ", "Bearer x", "bearer \x00", "Basic eDp5", "Token x", "Bearer mw_" + "x" * 5000])
def test_a_key_that_opens_nothing(api: Api, secret: str):
    nobody = Api(api.company, browser(api.company, HTTP_AUTHORIZATION=secret))
    told = nobody.get("/quoting/quotes/", status=401)
    assert told["code"] == "not_logged_in"


def test_a_change_without_the_token_of_our_own_page(api: Api, unchanged):
    strict = Client(enforce_csrf_checks=True, HTTP_HOST=f"{api.company.slug}.localhost:8000")
    strict.cookies = api.client.cookies
    answer = strict.post(QUOTES, {"title": "forged"}, content_type="application/json")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (403, "forbidden")
    token = json.loads(strict.get("/api/v1/session/").content)["csrf"]
    assert strict.post(f"{QUOTES}preview/", {}, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize("language", ["zz", "*", "x" * 5000, "en;q=abc", "zh-Hans-CN-u-co-pinyin"])
def test_any_language_may_be_asked_for(api: Api, language: str):
    assert api.get("/meta/", **{"Accept-Language": language})["company"]


@pytest.mark.parametrize("host", ["x" * 300, "a..b", "evil.example.com", "localhost:8000@evil", "-.localhost"])
def test_a_host_that_is_not_ours(host: str, product, django_db_blocker):
    with django_db_blocker.unblock():
        answer = Client(HTTP_HOST=host).get("/api/v1/meta/")
    assert answer.status_code in (400, 404)


# files ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": 5, "size": 1},
        {"name": "a", "size": "1"},
        {"name": "a", "size": True},
        {"name": "", "size": 1},
        {"name": "a\0b", "size": 10**20},
    ],
)
def test_an_upload_that_makes_no_sense(api: Api, data: Json):
    status, told = api.ask("post", "/files/", data)
    assert status in (201, 413, 422), told


@pytest.mark.parametrize("name", ["x" * 300, "x\0", "a/b:5"])
@pytest.mark.parametrize("value", [{"v": "\0"}, {"v": "x" * 400_000}, {"v": [[[]]]}])
def test_drafts_of_any_shape(api: Api, name: str, value: Json):
    path = "/me/drafts/" + name.replace("\0", "%00") + "/"
    status, told = api.ask("put", path, value)
    assert status in (204, 413, 422), told
