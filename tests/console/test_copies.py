"""From a company's page operators back it up, put it back or beside itself, move it, and open new ones."""

from __future__ import annotations

import io
import json
import secrets
import zipfile
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from kernel.jobs import requeue_lost
from kernel.models import Job
from shared_apps.console.models import PlatformLog
from tenants import deletion, lifecycle
from tenants.context import public_context
from tenants.lifecycle import By
from tenants.models import Backup, Certificate, Tenant, Transition
from tests.api import Api
from tests.console.conftest import Operator
from tests.console.test_clients import client_of
from tests.founding import browser

ENGLISH = {"Accept-Language": "en"}
REASON = {"reason": "Asked for by Mr Wang, ticket 7"}


@pytest.fixture
def own(founded: Callable[[], Tenant]) -> Tenant:
    return founded()


@pytest.fixture
def admin(operator: Operator) -> Api:
    return operator()


@pytest.fixture
def row(admin: Api, own: Tenant) -> dict:
    return client_of(admin, own)


def customers(company: Tenant) -> list[str]:
    return sorted(one["name"] for one in Api.of_owner(company).rows("partners.partner"))


def job_of(admin: Api, row: dict) -> dict:
    return admin.get(f"/console/clients/{row['id']}/care/")["jobs"][0]


def backed_up(admin: Api, row: dict) -> int:
    admin.act(row, "back_up")
    return int(admin.get(f"/console/clients/{row['id']}/care/")["backups"][0]["id"])


def test_a_company_is_put_back_after_a_backup_of_how_it_is_now(admin: Api, own: Tenant, row: dict):
    Api.of_owner(own).create("partners.partner", {"name": "Then"})
    backup = backed_up(admin, row)
    Api.of_owner(own).create("partners.partner", {"name": "Since"})
    told = admin.act(row, "restore_over", 422, backup=backup, slug="another", **REASON)
    assert told["errors"][0]["path"] == "slug"
    assert customers(own) == ["Since", "Then"]
    admin.act(row, "restore_over", backup=backup, slug=own.slug, **REASON)
    assert job_of(admin, row)["state"] == "done"
    assert customers(own) == ["Then"]
    (before,) = Backup.objects.filter(company=own).exclude(pk=backup)
    admin.act(row, "restore_over", backup=before.pk, slug=own.slug, **REASON)
    assert customers(own) == ["Since", "Then"]


def test_a_backup_is_put_beside_the_live_company(admin: Api, own: Tenant, row: dict):
    Api.of_owner(own).create("partners.partner", {"name": "Then"})
    backup = backed_up(admin, row)
    Api.of_owner(own).create("partners.partner", {"name": "Since"})
    taken = admin.act(row, "restore_beside", 422, backup=backup, slug=own.slug, **REASON)
    assert taken["errors"][0] == {"path": "slug", "code": "slug_taken", "detail": taken["errors"][0]["detail"]}
    slug = f"b{secrets.token_hex(6)}"
    admin.act(row, "restore_beside", backup=backup, slug=slug, **REASON)
    assert job_of(admin, row)["result"]["slug"] == slug
    copy = Tenant.objects.get(slug=slug)
    assert (customers(copy), customers(own)) == (["Then"], ["Since", "Then"])
    assert [one["slug"] for one in admin.get(f"/console/clients/{row['id']}/care/")["copies"]] == [slug]
    (shown,) = admin.rows("console.client", f"q={slug}")
    assert admin.read("console.client", shown["id"])["copy_of"]["id"] == row["id"]


def test_another_company_s_backup_is_none(admin: Api, row: dict, founded: Callable[[], Tenant]):
    other = client_of(admin, founded())
    told = admin.act(row, "restore_over", 422, backup=backed_up(admin, other), slug=row["slug"], **REASON)
    assert (told["errors"][0]["path"], told["errors"][0]["code"]) == ("backup", "not_found")


def test_one_work_at_a_time(admin: Api, row: dict):
    Job.objects.create(kind="client_backup", label="x", params={"client": row["id"]}, created_at="2026-11-22T00:00:00Z")
    assert admin.act(row, "back_up", 409)["code"] == "busy"
    Job.objects.filter(params__client=row["id"]).delete()


def test_a_failed_restore_says_why_and_leaves_everything(admin: Api, own: Tenant, row: dict):
    Api.of_owner(own).create("partners.partner", {"name": "Live"})
    backup = backed_up(admin, row)
    Backup.objects.filter(pk=backup).update(name="gone/for/ever.backup")
    admin.act(row, "restore_over", backup=backup, slug=own.slug, **REASON)
    assert job_of(admin, row)["state"] == "failed"
    assert customers(own) == ["Live"]


def test_the_archive_is_fetched_by_whoever_asked_and_the_company_reads_of_it(admin: Api, own: Tenant, row: dict, operator: Operator):
    admin.act(row, "archive", **REASON)
    job = job_of(admin, row)
    path = job["result"]["file"].removeprefix("/api/v1")
    answer = admin.client.get(job["result"]["file"])
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as whole:
        assert "data/partners_partner.csv" in whole.namelist()
    operator().get(path, 404)
    assert "Mr Wang" in Transition.objects.filter(company=own).last().reason
    assert PlatformLog.objects.filter(kind="export", company=own.pk, data__what="client_archive").exists()


