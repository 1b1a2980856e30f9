"""`manage.py export_company <slug> <file.zip>`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.context import tenant_context
from tenants.management.commands.backup import company_at
from tenants.moving.exporting import export
from tenants.throwaway import on_own_connection


class Command(BaseCommand):
    help = "Writes everything of a company into one archive that people and programs can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the address of the company")
        parser.add_argument("archive", type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        company = company_at(options["slug"])

        def write() -> int:
            with tenant_context(company), options["archive"].open("xb") as target:
                return len(export(company, target).tables)

        self.stdout.write(f"{options['archive']}: {on_own_connection(write)} tables")
