"""The administrator's page for the company as a whole."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage

from kernel import clock, saving
from kernel.access import SYSTEM
from kernel.models import File
from kernel.tasks import tidy
from tenant_apps.organization.models import Role
from tenants import directory, lifecycle, sandbox
from tenants.context import tenant_context
from tenants.lifecycle import By
from tenants.models import Tenant
from tests import trade
from tests.api import Api

OPERATOR = By("operator")
ADDRESSES = [("get", "/company/"), ("post", "/company/export/"), ("post", "/company/import/"), ("post", "/company/sandbox/"), ("delete", "/company/sandbox/"), ("get", "/company/archives/1/"), ("get", "/company/promotion/"), ("post", "/company/promotion/"), ("post", "/company/domains/"), ("post", "/company/domains/1/"), ("post", "/company/cancel/")]  # fmt: skip


def download(api: Api, job: dict) -> bytes:
    assert job["state"] == "done", job
    answer = api.client.get(job["result"]["file"])
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def ran(api: Api, told: dict) -> dict:
    return api.get(f"/jobs/{told['job']['id']}/")


@pytest.mark.parametrize(("method", "path"), ADDRESSES, ids=[f"{method} {path}" for method, path in ADDRESSES])
def test_only_administrators_come_in(as_role, method, path):
    answer = getattr(as_role("General manager").client, method)(f"/api/v1{path}", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_the_whole_company_is_exported_while_suspended_and_brought_into_a_fresh_one(api: Api, founded):
    trade.customer(api)
    lifecycle.suspend(api.company, by=OPERATOR)
    cache.clear()
    content = download(api, ran(api, api.post("/company/export/", {}, 202)))
    lifecycle.activate(api.company, by=OPERATOR)
    cache.clear()
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        assert json.loads(whole.read("manifest.json"))["tables"]["partners_partner"]["rows"] == 1
    fresh = Api.of_owner(founded())
    begun = fresh.post("/files/", {"name": "company.zip", "type": "application/zip", "size": len(content)}, 201)
    assert fresh.client.put(begun["upload"]["url"], content, content_type="application/zip").status_code == 200
    told = ran(fresh, fresh.post("/company/import/", {"file": begun["id"]}, 202))
    assert told["state"] == "done", told
    assert [row["name"] for row in fresh.rows("partners.partner")] == [row["name"] for row in api.rows("partners.partner")]
    again = Api.of_owner(founded())
    begun = again.post("/files/", {"name": "x.zip", "type": "application/zip", "size": 3}, 201)
    again.client.put(begun["upload"]["url"], b"abc", content_type="application/zip")
    told = ran(again, again.post("/company/import/", {"file": begun["id"]}, 202))
    assert (told["state"], told["result"]["code"]) == ("failed", "not_an_archive")


def test_an_archive_is_any_administrators_for_thirty_days(api: Api, as_role):
    ran(api, api.post("/company/export/", {}, 202))
    [archive, *_earlier] = api.get("/company/")["archives"]
    assert (datetime.fromisoformat(archive["until"]) - datetime.fromisoformat(archive["at"])).days == 30
    other = as_role("Administrator")
    assert other.get("/company/")["archives"][0] == archive
    answer = other.client.get(archive["url"])
    assert answer.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer.streaming_content)))
    assert other.client.get(f"/api/v1/files/{archive['id']}/").status_code == 404
    with tenant_context(api.company):
        kept = File.objects.get(pk=archive["id"])
        File.objects.filter(pk=kept.pk).update(created_at=kept.created_at - timedelta(days=31))
        assert other.get(archive["url"].removeprefix("/api/v1"), status=404)["code"] == "archive_gone"
        assert default_storage.exists(kept.path)
        tidy()
        assert not default_storage.exists(kept.path)
        assert not File.objects.filter(pk=kept.pk).exists()
    assert archive["id"] not in [one["id"] for one in api.get("/company/")["archives"]]


def test_a_cancelled_company_that_has_exported_is_noted_as_such(founded):
    leaving = Api.of_owner(founded())
    refused = leaving.post("/company/cancel/", {"slug": "something"}, 422)
    assert refused["errors"][0]["code"] == "not_confirmed"
    told = leaving.post("/company/cancel/", {"slug": leaving.company.slug, "reason": "too expensive"}, 200)
    assert told["state"] == "cancelled"
    cache.clear()
    directory._here.clear()
    ran(leaving, leaving.post("/company/export/", {}, 202))
    left = Tenant.objects.get(pk=leaving.company.pk)
    assert (left.state, left.transitions.get(after="cancelled").reason) == ("exported", "too expensive")


def test_a_sandbox_with_one_click_and_its_configuration_back(founded):
    live = Api.of_owner(founded())
    assert live.client.get("/api/v1/company/promotion/").status_code == 404
    told = ran(live, live.post("/company/sandbox/", {}, 202))
    assert told["state"] == "done", told
    assert live.get("/company/")["sandbox"]["slug"] == told["result"]["slug"]
    copy = sandbox.of(live.company)
    with tenant_context(copy):
        saving.create(Role, {"name": "Tester"}, by=SYSTEM, at=clock.now())
    shown = live.get("/company/promotion/")
    assert [(row["label"], row["kind"]) for row in shown["rows"]] == [("Tester", "new")]
    assert live.post("/company/promotion/", {"digest": "0"}, 409)["code"] == "stale"
    assert live.post("/company/promotion/", {"digest": shown["digest"]}, 200) == {"count": 1}
    assert "Tester" in [row["name"] for row in live.rows("organization.role")]
    inside = Api.of_owner(copy)
    assert inside.get("/company/")["is_sandbox"] is True
    assert inside.post("/company/sandbox/", {}, 409)["code"] == "in_sandbox"
    assert live.client.delete("/api/v1/company/sandbox/").status_code == 204
    assert live.get("/company/")["sandbox"] is None
