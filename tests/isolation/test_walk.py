"""Every address that takes a number, and every way in that takes a name: what is another company's is nobody's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import URLPattern, get_resolver

from kernel import registry
from kernel.models import File
from kernel.resources import Resource
from kernel.specs import key_of
from tenants.context import tenant_context
from tests.api import PREFIX, Api, Json, at
from tests.kernel import examples
from tests.kernel.sheets import send, take, xlsx

EVERY = registry.everything()
IMPORTED = {key: resource for key, resource in EVERY.items() if resource.importable and resource.creatable}
METHODS = ("get", "post", "put", "patch", "delete")
FIRST, NOBODY = 731_000_000, 2**40
"""Numbers of the one company begin where the other has none, so that they can be told apart in an answer."""
COUNTERS = "SELECT setval(oid, %s) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'"
ALWAYS_DONE = {f"{PREFIX}/me/messages/<int:pk>/read/"}
"""What is answered with success even where there was nothing to do."""
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")
MADE_UP = "Nowhere at all 7319"


def addresses(patterns: Any = None, before: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address of the product with its view."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, getattr(one.callback, "view_class", None) or getattr(one.callback, "cls", None)
        else:
            yield from addresses(one.url_patterns, route)


NUMBERED = sorted(
    {(route, view) for route, view in addresses() if route.startswith(f"{PREFIX}/") and "<int:" in route}, key=lambda one: one[0]
)
"""With a number in it: documents of all kinds and what is around them, jobs, files, messages, and what apps added of their own."""
CALLS = [(route, method) for route, view in NUMBERED for method in METHODS if hasattr(view, method)]


def latest_of(api: Api) -> dict[str, Json]:
    return {key: api.rows(key, "sort=-id&limit=1")[0] for key in EVERY}


@pytest.fixture(scope="module")
def here(api: Api) -> Api:
    """The administrator of a company that has some of everything."""
    with tenant_context(api.company), connection.cursor() as cursor:
        cursor.execute(COUNTERS, [FIRST])
    examples.fill(api)
    for key in [key for key, row in latest_of(api).items() if row["id"] < FIRST and EVERY[key].creatable]:
        examples.create(EVERY[key], api)
    file = api.post("/files/", {"name": "plan.txt", "size": 3, "type": "text/plain"}, 201)
    api.client.put(file["upload"]["url"], b"abc", content_type="text/plain")
    api.post("/partners/partners/export/", {"format": "csv"}, 202)
    return api


@pytest.fixture(scope="module")
def latest(here: Api) -> dict[str, Json]:
    """The last document of every kind of which there may be more than one."""
    return {key: row for key, row in latest_of(here).items() if row["id"] > FIRST}


@pytest.fixture(scope="module")
def numbers(latest: dict[str, Json]) -> dict[str, list[int]]:
    """Numbers by the address of a kind of document, and of all kinds under ""."""
    assert len(latest) > len(EVERY) / 2
    return {f"{PREFIX}{at(key)}": [row["id"]] for key, row in latest.items()} | {"": sorted({row["id"] for row in latest.values()})[:5]}


def filled(route: str, number: int) -> str:
    return re.sub(r"<\w+:\w+>|<\w+>", "x", re.sub(r"<int:\w+>", str(number), route)).removeprefix(PREFIX)


@pytest.mark.parametrize(("route", "method"), CALLS, ids=[f"{method} {route}" for route, method in CALLS])
def test_a_number_of_another_company_is_nobody_at_every_address(here, there, numbers, route, method):
    for number in numbers.get(route.partition("<")[0], numbers[""]):
        data = None if method == "get" else {"version": 1}
        told = there.ask(method, filled(route, number), data)
        nothing = there.ask(method, filled(route, NOBODY), data)
        assert neutral(told, number) == neutral(nothing, NOBODY)
        assert told[0] in (400, 403, 404, 405, 409, 413, 415, 422) or route in ALWAYS_DONE, told


def neutral(answer: tuple[int, Any], number: int) -> tuple[int, str]:
    """An answer without the number that was asked for and the time of day."""
    status, body = answer
    text = body.decode(errors="replace") if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False)
    return status, INSTANT.sub("", text.replace(str(number), "#"))


def references(resource: Resource) -> list[tuple[str, str]]:
    """The fields that name another document, and which kind."""
    return [(name, key_of(resource.own[name].target)) for name in sorted(resource.writable) if resource.own[name].type == "ref"]


@pytest.mark.parametrize("key", IMPORTED)
def test_an_import_finds_nothing_of_another_company(here, there, latest, key):
    """A name that is known next door is as unknown as one made up."""
    for name, target in references(EVERY[key]):
        label = here.read(target, latest[target]["id"])["_label"] if target in latest else ""
        if len(label) < 6:
            continue  # a unit or a rate may well be called the same in both
        answers = []
        for text in (label, MADE_UP):
            answers.append(json.dumps(imported(there, key, name, text), ensure_ascii=False).replace(text, "#"))
        assert answers[0] == answers[1], (name, label)


def imported(api: Api, key: str, column: str, text: str) -> Any:
    """What a trial import of one cell comes to."""
    job = send(api, key, xlsx([[column], [text]]), dry_run="1")["job"]
    told = api.get(f"/jobs/{job['id']}/")
    return told["state"], told["message"], {name: value for name, value in (told["result"] or {}).items() if name != "file"}


@pytest.mark.parametrize("key", [key for key, resource in EVERY.items() if resource.creatable])
def test_a_preview_resolves_nothing_of_another_company(here, there, latest, key):
    for name, target in references(EVERY[key]):
        if target in latest:
            number = latest[target]["id"]
            told = there.ask("post", f"{at(key)}preview/", {name: number})
            nothing = there.ask("post", f"{at(key)}preview/", {name: NOBODY})
            assert neutral(told, number) == neutral(nothing, NOBODY), name


@pytest.mark.parametrize("key", [key for key, resource in EVERY.items() if resource.creatable])
def test_an_export_holds_nothing_of_another_company(here, there, latest, key):
    number, label = latest[key]["id"], here.read(key, latest[key]["id"])["_label"]
    assert take(there, key, format="csv", ids=[number])[1:] == []
    if EVERY[key].model.label_field != "number" and len(label) > 5:
        assert label not in json.dumps(take(there, key, format="csv"), ensure_ascii=False)


def test_a_draft_named_after_another_companys_document_holds_nothing_of_it(here, there, latest):
    number = latest["quoting.quote"]["id"]
    here.put(f"/me/drafts/quoting.quote:{number}/", {"values": {"title": "secret"}})
    assert there.get("/me/drafts/")["rows"] == []


def test_files_lie_in_their_companys_own_folder(here, there):
    for api in (here, there):
        file = api.post("/files/", {"name": "a.txt", "size": 3, "type": "text/plain"}, 201)
        api.client.put(file["upload"]["url"], b"abc", content_type="text/plain")
        with tenant_context(api.company):
            paths = list(File.objects.values_list("path", flat=True))
        assert paths and all(path.startswith(f"{api.company.schema_name}/") for path in paths)
        assert any(default_storage.exists(path) for path in paths)


def test_an_invitation_is_written_by_its_company(here, there, mailoutbox):
    for api in (here, there):
        mailoutbox.clear()
        member = api.create("organization.member", {"name": "Li", "email": f"li@{api.company.slug}.example", "roles": []})
        api.act(member, "invite")
        (mail,) = mailoutbox
        other = there if api is here else here
        assert f"{api.company.slug}." in mail.body and other.company.slug not in mail.body
