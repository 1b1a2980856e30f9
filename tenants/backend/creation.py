"""Test databases are made by the role that owns all tables."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.creation import DatabaseCreation

from tenants.context import as_owner, public_context


class SchemaCreation(DatabaseCreation):
    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with as_owner(), public_context():
            return str(super().create_test_db(*args, **kwargs))

    def destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        self.connection.shelf.clear()  # type: ignore[attr-defined]
        super().destroy_test_db(*args, **kwargs)
