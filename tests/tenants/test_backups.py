"""Backups: complete, sealed, restored to a point, one company alone."""

from __future__ import annotations

import io
import os
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import DatabaseError, connection
from django.utils import timezone

from kernel import config
from kernel.models import Event, File
from tenants import provisioning
from tenants.backups import restoring, sealed, snapshot, taking, vault
from tenants.catalog import script_of, shape_of
from tenants.context import schema_context, tenant_context
from tenants.models import Backup, Standing, Tenant, Transition
from tenants.states import State
from tenants.throwaway import on_own_connection
from tests.founding import browser, log_in, owner_of
from tests.tenants.test_provisioning import contents

PARTNERS = "/api/v1/partners/partners/"


@pytest.fixture
def company(found):
    return found(language="en")


def customer(company: Tenant, name: str) -> None:
    answer = log_in(company, owner_of(company).email).post(PARTNERS, {"name": name}, content_type="application/json")
    assert answer.status_code == 201, answer.content


def customers(company: Tenant) -> list[str]:
    answer = log_in(company, owner_of(company).email).get(PARTNERS)
    assert answer.status_code == 200, answer.content
    return sorted(row["name"] for row in answer.json()["rows"])


def drawing(company: Tenant, content: bytes) -> File:
    """A stored file of the company."""
    with tenant_context(company):
        path = f"{company.schema_name}/202611/{secrets.token_hex(4)}/drawing.pdf"
        default_storage.save(path, ContentFile(content))
        return File.objects.create(name="drawing.pdf", path=path, size=len(content), stored=True, created_at=timezone.now())


def sealed_form(content: bytes) -> bytes:
    target = io.BytesIO()
    sealed.seal([content], target)
    return target.getvalue()


def opened(content: bytes) -> bytes:
    return b"".join(sealed.unseal(io.BytesIO(content)))


# encryption ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [0, 1, sealed.PIECE - 1, sealed.PIECE, sealed.PIECE + 1, 3 * sealed.PIECE])
def test_what_is_sealed_comes_back(size):
    content = os.urandom(size)
    kept = sealed_form(content)
    assert opened(kept) == content
    assert size < 64 or content[:64] not in kept


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[: -sealed.PIECE - 16], lambda kept: kept[:200] + b"x" + kept[201:], lambda kept: kept + b"x"]
)
def test_what_was_changed_or_cut_short_is_not_given_out(damage):
    kept = sealed_form(bytes(2 * sealed.PIECE))
    with pytest.raises(sealed.Damaged):
        opened(damage(kept))


def test_pieces_cannot_change_places():
    kept = sealed_form(bytes(3 * sealed.PIECE))
    size = sealed.PIECE + sealed.TAG
    head = len(kept) - 3 * size
    swapped = kept[:head] + kept[head + size : head + 2 * size] + kept[head : head + size] + kept[head + 2 * size :]
    with pytest.raises(sealed.Damaged):
        opened(swapped)


def test_an_old_key_opens_what_it_sealed_and_a_lost_one_is_named(settings):
    settings.BACKUP_KEYS = "2025:" + "QUJD" * 10 + "QUI="
    kept = sealed_form(b"old")
    settings.BACKUP_KEYS = "2026:" + "WFla" * 10 + "WFk=" + "," + settings.BACKUP_KEYS
    assert opened(kept) == b"old"
    new = sealed_form(b"new")
    settings.BACKUP_KEYS = settings.BACKUP_KEYS.split(",")[1]
    with pytest.raises(sealed.NoKey, match="2026"):
        opened(new)


# taking and restoring ------------------------------------------------------------------------------------------------
def test_a_destroyed_company_is_restored_and_the_others_are_not_touched(company, found):
    neighbour = found(language="en")
    customer(company, "Kept")
    customer(neighbour, "Neighbour")
    file = drawing(company, b"%PDF kept")
    made = taking.take(company)
    before, beside = contents(company), contents(neighbour)
    shape = script_of(company.schema_name)
    provisioning.drop_schema(company.schema_name)
    default_storage.delete(file.path)
    with pytest.raises(DatabaseError):
        contents_of_partners(company)
    assert restoring.restore(company).pk == made.pk
    assert contents(company) == before
    assert script_of(company.schema_name) == shape
    assert customers(company) == ["Kept"]
    assert contents(neighbour) == beside
    with default_storage.open(file.path) as stream:
        assert stream.read() == b"%PDF kept"
    customer(company, "Goes on")  # numbers are drawn from where they stood
    assert Transition.objects.filter(company=company).last().reason.startswith("Restored from the backup of")


def contents_of_partners(company: Tenant) -> None:
    with tenant_context(company), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partners_partner")


def setting(company: Tenant, now: str) -> str:
    """What a request finds that asks for a setting."""
    with tenant_context(company):
        config.forget_epoch()
        return config.cached("customers", lambda: now)


def test_a_company_goes_back_to_a_point_between_two_backups(company):
    customer(company, "First")
    first = taking.take(company)
    customer(company, "Second")
    second = taking.take(company)
    customer(company, "Third")
    assert setting(company, "three") == "three"
    assert restoring.restore(company, second.taken_at - timedelta(microseconds=1)).pk == first.pk
    assert customers(company) == ["First"]
    assert setting(company, "one") == "one"
    assert restoring.restore(company).pk == second.pk
    assert customers(company) == ["First", "Second"]
    with pytest.raises(restoring.NothingToRestore):
        restoring.restore(company, first.taken_at - timedelta(seconds=1))


