"""Operators publish training material; people of companies find it, tick it off, and only their own administrator sees who has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tenants.models import Tenant
from tests import trade
from tests.api import Api, Json, where
from tests.console.conftest import Operator, client_of


@pytest.fixture
def admin(operator: Operator) -> Api:
    return operator("consultant")


@pytest.fixture
def steps(admin: Api) -> Json:
    """Steps to follow, published."""
    return material(admin, kind="steps", text="Open 报价单\n\n Press New \nSave")


def material(admin: Api, **more: Any) -> Json:
    values = {"title": trade.some("How to quote"), "kind": "document", "module": "sales", "language": "en", "text": "Read", **more}
    return admin.act(admin.create("console.material", values), "publish")["document"]


def attach(admin: Api, document: Json, name: str, content: bytes) -> None:
    begun = admin.post("/files/", {"name": name, "size": len(content), "type": "text/plain"}, 201)
    admin.client.put(begun["upload"]["url"], content, content_type="text/plain")
    admin.post(f"{where(document)}files/", {"file": begun["id"]}, 201)


def shown(api: Api) -> dict[int, Json]:
    return {row["id"]: row for row in api.get("/console/training/")["rows"]}


def test_material_is_found_when_it_is_published_and_has_what_its_kind_needs(admin: Api, api: Api):
    draft = admin.create("console.material", {"title": "A film", "kind": "video", "module": "stock"})
    assert admin.act(draft, "publish", 422)["errors"][0]["path"] == "link"
    for kind in ("steps", "document"):
        draft = admin.change(admin.again(draft), {"kind": kind})
        assert admin.act(draft, "publish", 422)["errors"][0]["path"] == "text"
    assert draft["id"] not in shown(api)
    draft = admin.change(admin.again(draft), {"kind": "video", "link": "https://example.com/film.mp4", "minutes": 4})
    told = admin.act(draft, "publish")["document"]
    assert (shown(api)[draft["id"]]["link"], shown(api)[draft["id"]]["minutes"]) == ("https://example.com/film.mp4", 4)
    admin.act(told, "withdraw")
    assert draft["id"] not in shown(api)
    api.post(f"/console/training/{draft['id']}/done/", status=404)


def test_it_is_ticked_off_once_and_taken_back(admin: Api, api: Api, steps: Json):
    assert shown(api)[steps["id"]]["steps"] == ["Open 报价单", "Press New", "Save"]
    for _ in range(2):
        api.post(f"/console/training/{steps['id']}/done/")
    assert (shown(api)[steps["id"]]["done"] is None, admin.again(steps)["readers"]) == (False, 1)
    for _ in range(2):
        api.delete(f"/console/training/{steps['id']}/done/")
    assert (shown(api)[steps["id"]]["done"], admin.again(steps)["readers"]) == (None, 0)


def test_files_of_published_material_can_be_fetched_and_no_others(admin: Api, api: Api, steps: Json):
    hidden = admin.create("console.material", {"title": "Draft", "module": "sales"})
    for row in (steps, hidden):
        attach(admin, row, "sheet.txt", b"one, two")
    (file,) = shown(api)[steps["id"]]["files"]
    answer = api.client.get(file["url"])
    assert (answer.status_code, b"".join(answer.streaming_content), file["name"]) == (200, b"one, two", "sheet.txt")
    number = file["url"].rstrip("/").rpartition("/")[2]
    api.get(f"/console/training/{hidden['id']}/files/{number}/", 404)
    api.get(f"/console/training/{hidden['id']}/files/{int(number) + 1}/", 404)


def test_the_administrator_and_the_project_see_how_far_a_company_is(
    admin: Api, founded: Callable[[], Tenant], operator: Operator, steps: Json
):
    own, other = founded(), founded()
    api = Api.of_owner(own)
    seller = trade.join(api, "Sales engineer")
    seller.post(f"/console/training/{steps['id']}/done/")
    Api.of_owner(other).post(f"/console/training/{steps['id']}/done/")
    assert seller.get("/console/training/")["company"] is None
    told = api.get("/console/training/")["company"]
    done = [one["done"] for one in told["people"]]
    assert (sorted(done, reverse=True) == done, sum(done), len(done) >= 2, told["materials"] >= 1) == (True, 1, True, True)
    boss = operator()
    project = boss.create("implementation.project", {"client": client_of(boss, own)["id"], "name": "Going live"})
    far = api.get(f"/implementation/projects/{project['id']}/overview/")["training"]
    assert [(one["name"], one["done"]) for one in far["people"]] == [(told["people"][0]["name"], 1)]


def test_guests_have_the_library_and_not_the_documents(api: Api, steps: Json, operator: Operator):
    assert api.ask("get", f"/console/materials/{steps['id']}/")[0] == 403
    menu = {item["key"] for group in api.get("/meta/")["menu"] for item in group["items"]}
    assert ("page.training" in menu, "console.material" in menu) == (True, False)
    operator().get("/console/training/", 404)
