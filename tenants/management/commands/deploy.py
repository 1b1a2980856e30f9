"""`manage.py deploy`: run it before starting a release, as often as you like."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infra import messages
from tenants.deploying import deploy
from tenants.throwaway import on_own_connection


class Command(BaseCommand):
    help = "Brings the public schema and every company to this release and keeps spare schemas ready. Safe to repeat."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        messages.compile_all()
        done = on_own_connection(deploy, self.stdout.write)
        companies = done.companies
        self.stdout.write(f"companies: {companies.migrated} migrated, {companies.current} current; {done.spares} new spares")
        if companies.failed:
            named = "\n".join(f"  {schema}: {why}" for schema, why in sorted(companies.failed.items()))
            raise CommandError(f"{len(companies.failed)} companies could not be migrated; run again when solved:\n{named}")
