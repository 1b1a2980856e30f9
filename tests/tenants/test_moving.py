"""A whole company as one archive, and out of it again into a fresh one."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
import zipfile

import pytest
from django.core.files.storage import default_storage

from kernel.models import Event, File
from tenant_apps.organization.models import Member, Token
from tenants import provisioning
from tenants.context import tenant_context
from tenants.models import Tenant
from tenants.moving.archive import STAYS, NotTaken
from tenants.moving.exporting import export
from tenants.moving.importing import bring_in
from tests.founding import browser, log_in, owner_of, person
from tests.tenants.test_backups import customer, customers, drawing
from tests.tenants.test_provisioning import contents


@pytest.fixture
def company(found):
    company = found(language="en")
    customer(company, 'Zwölf, "GmbH"\n有限公司')
    drawing(company, b"%PDF drawing")
    return company


@pytest.fixture
def fresh(found):
    return found(language="en")


def archive(company: Tenant) -> io.BytesIO:
    target = io.BytesIO()
    with tenant_context(company):
        export(company, target)
    return target


def take(company: Tenant, content: io.BytesIO) -> None:
    content.seek(0)
    with tenant_context(company):
        bring_in(company, content, provisioning.owner_of(company))


def altered(content: io.BytesIO, change) -> io.BytesIO:
    """The archive with `change(name, bytes)` applied to every member; None leaves it out."""
    target = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            now = change(name, old.read(name))
            if now is not None:
                new.writestr(name, now)
    return target


def refusal(company: Tenant, content: io.BytesIO) -> str:
    before = contents(company)
    with pytest.raises(NotTaken) as no:
        take(company, content)
    assert contents(company) == before
    return no.value.code


def test_an_archive_is_read_without_us(company):
    with zipfile.ZipFile(archive(company)) as whole:
        manifest = json.loads(whole.read("manifest.json"))
        rows = json.loads(whole.read("data/partners_partner.json"))
        sheet = list(csv.DictReader(io.StringIO(whole.read("data/partners_partner.csv").decode())))
        (file,) = manifest["files"]
        assert whole.read(file["member"]) == b"%PDF drawing"
    assert [row["name"] for row in rows] == [row["name"] for row in sheet] == ['Zwölf, "GmbH"\n有限公司']
    assert manifest["company"]["slug"] == company.slug
    assert manifest["tables"]["partners_partner"]["rows"] == 1
    assert not STAYS & manifest["tables"].keys()
    whole_of = {name: rows for name, rows in contents(company).items() if name not in STAYS}
    assert {name: part["rows"] for name, part in manifest["tables"].items()} == whole_of


def test_a_fresh_company_becomes_the_exported_one(company, fresh):
    take(fresh, archive(company))
    assert customers(fresh) == customers(company)
    with tenant_context(fresh):
        own = File.objects.get()
        assert own.path.startswith(f"{fresh.schema_name}/")
        with default_storage.open(own.path) as stream:
            assert stream.read() == b"%PDF drawing"
        assert not Event.objects.filter(pending=True).exists()
    customer(fresh, "Goes on")
    assert customers(company) == ['Zwölf, "GmbH"\n有限公司']


def test_log_ins_of_elsewhere_are_worth_nothing_here(company, fresh):
    """Account numbers of another place are other people's here: only the founder comes in."""
    stranger = person()
    with tenant_context(company):
        other = Member.objects.get()
        Token.objects.create(member=other, name="program", digest=secrets.token_hex(32), created_at="2026-01-01T00:00Z")
        Member.objects.create(name="Other", email="other@example.com", account=stranger.pk, state=Member.State.ACTIVE)
    take(fresh, archive(company))
    with tenant_context(fresh):
        told = dict(Member.objects.values_list("email", "account"))
        assert told[owner_of(fresh).email] == fresh.owner_id
        assert [account for email, account in told.items() if email != owner_of(fresh).email] == [None, None]
        assert Member.objects.get(email="other@example.com").state == Member.State.INVITED
        assert not Token.objects.exists()
    answer = browser(fresh).post(
        "/api/v1/login/", {"email": stranger.email, "password": "Long-enough-4-me"}, content_type="application/json"
    )
    assert answer.status_code == 401
    assert log_in(fresh, owner_of(fresh).email).get("/api/v1/meta/").json()["member"]["is_admin"]


def test_a_file_name_of_the_archive_never_leads_to_another_company(company, fresh, found):
    victim = found()
    theirs = drawing(victim, b"secret")

    def forge(name: str, content: bytes) -> bytes:
        own = f"{company.schema_name}/"
        return content.replace(own.encode(), f"{victim.schema_name}/".encode()) if name == "data/kernel_file.csv" else content

    forged = altered(archive(company), forge)
    assert refusal(fresh, forged) == "archive_damaged"
    told = json.loads(zipfile.ZipFile(forged).read("manifest.json"))
    told["tables"]["kernel_file"]["csv_sha256"] = hashlib.sha256(zipfile.ZipFile(forged).read("data/kernel_file.csv")).hexdigest()
    take(fresh, altered(forged, lambda name, content: json.dumps(told).encode() if name == "manifest.json" else content))
    with tenant_context(fresh):
        assert set(File.objects.values_list("path", "stored")) == {("", False)}
    assert default_storage.exists(theirs.path)


def test_nothing_is_written_over_peoples_work(company, fresh):
    customer(fresh, "Mine")
    assert refusal(fresh, archive(company)) == "not_fresh"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_archive_is_refused(fresh, content):
    assert refusal(fresh, io.BytesIO(content)) == "not_an_archive"


CHANGES = {
    "no manifest": (lambda name, content: None if name == "manifest.json" else content, "not_an_archive"),
    "a table lost": (lambda name, content: None if name == "data/partners_partner.csv" else content, "archive_damaged"),
    "a row changed": (
        lambda name, content: content.replace(b"GmbH", b"Ltd.") if name.endswith("partner.csv") else content,
        "archive_damaged",
    ),
    "a file changed": (lambda name, content: content + b"x" if name.startswith("files/") else content, "archive_damaged"),
    "an unknown column": (
        lambda name, content: content.replace(b'"grade"', b'"drop"') if name == "manifest.json" else content,
        "archive_release",
    ),
    "a later format": (
        lambda name, content: content.replace(b"company/1", b"company/9") if name == "manifest.json" else content,
        "archive_format",
    ),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_a_damaged_archive_changes_nothing(company, fresh, change, code):
    assert refusal(fresh, altered(archive(company), change)) == code
    with tenant_context(fresh):
        assert not File.objects.exists()
