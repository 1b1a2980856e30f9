"""Which company the running code works for. Set by the middleware, a task, or a `tenant_context` block; never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, cast

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone

PUBLIC = "public"


class HasSchema(Protocol):
    schema_name: str


class CompanyConnection(Protocol):
    tenant: HasSchema | None
    schema_name: str

    def set_tenant(self, tenant: HasSchema | None) -> None: ...


class Schema:
    """A schema known by its name alone: the public one, a spare, a template."""

    def __init__(self, schema_name: str) -> None:
        self.schema_name = schema_name


class CompanyUnset(ImproperlyConfigured):
    """Code touched the database on a thread that nobody gave a company."""

    def __init__(self) -> None:
        super().__init__("No company is chosen on this thread: work inside tenant_context(company) or public_context().")


def here() -> CompanyConnection:
    """This thread's connection."""
    return cast("CompanyConnection", connection)


@contextmanager
def tenant_context(tenant: HasSchema | None) -> Iterator[None]:
    """Work for this company, and by its clock, inside the block; for whoever it was before afterwards, come what may."""
    db = here()
    before = db.tenant
    db.set_tenant(tenant)
    try:
        with timezone.override(getattr(tenant, "timezone", None)):
            yield
    finally:
        db.set_tenant(before)


def schema_context(name: str) -> AbstractContextManager[None]:
    return tenant_context(Schema(name))


def public_context() -> AbstractContextManager[None]:
    return tenant_context(Schema(PUBLIC))


def current_schema() -> str:
    """The schema in force; refused where nobody has chosen one."""
    name = here().schema_name
    if not name:
        raise CompanyUnset
    return name
