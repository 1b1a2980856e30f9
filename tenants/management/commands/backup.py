"""`manage.py backup <slug> …`, `--due` for those a day old, `--list`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.backups import taking
from tenants.models import Backup, Tenant
from tenants.throwaway import on_own_connection


class Command(BaseCommand):
    help = "Backs companies up now, and forgets the backups that are too old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="addresses of the companies")
        parser.add_argument("--due", action="store_true", help="all companies whose last backup is a day old")
        parser.add_argument("--list", action="store_true", help="show the backups there are instead")

    def handle(self, *args: Any, **options: Any) -> None:
        companies = [*map(company_at, options["slugs"]), *(taking.due() if options["due"] else ())]
        if not companies and not options["due"]:
            raise CommandError("Name the companies, or say --due.")
        failed = [company.slug for company in companies if not (self.show(company) if options["list"] else self.take(company))]
        if failed:
            raise CommandError(f"not backed up: {', '.join(failed)}")

    def take(self, company: Tenant) -> bool:
        try:
            made = taking.take(company)
        except Exception as error:
            self.stderr.write(f"{company.slug}: {type(error).__name__}: {error}")
            return False
        told = "is being backed up by somebody else" if made is None else line(made)
        self.stdout.write(f"{company.slug}: {told}; {on_own_connection(taking.forget_old, company)} old ones removed")
        return True

    def show(self, company: Tenant) -> bool:
        for backup in Backup.objects.filter(company=company):
            self.stdout.write(f"{company.slug}: {line(backup)}")
        return True


def line(backup: Backup) -> str:
    return f"{backup.taken_at.isoformat(timespec='seconds')}  {backup.rows} rows, {backup.files} files, {backup.size} bytes"


def company_at(slug: str) -> Tenant:
    found = Tenant.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no company at the address “{slug}”.")
    return found
