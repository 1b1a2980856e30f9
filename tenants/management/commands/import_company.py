"""`manage.py import_company <slug> <file.zip>`: for archives larger than an upload may be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants import provisioning
from tenants.context import tenant_context
from tenants.management.commands.backup import company_at
from tenants.moving.archive import NotTaken
from tenants.moving.importing import bring_in


class Command(BaseCommand):
    help = "Fills a fresh company with what an archive of `export_company`, or of the product itself, holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the address of the fresh company")
        parser.add_argument("archive", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        company = company_at(options["slug"])
        owner = provisioning.owner_of(company)
        try:
            with tenant_context(company), options["archive"].open("rb") as source:
                manifest = bring_in(company, source, owner)
        except NotTaken as no:
            raise CommandError(str(no)) from no
        self.stdout.write(f"{company.slug}: {sum(part.rows for part in manifest.tables.values())} rows of {manifest.company['slug']}")
