"""A domain is an address of the company that can prove it, of no other, and not before."""

from __future__ import annotations

import secrets

import pytest
from django.test import Client

from tests.api import Api
from tests.provisioning.nameserver import serving

SESSION = "/api/v1/session/"


@pytest.fixture
def dns(settings):
    settings.ALLOWED_HOSTS = ["*"]
    texts: dict[str, list[str]] = {}
    with serving(texts) as address:
        settings.DNS_SERVER = address
        yield texts


@pytest.fixture
def name() -> str:
    return f"erp.{secrets.token_hex(4)}.example"


def claim(api: Api, name: str) -> dict:
    return api.post("/company/domains/", {"domain": name}, 201)


def check(api: Api, told: dict) -> dict:
    return api.post(f"/company/domains/{told['id']}/", {}, 200)


def prove(dns: dict, told: dict) -> None:
    dns[told["record"]["name"]] = ["v=spf1 -all", told["record"]["text"]]


def slug_at(name: str) -> str | None:
    answer = Client(HTTP_HOST=name).get(SESSION)
    return answer.json()["company"]["slug"] if answer.status_code == 200 else None


def certified(name: str) -> bool:
    """Whether the proxy may get a certificate for this name."""
    return Client(HTTP_HOST="127.0.0.1").get(f"/health/domain?domain={name}").status_code == 200


def test_a_proven_domain_is_an_address_of_the_company(api: Api, dns, name):
    told = claim(api, f" {name.upper()}. ")
    assert told["domain"] == name and told["record"]["name"] == f"_millwright.{name}"
    assert check(api, told)["verified_at"] is None
    assert slug_at(name) is None
    prove(dns, told)
    assert check(api, told)["verified_at"]
    assert slug_at(name) == api.company.slug
    assert certified(name) and not certified(f"x.{name}")
    assert claim(api, name)["id"] == told["id"]
    assert api.client.delete(f"/api/v1/company/domains/{told['id']}/").status_code == 204
    assert slug_at(name) is None


def test_another_companys_proof_is_none(api: Api, founded, dns, name):
    other = Api.of_owner(founded())
    mine, theirs = claim(api, name), claim(other, name)
    prove(dns, theirs)
    assert check(api, mine)["verified_at"] is None
    assert slug_at(name) is None
    assert check(other, theirs)["verified_at"]
    assert slug_at(name) == other.company.slug


def test_who_has_the_domain_now_has_the_address(api: Api, founded, dns, name):
    before, told = api, claim(api, name)
    prove(dns, told)
    check(before, told)
    buyer = Api.of_owner(founded())
    theirs = claim(buyer, name)
    prove(dns, theirs)
    check(buyer, theirs)
    assert slug_at(name) == buyer.company.slug
    assert [row["verified_at"] for row in api.get("/company/")["domains"] if row["domain"] == name] == [None]
    assert api.client.delete(f"/api/v1/company/domains/{told['id']}/").status_code == 204
    assert slug_at(name) == buyer.company.slug


def test_a_claim_of_another_company_is_not_there(api: Api, founded, dns, name):
    other = Api.of_owner(founded())
    told = claim(other, name)
    assert api.client.post(f"/api/v1/company/domains/{told['id']}/").status_code == 404
    assert api.client.delete(f"/api/v1/company/domains/{told['id']}/").status_code == 404


def test_a_chinese_domain_is_written_as_dns_writes_it(api: Api, dns):
    assert claim(api, "系统.试验机.example")["domain"] == "xn--r9zs2b.xn--nqvt82f58j.example"


@pytest.mark.parametrize(
    ("domain", "code"),
    [
        *((domain, "domain_form") for domain in ("", "erp", "127.0.0.1", "-a.example", "a..example", "a b.example", f"{'x' * 64}.example")),
        *((domain, "domain_ours") for domain in ("shence.localhost", "localhost.localhost")),
    ],
)
def test_what_cannot_be_a_domain_of_ones_own(api: Api, domain, code):
    refused = api.post("/company/domains/", {"domain": domain}, 422)
    assert refused["errors"][0]["code"] == code
