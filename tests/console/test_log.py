"""Operators find who came in when and from where."""

from __future__ import annotations

import re

from django.utils import timezone

from infra.programs import ROOT
from shared_apps.console.log_api import KINDS
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


def test_a_company_does_not_read_the_log(api: Api):
    api.get("/console/log/", 404)


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
    assert "secret" not in str(told["export"]).lower()


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
