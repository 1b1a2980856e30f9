"""A domain is an address of the company that can prove it, of no other, and not before."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kernel.models import Message
from shared_apps.provisioning import tasks
from tenants import directory, health
from tenants.context import tenant_context
from tenants.models import Claim
from tests import trade
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


@pytest.fixture
def proven(founded, dns, name) -> tuple[Api, dict]:
    """A company of this test's own with a domain that it has proven, and that was looked at yesterday."""
    api = Api.of_owner(founded())
    told = claim(api, name)
    prove(dns, told)
    check(api, told)
    Claim.objects.filter(domain=name).update(checked_at=timezone.now() - timedelta(days=1))
    return api, domain_of(api)


@pytest.fixture
def days_later(on_day: Callable[[date], None]) -> Callable[[int], None]:
    """`days_later(3)`: the scheduler's look on that day."""

    def look(days: int) -> None:
        on_day(date.today() + timedelta(days=days))
        tasks.look_at_domains.apply(headers={"_schema_name": "public"})

    return look


def domain_of(api: Api) -> dict:
    (told,) = api.get("/company/")["domains"]
    return told


def inbox(api: Api) -> list[Message]:
    with tenant_context(api.company):
        return list(Message.objects.filter(origin__startswith="domain:").order_by("pk"))


def mails(name: str) -> list[str]:
    """What was mailed about a domain; those of other tests are looked at too."""
    return [sent.body for sent in mail.outbox if name in sent.subject]


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


def test_who_may_have_a_certificate(proven, dns, name):
    api, _told = proven
    assert certified(name) and certified(name.upper())
    assert certified(directory.host_of(api.company.slug))
    assert not certified(directory.host_of("nobody-" + secrets.token_hex(4)))
    other = Api.of_owner(api.company)
    claim(other, f"x.{name}")
    assert not certified(f"x.{name}")


def test_a_certificate_is_asked_for_only_so_often(proven, name, monkeypatch):
    cache.delete(f"{health.SHARED}domains-asked")
    monkeypatch.setattr(health, "ASKED_A_MINUTE", 2)
    asked = [Client(HTTP_HOST="127.0.0.1").get(f"/health/domain?domain={name}") for _ in range(3)]
    assert [(answer.status_code, answer.content) for answer in asked] == [(200, b""), (200, b""), (429, b"")]
    cache.delete(f"{health.SHARED}domains-asked")


def test_a_proof_that_holds_is_looked_at_in_silence(proven, days_later, name):
    api, told = proven
    days_later(1)
    now = domain_of(api)
    assert now["checked_at"] > told["checked_at"] and now["missing_since"] is None
    assert inbox(api) == [] and slug_at(name) == api.company.slug


def test_a_proof_that_is_gone_is_told_and_ends_the_domain_after_a_week(proven, dns, days_later, name):
    api, told = proven
    second = trade.join(api, "Administrator")
    trade.join(api, "Warehouse")
    del dns[told["record"]["name"]]
    days_later(1)
    days_later(2)
    assert {row.member for row in inbox(api)} == {api.member, second.member} and len(inbox(api)) == 2
    assert len(mails(name)) == 2
    gone = domain_of(api)
    assert gone["verified_at"] and gone["missing_since"] and gone["ends_at"][:10] in mails(name)[0]
    assert told["record"]["text"] in mails(name)[0]
    days_later(7)
    assert slug_at(name) == api.company.slug and certified(name)
    days_later(8)
    assert slug_at(name) is None and not certified(name)
    assert domain_of(api)["verified_at"] is None
    assert len(inbox(api)) == len(mails(name)) == 4
    days_later(9)
    assert len(inbox(api)) == 4


def test_a_proof_that_comes_back_in_time_keeps_the_domain(proven, dns, days_later, name):
    api, told = proven
    texts = dns.pop(told["record"]["name"])
    days_later(1)
    dns[told["record"]["name"]] = texts
    days_later(7)
    assert domain_of(api)["missing_since"] is None
    days_later(20)
    assert slug_at(name) == api.company.slug and len(inbox(api)) == 1


def test_a_look_by_hand_ends_the_warning(proven, dns, days_later):
    api, told = proven
    texts = dns.pop(told["record"]["name"])
    days_later(1)
    dns[told["record"]["name"]] = texts
    assert check(api, told)["missing_since"] is None


def test_nothing_follows_from_a_dns_that_does_not_answer(proven, days_later, name, settings, monkeypatch):
    api, _told = proven
    settings.DNS_SERVER = "127.0.0.1:9"
    monkeypatch.setattr("tenants.domains.SECONDS", 0.2)
    days_later(1)
    days_later(30)
    assert domain_of(api)["missing_since"] is None and inbox(api) == []
    assert slug_at(name) == api.company.slug