def test_the_certificate_of_a_deleted_company_is_handed_over(admin: Api, own: Tenant, row: dict):
    admin.get(f"/console/clients/{row['id']}/certificate/", 404)
    lifecycle.cancel(own, by=By("operator"))
    Tenant.objects.filter(pk=own.pk).update(until=timezone.now())
    deletion.delete(Tenant.objects.get(pk=own.pk))
    assert admin.get(f"/console/clients/{row['id']}/care/")["certificate"]
    told = json.loads(admin.client.get(f"/api/v1/console/clients/{row['id']}/certificate/").content)
    kept = Certificate.objects.get(company=own)
    assert (told["digest"], told["tables"], told["address"]) == (kept.digest, kept.tables, own.slug) and told["deleted_at"]


def test_a_company_moves_to_another_address(admin: Api, own: Tenant, row: dict):
    before, slug = own.slug, f"n{secrets.token_hex(6)}"
    assert browser(own).get("/login").status_code == 200
    assert admin.act(row, "move", slug=slug, **REASON)["document"]["slug"] == slug
    assert browser(Tenant(slug=before)).get("/login").status_code == 404
    assert Api.of_owner(Tenant.objects.get(pk=own.pk)).rows("partners.partner") == []
    assert before in Transition.objects.filter(company=own).last().reason
    assert admin.act(admin.again(row), "move", 422, slug="admin", **REASON)["errors"][0]["path"] == "slug"


@pytest.mark.parametrize("verb", ["back_up", "restore_over", "restore_beside", "archive", "move"])
def test_only_administrators_of_the_platform_do_so(verb: str, operator: Operator, own: Tenant, row: dict):
    given = {"backup": 1, "slug": own.slug, **REASON} if verb != "back_up" else {}
    operator("support").act(row, verb, 403, **given)
    Api.of_owner(own).post(f"/console/clients/{row['id']}/{verb}/", given, 403)


def test_what_operators_do_is_in_the_platform_s_log(admin: Api, own: Tenant, row: dict):
    backed_up(admin, row)
    admin.act(admin.again(row), "extend_trial", days=3, **REASON)
    told = admin.get(f"/console/log/?kind=operator&company={own.slug}", **ENGLISH)["rows"]
    assert [(one["what"], one["data"]) for one in told] == [("Extend trial", REASON), ("Back up now", {})]
    assert told[0]["person"].endswith("@millwright.example")
    assert admin.get(f"/console/log/?kind=job&company={own.slug}", **ENGLISH)["rows"][0]["what"] == "Backup"


def test_a_lost_job_of_the_console_is_found(admin: Api, row: dict):
    with public_context():
        lost = Job.objects.create(
            kind="client_backup",
            label="x",
            params={"client": row["id"]},
            state=Job.State.RUNNING,
            created_at="2026-01-01T00:00:00Z",
            beat_at="2026-01-01T00:00:00Z",
        )
        requeue_lost()
    assert Job.objects.get(pk=lost.pk).state == Job.State.FAILED


# opening -------------------------------------------------------------------------------------------------------------
def ordered(**told: str) -> dict[str, str]:
    slug = f"o{secrets.token_hex(6)}"
    values = {"name": "沪西齿轮", "slug": slug, "owner_name": "陈工", "owner_email": f"{slug}@example.com", "language": "en"}
    return {**values, **told}


def test_a_company_is_opened_for_somebody_who_gets_the_way_in_by_mail(admin: Api):
    made = admin.create("console.opening", ordered())
    mail.outbox = []
    admin.act(made, "found")
    told = admin.again(made)
    company = Tenant.objects.get(slug=made["slug"])
    assert (told["state"], told["client"]["label"], company.state) == ("completed", "沪西齿轮", "trial")
    (sent,) = mail.outbox
    assert sent.to == [made["owner_email"]]
    link = next(word for word in sent.body.split() if "/reset/" in word)
    key = link.rpartition("/")[2]
    door = browser(company)
    answer = door.post(f"/api/v1/password/reset/{key}/", {"password": "Long-enough-4-me"}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert Api.of_owner(company).get("/meta/")["member"]["is_admin"]


def test_an_account_that_is_there_is_used(admin: Api):
    known = get_user_model().objects.create_user(f"k{secrets.token_hex(4)}@example.com", "Long-enough-4-me", name="旧人")
    mail.outbox = []
    made = admin.create("console.opening", ordered(owner_email=known.email))
    admin.act(made, "found")
    assert Tenant.objects.get(slug=made["slug"]).owner_id == known.pk
    assert "/reset/" not in mail.outbox[0].body


def test_a_taken_address_is_told_and_nothing_is_made(admin: Api, own: Tenant):
    made = admin.create("console.opening", ordered(slug=own.slug))
    told = admin.act(made, "found", 422)
    assert (told["errors"][0]["path"], admin.again(made)["state"]) == ("slug", "draft")
    assert not get_user_model().objects.filter(email=made["owner_email"]).exists()
