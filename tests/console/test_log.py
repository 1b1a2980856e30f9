"""Operators find who came in when and from where."""

from __future__ import annotations

from collections.abc import Callable

from tenants.models import Tenant
from tests.api import Api
from tests.founding import log_in, owner_of

Operator = Callable[..., Api]


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
