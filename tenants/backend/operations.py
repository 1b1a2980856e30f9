"""Which SQL compilers Django uses."""

from __future__ import annotations

from django.db.backends.postgresql.operations import DatabaseOperations


class SchemaOperations(DatabaseOperations):
    compiler_module = "tenants.backend.compiler"
