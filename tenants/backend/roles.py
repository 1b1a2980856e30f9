"""Names of the database roles that the log-in takes on (infra/postgres/roles.sql)."""

from __future__ import annotations

from tenants.context import PUBLIC


def owner(login: str) -> str:
    return f"{login}_owner"


def platform(login: str) -> str:
    return f"{login}_platform"


def of(login: str, schema: str) -> str:
    """Who works in a schema: the platform in the public one, the company's own role in a company's."""
    return platform(login) if schema == PUBLIC else f"{login}_{schema}"
