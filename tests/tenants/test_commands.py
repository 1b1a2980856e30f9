"""What an operator types."""

from __future__ import annotations

import secrets

import pytest
from django.core.management import CommandError, call_command

from tenants.models import Tenant
from tests.tenants.test_backups import customer, customers


@pytest.fixture
def company(found):
    company = found(language="en")
    customer(company, "First")
    return company


def test_backup_and_restore(company, capsys):
    call_command("backup", company.slug)
    customer(company, "Second")
    call_command("restore", company.slug, "--as", beside := f"b{secrets.token_hex(5)}")
    assert customers(Tenant.objects.get(slug=beside)) == ["First"]
    assert customers(company) == ["First", "Second"]
    call_command("restore", company.slug, "--yes")
    assert customers(company) == ["First"]
    capsys.readouterr()
    call_command("backup", company.slug, "--list")
    assert capsys.readouterr().out.count("rows") == 1


def test_restore_asks_before_it_throws_work_away(company, monkeypatch):
    call_command("backup", company.slug)
    customer(company, "Second")
    monkeypatch.setattr("builtins.input", lambda _: "no")
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("restore", company.slug)
    assert customers(company) == ["First", "Second"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (["restore", "no-such"], "no company"),
        (["backup"], "Name the companies"),
        (["restore", "{slug}", "--at", "2020-01-01"], "no backup from before"),
        (["restore", "{slug}", "--as", "www"], "reserved"),
        (["restore", "{slug}", "--as", "{slug}"], "taken"),
    ],
)
def test_what_cannot_be_done_is_said(company, told, why):
    call_command("backup", company.slug)
    with pytest.raises(CommandError, match=why):
        call_command(*[one.format(slug=company.slug) for one in told])


def test_export_and_import(company, found, tmp_path):
    fresh = found(language="en")
    call_command("export_company", company.slug, tmp_path / "all.zip")
    call_command("import_company", fresh.slug, tmp_path / "all.zip")
    assert customers(fresh) == ["First"]
    customer(fresh, "Mine")
    with pytest.raises(CommandError, match="worked in this company"):
        call_command("import_company", fresh.slug, tmp_path / "all.zip")
