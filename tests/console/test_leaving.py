"""A company is deleted at once when two operators agree, its backups kept or not; and operators set its domain and data region."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.models import Message
from shared_apps.console.models import Client
from tenants import deletion
from tenants.backups import vault
from tenants.models import Backup, Certificate, Domain, Tenant
from tests.api import Api
from tests.console.conftest import Operator, client_of
from tests.provisioning.test_domains import dns, name, slug_at

__all__ = ["dns", "name"]
REASON = {"reason": "Test company of a partner, ticket 12"}


@pytest.fixture
def own(founded: Callable[[], Tenant]) -> Tenant:
    return founded()


def care(admin: Api, row: dict) -> dict:
    return admin.get(f"/console/clients/{row['id']}/care/")


def test_two_operators_delete_a_company_at_once_and_its_backups_stay_as_chosen(operator: Operator, own: Tenant):
    first, second = operator(), operator()
    row = client_of(first, own)
    Api.of_owner(own).create("partners.partner", {"name": "Somebody"})
    wrong = first.act(row, "ask_deletion", 422, slug="another", backups="delete", **REASON)
    assert wrong["errors"][0]["path"] == "slug"
    stale = first.act(row, "ask_deletion", 422, slug=own.slug, backups="keep", **REASON)
    assert stale["errors"][0]["code"] == "no_backup"
    first.act(row, "back_up")
    first.act(first.again(row), "ask_deletion", slug=own.slug, backups="keep", **REASON)
    assert Message.objects.filter(member=second.get("/meta/")["member"]["id"], text=REASON["reason"]).exists()
    assert care(second, row)["leaving"]["reason"] == REASON["reason"]
    first.refused(first.again(row), "confirm_deletion", "same_person", 403, slug=own.slug)
    assert Tenant.objects.get(pk=own.pk).state == "trial"
    second.act(second.again(row), "confirm_deletion", slug=own.slug)
    gone = second.again(row)
    told = care(second, gone)
    assert (gone["state"], told["certificate"], told["leaving"], len(told["backups"])) == ("deleted", True, None, 1)
    why = told["life"][1]["reason"]
    assert Certificate.objects.get(company=own).rows > 0
    assert why.startswith(REASON["reason"]) and "平台运维" in why.removeprefix(REASON["reason"])
    assert vault.names(own.schema_name)
    assert deletion.forget_kept() == 0
    beside = {"backup": told["backups"][0]["id"], "slug": f"b{secrets.token_hex(6)}", **REASON}
    second.act(gone, "restore_beside", **beside)
    copy = Tenant.objects.get(slug=beside["slug"])
    Tenant.objects.filter(pk=own.pk).update(backups_until=timezone.now() - timedelta(seconds=1))
    assert deletion.forget_kept() >= 1
    assert (vault.names(own.schema_name), Backup.objects.filter(company=own).exists()) == (set(), False)
    late = second.act(second.again(row), "restore_beside", 422, **{**beside, "slug": f"c{secrets.token_hex(6)}"})
    assert late["errors"][0]["code"] == "not_found"
    back = Api.of_owner(copy)
    back.create("partners.partner", {"name": "Goes on"})
    assert {one["name"] for one in back.rows("partners.partner")} == {"Somebody", "Goes on"}
    assert client_of(second, copy)["copy_of"]["id"] == row["id"]


def test_what_was_asked_for_lapses_and_is_called_off(operator: Operator, own: Tenant):
    first, second = operator(), operator()
    row = client_of(first, own)
    first.refused(row, "confirm_deletion", "not_asked", slug=own.slug)
    first.act(row, "ask_deletion", slug=own.slug, backups="delete", **REASON)
    second.act(second.again(row), "call_off_deletion", reason="They pay")
    second.refused(second.again(row), "confirm_deletion", "not_asked", slug=own.slug)
    first.act(first.again(row), "ask_deletion", slug=own.slug, backups="delete", **REASON)
    asked = Client.objects.get(pk=row["id"]).leaving
    long_ago = (timezone.now() - timedelta(days=3)).isoformat()
    Client.objects.filter(pk=row["id"]).update(leaving={**asked, "at": long_ago})
    second.refused(second.again(row), "confirm_deletion", "not_asked", slug=own.slug)
    assert Tenant.objects.get(pk=own.pk).state == "trial"


def test_an_operator_sets_a_domain_that_dns_has_to_prove(operator: Operator, own: Tenant, dns, name):
    admin = operator()
    row = client_of(admin, own)
    assert admin.act(row, "set_domain", 422, domain="nonsense", **REASON)["errors"][0]["path"] == "domain"
    admin.act(row, "set_domain", domain=name, **REASON)
    (claimed,) = care(admin, row)["domains"]
    assert (claimed["domain"], claimed["verified"], slug_at(name)) == (name, False, None)
    missing = admin.refused(admin.again(row), "check_domain", "no_proof", domain=name)
    assert claimed["text"] in missing["detail"]
    dns[claimed["name"]] = [claimed["text"]]
    admin.act(admin.again(row), "check_domain", domain=name)
    assert (care(admin, row)["domains"][0]["verified"], slug_at(name)) == (True, own.slug)
    admin.act(admin.again(row), "remove_domain", domain=name, **REASON)
    assert not Domain.objects.filter(domain=name).exists()
    assert admin.act(admin.again(row), "remove_domain", 422, domain=name, **REASON)["errors"][0]["code"] == "not_found"


def test_a_region_without_servers_is_refused_with_what_it_would_take(operator: Operator, own: Tenant, settings):
    settings.DATA_PLACE, settings.DATA_REGION = "上海，阿里云", "cn"
    admin = operator()
    row = client_of(admin, own)
    told = admin.act(row, "choose_region", 422, region="eu", **REASON)["errors"][0]
    assert told["code"] == "not_installed" and "DATA_REGION=eu" in told["detail"] and "上海，阿里云" in told["detail"]
    assert admin.act(admin.again(row), "choose_region", region="cn", **REASON)["document"]["region"] == "cn"
    assert "上海，阿里云" in care(admin, row)["region"]
