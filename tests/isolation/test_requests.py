"""What a stranger, or a colleague of another company, gets to see at a company's address."""

from __future__ import annotations

import json
import secrets

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory

from tenants.context import tenant_context
from tenants.middleware import TenantMiddleware
from tenants.models import Domain
from tests.founding import browser, log_in, owner_of, person
from tests.tenants.trap import Trap, lay

PRIVATE = "/api/v1/session/"


def authenticated(client: Client) -> bool:
    return client.get(PRIVATE).json()["authenticated"]


def carried_to(company, client: Client) -> Client:
    other = browser(company)
    other.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return other


def test_a_session_of_one_company_is_nobody_at_another(found):
    a, b = found(), found()
    inside = log_in(a, owner_of(a).email)
    assert authenticated(inside)
    assert not authenticated(carried_to(b, inside))
    assert not authenticated(carried_to(None, inside))
    assert authenticated(inside)


def test_even_a_colleague_of_both_needs_a_session_of_each(found):
    both = person()
    a, b = found(both), found(both)
    inside = log_in(a, both.email)
    assert not authenticated(carried_to(b, inside))
    assert authenticated(log_in(b, both.email))


def test_a_log_out_at_one_place_ends_the_session_everywhere(found):
    a = found()
    inside = log_in(a, owner_of(a).email)
    thief = carried_to(a, inside)
    inside.post("/api/v1/logout/")
    assert not authenticated(thief)


def test_a_stranger_is_told_the_same_as_with_a_wrong_password(found):
    a, stranger = found(), person()
    told = [
        browser(a).post("/api/v1/login/", {"email": email, "password": secret}, content_type="application/json")
        for email, secret in [(stranger.email, "Long-enough-4-me"), (owner_of(a).email, "wrong"), ("nobody@example.com", "wrong")]
    ]
    assert {answer.status_code for answer in told} == {401}
    assert len({answer.content for answer in told}) == 1


@pytest.mark.parametrize("path", ["/", "/w/sales", "/api/v1/meta/", "/api/v1/session/"])
def test_an_unknown_address_tells_nothing(platform, path):
    nobody = Client(HTTP_HOST="no-such-company.localhost:8000").get(path)
    assert nobody.status_code == 404
    assert settings.CSRF_COOKIE_NAME not in nobody.cookies
    if path.startswith("/api"):
        assert json.loads(nobody.content)["code"] == "not_found"


def test_a_company_that_is_being_set_up_is_not_there_yet(found):
    company = found()
    company.state = "provisioning"
    company.save()
    assert browser(company).get(PRIVATE).status_code == 404
    company.state = "active"
    company.save()
    assert browser(company).get(PRIVATE).status_code == 200


def test_a_companys_own_domain_leads_to_it_for_as_long_as_it_is_there(found, settings):
    company, host = found(), f"erp.{secrets.token_hex(4)}.example"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, ".example"]
    domain = Domain.objects.create(tenant=company, domain=host.upper())
    assert Client(HTTP_HOST=host).get(PRIVATE).json()["company"]["slug"] == company.slug
    assert Client(HTTP_HOST=f"x.{host}").get(PRIVATE).status_code == 404
    domain.delete()
    assert Client(HTTP_HOST=host).get(PRIVATE).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("get", "/api/v1/signup/check/?slug=abc"), ("post", "/api/v1/signup/")])
def test_sign_up_is_not_at_a_companys_address(found, method, path):
    assert getattr(browser(found()), method)(path, content_type="application/json").status_code == 404


def test_what_a_company_keeps_in_the_cache_is_its_own(found):
    a, b = found(), found()
    with tenant_context(a):
        cache.set("figure", "of a", 30)
    with tenant_context(b):
        assert cache.get("figure") is None
        cache.set("figure", "of b", 30)
    with tenant_context(a):
        assert cache.get("figure") == "of a"


def test_a_streamed_answer_is_written_by_its_company(found):
    a, b = lay(found()), lay(found())
    middleware = TenantMiddleware(lambda request: StreamingHttpResponse(row.text for row in Trap.objects.iterator()))
    answer = middleware(RequestFactory(HTTP_HOST=f"{a.slug}.localhost").get("/"))
    with tenant_context(b):
        assert b"".join(answer.streaming_content).decode() == a.slug
        assert connection.tenant is b


def test_the_company_of_a_request_costs_no_sql(found, django_assert_num_queries):
    company = found()
    middleware = TenantMiddleware(lambda request: request.tenant)
    request = RequestFactory(HTTP_HOST=f"{company.slug}.localhost").get("/")
    assert middleware(request).pk == company.pk
    with django_assert_num_queries(0):
        assert middleware(request).pk == company.pk
