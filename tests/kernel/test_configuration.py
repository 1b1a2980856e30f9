"""The whole configuration of a company as a file: read into another company after a look at the differences, all of it or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests import trade
from tests.api import Api, Json


@pytest.fixture
def theirs(founded) -> Api:
    """A company that has set itself up."""
    api = Api.of_owner(founded())
    api.create("kernel.numberrule", {"resource": "quoting.quote", "pattern": "QT-{seq:04d}"})
    api.create("kernel.customfield", {"resource": "partners.partner", "name": "wechat", "label": "WeChat", "kind": "text"})
    role = api.create("organization.role", {"name": "Laboratory", "grants": {"inventory.*": {"read": "all"}}})
    head = api.get("/organization/units/")["rows"][0]
    unit = {"name": "Laboratory", "company": head["company"]["id"], "parent": head["id"]}
    unit = api.create("organization.unit", unit)
    api.create("organization.position", {"name": "Tester", "department": unit["id"], "roles": [role["id"]]})
    return api


@pytest.fixture
def ours(founded) -> Api:
    return Api.of_owner(founded())


def saved(api: Api) -> bytes:
    answer = api.client.get("/api/v1/configuration/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return bytes(answer.content)


def uploaded(api: Api, content: bytes) -> int:
    place = api.post("/files/", {"name": "configuration.json", "type": "application/json", "size": len(content)}, 201)
    answer = api.client.put(place["upload"]["url"], content, content_type="application/octet-stream")
    assert answer.status_code == 200
    return int(place["id"])


def compare(api: Api, content: bytes, status: int = 200) -> tuple[int, Json]:
    file = uploaded(api, content)
    return file, api.post("/configuration/compare/", {"file": file}, status)


def test_a_company_sets_itself_up_like_another_one(theirs: Api, ours: Api):
    file, shown = compare(ours, saved(theirs))
    new = {(row["resource"], row["label"]) for row in shown["rows"] if row["kind"] == "new"}
    assert new >= {("kernel.numberrule", "QT-{seq:04d}"), ("organization.role", "Laboratory"), ("organization.position", "Tester")}
    count = ours.post("/configuration/", {"file": file, "digest": shown["digest"]}, 200)["count"]
    assert count == sum(row["kind"] != "only_live" for row in shown["rows"])
    assert compare(ours, saved(theirs))[1]["rows"] == []
    position = next(row for row in ours.get("/organization/positions/")["rows"] if row["name"] == "Tester")
    role = next(row for row in ours.get("/organization/roles/")["rows"] if row["name"] == "Laboratory")
    assert ours.get(f"/organization/positions/{position['id']}/")["roles"] == [{"id": role["id"], "label": "Laboratory"}], (
        "known by its name, not by its id"
    )


def test_what_was_not_looked_at_is_not_carried_in(theirs: Api, ours: Api):
    file, shown = compare(ours, saved(theirs))
    ours.create("organization.role", {"name": "Laboratory"})
    assert ours.post("/configuration/", {"file": file, "digest": shown["digest"]}, 409)["code"] == "stale"
    assert ours.get("/kernel/number-rules/")["rows"] == []


def test_what_it_refers_to_and_is_not_there_stops_all_of_it(theirs: Api, ours: Api):
    told = json.loads(saved(theirs))
    told["resources"]["organization.role"] = [row for row in told["resources"]["organization.role"] if row["label"] != "Laboratory"]
    file, shown = compare(ours, json.dumps(told).encode())
    assert ours.post("/configuration/", {"file": file, "digest": shown["digest"]}, 409)["code"] == "reference_missing"
    assert ours.get("/kernel/number-rules/")["rows"] == []


def broken(told: Json, how: str) -> Any:
    rows = told["resources"]["organization.role"]
    match how:
        case "another form":
            return {"form": "something"}
        case "a newer version":
            return {**told, "version": 99}
        case "an unknown kind":
            return {**told, "resources": {"magic.wand": []}}
        case "an unknown field":
            rows[0]["values"]["grant"] = {}
        case "a value that is none":
            rows[0]["values"]["name"] = {"named": "x"}
        case "a row without a key":
            rows[0]["key"] = []
    return told


@pytest.mark.parametrize(
    "how", ["another form", "a newer version", "an unknown kind", "an unknown field", "a value that is none", "a row without a key"]
)
def test_a_file_that_is_not_ours_is_refused_with_the_reason(ours: Api, how: str):
    content = json.dumps(broken(json.loads(saved(ours)), how)).encode()
    assert compare(ours, content, 422)[1]["code"] == "bad_file"


def test_no_json_at_all_is_refused(ours: Api):
    assert compare(ours, b"\x00\xff garbage", 422)[1]["code"] == "bad_file"


def test_only_administrators_fetch_and_carry(theirs: Api):
    colleague = trade.join(theirs, "Warehouse")
    assert colleague.client.get("/api/v1/configuration/").status_code == 403
    assert colleague.post("/configuration/compare/", {"file": 1}, 403)["code"] == "forbidden"
