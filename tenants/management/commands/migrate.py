"""Django's `migrate`, as the role that owns all tables. It brings up the public schema only; `deploy` does everything."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from tenants import roles
from tenants.context import PUBLIC, as_owner


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            roles.admit_to_all(PUBLIC)
            super().handle(*args, **options)