def test_a_backup_is_restored_beside_the_live_company(company):
    customer(company, "Then")
    file = drawing(company, b"then")
    with tenant_context(company):
        Event.objects.create(at=timezone.now(), kind="x.y", subject="partners.partner", subject_id=1, pending=True)
    taking.take(company)
    customer(company, "Now")
    copy = restoring.restore_as(company, f"then-{secrets.token_hex(4)}")
    assert (copy.sandbox_of_id, copy.closed, copy.state) == (company.pk, "", State.ACTIVE)
    assert customers(copy) == ["Then"]
    assert customers(company) == ["Now", "Then"]
    with tenant_context(copy):
        assert not Event.objects.filter(pending=True).exists()
        own = File.objects.get(pk=file.pk)
        assert own.path.startswith(f"{copy.schema_name}/")
        with default_storage.open(own.path) as stream:
            assert stream.read() == b"then"
    customer(copy, "Only here")
    assert customers(company) == ["Now", "Then"]


def test_a_backup_that_was_tampered_with_changes_nothing(company):
    customer(company, "Live")
    made = taking.take(company)
    with storages["backups"].open(made.name, "rb") as stream:
        kept = bytearray(stream.read())
    kept[-5] ^= 1
    storages["backups"].delete(made.name)
    storages["backups"].save(made.name, ContentFile(bytes(kept)))
    with pytest.raises(sealed.Damaged):
        restoring.restore(company)
    assert Tenant.objects.get(pk=company.pk).closed == ""
    assert customers(company) == ["Live"]


def test_nothing_readable_lies_in_the_vault(company):
    customer(company, "Confidential Ltd")
    made = taking.take(company)
    with storages["backups"].open(made.name, "rb") as stream:
        kept = stream.read()
    assert kept.startswith(sealed.MAGIC) and b"PK" not in kept[:64] and b"Confidential" not in kept
    with vault.fetched(made.name) as whole:
        assert snapshot.manifest_of(whole).tables["partners_partner"]["rows"] == 1


def test_a_backup_shows_one_moment(company, monkeypatch):
    """Rows that are written while it is taken are in all of its tables or in none."""
    usual = snapshot._filled
    written = []

    def filled(whole, table):
        if not written:
            written.append(1)
            on_own_connection(customer, company, "Meanwhile")
        return usual(whole, table)

    monkeypatch.setattr(snapshot, "_filled", filled)
    before = contents(company)
    made = taking.take(company)
    with vault.fetched(made.name) as whole:
        assert {name: told["rows"] for name, told in snapshot.manifest_of(whole).tables.items()} == before
    assert customers(company) == ["Meanwhile"]


def test_a_company_cannot_be_entered_while_it_is_restored(company, monkeypatch):
    taking.take(company)
    seen = []
    usual = snapshot.load
    monkeypatch.setattr(
        snapshot, "load", lambda *told: (seen.append(browser(company).get("/api/v1/session/").status_code), usual(*told))[1]
    )
    restoring.restore(company)
    assert seen == [503]
    assert browser(company).get("/api/v1/session/").status_code == 200


def test_a_failure_is_told_to_the_operators(company, monkeypatch):
    monkeypatch.setattr(vault, "put", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        taking.take(company)
    assert "ZeroDivisionError" in Standing.objects.get(company=company).backup_error
    monkeypatch.undo()
    taking.take(company)
    assert Standing.objects.get(company=company).backup_error == ""


def test_who_is_due_and_who_is_not(company):
    assert company in taking.due()
    taking.take(company)
    assert company not in taking.due()
    Backup.objects.filter(company=company).update(taken_at=timezone.now() - timedelta(hours=25))
    assert company in taking.due()


# retention -----------------------------------------------------------------------------------------------------------
def test_seven_days_four_weeks_and_twelve_months_are_kept():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    daily = [now - timedelta(days=days, hours=1) for days in range(500)]
    kept = sorted(taking.worth_keeping(daily, now), reverse=True)
    assert kept[:7] == daily[:7]
    months = {(moment.year, moment.month) for moment in kept}
    assert len(months) == 12 and (2025, 12) in months and (2025, 11) not in months
    assert 18 <= len(kept) <= 7 + 4 + 12


def test_old_backups_go_and_so_do_files_that_no_other_holds(company):
    old_file, kept_file = drawing(company, b"old"), drawing(company, b"kept")
    old = taking.take(company)
    with tenant_context(company):
        File.objects.filter(pk=old_file.pk).delete()
    new = taking.take(company)
    Backup.objects.filter(pk=old.pk).update(taken_at=timezone.now() - timedelta(days=600))
    Backup.objects.filter(pk=new.pk).update(taken_at=timezone.now())
    for days in range(1, 13):
        Backup.objects.create(
            company=company,
            taken_at=timezone.now() - timedelta(days=31 * days),
            name=f"x/{secrets.token_hex(8)}",
            rows=0,
            files=0,
            size=0,
            took_ms=0,
        )
    names = vault.names(f"{company.schema_name}/files")
    assert len(names) == 2
    fake = Backup.objects.filter(company=company).exclude(pk__in=[old.pk, new.pk])
    for backup in fake:
        with storages["backups"].open(new.name, "rb") as stream:
            storages["backups"].save(backup.name, ContentFile(stream.read()))
    assert taking.forget_old(company) >= 1
    assert not Backup.objects.filter(pk=old.pk).exists()
    assert not storages["backups"].exists(old.name)
    assert vault.names(f"{company.schema_name}/files") == {vault.of_file(company.schema_name, kept_file.path)}


def test_the_shape_of_a_schema_is_complete(company):
    with schema_context(company.schema_name):
        shape = shape_of(company.schema_name)
    assert any("CREATE TABLE partners_partner" in text for text in shape.tables)
    assert any("FOREIGN KEY" in text for text in shape.after) and any("CREATE INDEX" in text for text in shape.after)
