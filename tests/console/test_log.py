"""Operators find who came in when and from where."""

from __future__ import annotations

import json
import re
import secrets
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from infra.programs import ROOT
from shared_apps.console.calls import write_down
from shared_apps.console.log_words import KINDS
from shared_apps.console.models import PlatformLog
from tenants.models import Tenant
from tests.api import Api
from tests.console.conftest import Operator
from tests.founding import browser, log_in, owner_of

PRODUCT = ROOT / "shared_apps"


def test_a_log_in_is_found_by_person_company_and_day(operator: Operator, company: Tenant):
    owner = owner_of(company)
    log_in(company, owner.email)
    Api.of_owner(company).get("/console/news/")
    admin = operator()
    (first, *_rest) = admin.get(f"/console/log/?person={owner.email}&kind=log_in&company={company.slug}")["rows"]
    assert (first["person"], first["company"], first["kind"].startswith("log_in")) == (owner.email, company.name, True)
    assert admin.get(f"/console/log/?person={owner.email}&to=2020-01-01")["rows"] == []


def test_a_day_that_is_none_is_refused(operator: Operator):
    assert operator().get("/console/log/?from=2026-13-45", 422)["errors"][0]["path"] == "from"


def test_a_company_reads_its_own_part_of_the_log(company: Tenant, api: Api, as_role):
    stranger = get_user_model().objects.create_user(f"b{secrets.token_hex(4)}@other.example", None, name="Somebody else")
    at = timezone.now()
    PlatformLog.objects.create(at=at, company=company.pk, account=stranger.pk, kind="log_in_failed")
    PlatformLog.objects.create(at=at, company=company.pk, account=owner_of(company).pk, kind="log_in_failed")
    PlatformLog.objects.create(at=at, company=company.pk + 1, account=stranger.pk, kind="log_in_failed")
    PlatformLog.objects.create(at=at, company=company.pk, account=stranger.pk, kind="operator", data={"what": "suspend"})
    rows = api.get("/console/log/?kind=log_in_failed&kind=operator")["rows"]
    assert [row["person"] for row in rows] == [owner_of(company).email, None]
    assert api.get(f"/console/log/?person={stranger.email}")["rows"] == []
    assert "operator" not in [kind["value"] for kind in api.get("/console/log/kinds/")["rows"]]
    for path in ("", "kinds/", "export/"):
        as_role("General manager").get(f"/console/log/{path}", 404)


def test_the_log_is_taken_along_and_found_by_thing(api: Api, monkeypatch: pytest.MonkeyPatch):
    role = api.rows("organization.role", "limit=1")[0]
    api.change(api.read("organization.role", role["id"]), {"name": "=Taken"})
    api.create("organization.role", {"name": "Another"})
    (first, *rest) = api.get("/console/log/?what=organization.role")["rows"]
    assert {row["kind"] for row in (first, *rest)} == {"permission"}
    sheet = api.client.get("/api/v1/console/log/export/?what=organization.role").content.decode("utf-8-sig").splitlines()
    assert len(sheet) == len(rest) + 2 and owner_of(api.company).email in sheet[1]
    assert api.get("/console/log/?kind=export")["rows"][0]["data"]["rows"] == len(rest) + 1
    monkeypatch.setattr("shared_apps.console.log_api.MOST_TAKEN", 1)
    assert api.get("/console/log/export/?what=organization.role", 422)["code"] == "too_many"


def test_exports_permissions_and_calls_of_programs_are_found(operator: Operator, company: Tenant, api: Api):
    api.create("partners.partner", {"name": "Kept secret Ltd"})
    api.post("/partners/partners/export/", {"format": "csv"}, 202)
    role = api.rows("organization.role", "limit=1")[0]
    api.change(api.read("organization.role", role["id"]), {"name": "Renamed"})
    secret = api.post("/me/tokens/", {"name": "till", "days": 5, "scopes": ["read"]}, 201)["token"]
    for _ in range(2):
        program = browser(company)
        assert program.get("/api/v1/partners/partners/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    admin = operator()
    told = {
        kind: admin.get(f"/console/log/?kind={kind}&company={company.slug}", **{"Accept-Language": "en"})["rows"]
        for kind in ("export", "permission", "api", "token_made")
    }
    assert (told["export"][0]["what"], told["export"][0]["data"]["rows"]) == ("Customer", 1)
    assert (told["permission"][0]["what"], told["permission"][0]["data"]["fields"]) == ("Role · Changed", ["name"])
    assert len(told["api"]) == 1 and told["api"][0]["person"] == owner_of(company).email
    assert told["api"][0]["data"]["path"] == "/api/v1/partners/partners/"
    assert "secret" not in str(told["export"]).lower()


def test_calls_of_an_hour_are_one_line_when_it_is_over(operator: Operator, company: Tenant, api: Api):
    secret = api.post("/me/tokens/", {"name": "scale", "days": 5, "scopes": ["read"]}, 201)["token"]
    program, bearer = browser(company), {"Authorization": f"Bearer {secret}"}
    for path, status in (("partners/partners/", 200), ("partners/partners/999/", 404), ("partners/partners/998/", 404)):
        assert program.get(f"/api/v1/{path}", headers=bearer).status_code == status
    assert program.post("/api/v1/partners/partners/", {"name": "x"}, content_type="application/json", headers=bearer).status_code == 403
    later = timezone.now() + timedelta(hours=1)
    assert write_down(later) >= 1
    query = f"/console/log/?kind=api&company={company.slug}"
    (line, *_begun) = operator().get(query)["rows"]
    assert line["person"] == owner_of(company).email
    assert (line["data"]["calls"] >= 4, line["data"]["refused"]) == (True, 3)
    assert line["data"]["slowest"] in ("GET /partners/partners/", "GET /partners/partners/#/", "POST /partners/partners/")
    assert write_down(later) == 0


def test_a_line_goes_to_whatever_collects_the_output_as_well(company: Tenant, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("INFO", "millwright.audit"):
        PlatformLog.objects.create(at=timezone.now(), company=company.pk, kind="export", data={"rows": 3})
    (told,) = [json.loads(record.getMessage()) for record in caplog.records if record.name == "millwright.audit"]
    assert (told["kind"], told["company"], told["data"]) == ("export", company.pk, {"rows": 3})


def test_the_log_is_paged_by_key(operator: Operator, company: Tenant):
    PlatformLog.objects.bulk_create(PlatformLog(at=timezone.now(), kind="job", company=company.pk) for _ in range(105))
    Api.of_owner(company).get("/console/news/")
    admin = operator()
    query = f"/console/log/?kind=job&company={company.slug}"
    first = admin.get(query)
    rest = admin.get(f"{query}&cursor={first['next']}")
    keys = [row["id"] for row in [*first["rows"], *rest["rows"]]]
    assert len(first["rows"]) == 100 and rest["next"] is None and len(set(keys)) == len(keys) >= 105


def test_every_kind_that_is_written_has_a_word():
    written = {kind for path in PRODUCT.rglob("*.py") for kind in re.findall(r'log\.record\(\s*"(\w+)"', path.read_text())}
    assert written and written <= KINDS.keys()
