"""`manage.py released`: this release is everywhere; the next one may take away what this one has made superfluous."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.loader import MigrationLoader

from tenants.expanding import RELEASED, ours


class Command(BaseCommand):
    help = "Writes the migrations of this release into tenants/released.txt. Run it when no old code is running any more, and commit."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        names = sorted(f"{one.app_label}.{one.name}" for one in ours(MigrationLoader(None)))
        RELEASED.write_text("\n".join([*names, ""]), encoding="utf-8")
        self.stdout.write(f"{len(names)} migrations are released")
