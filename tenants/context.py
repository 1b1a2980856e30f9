"""Which company the running code works for. Set by the middleware, a task, or a `tenant_context` block; never guessed.

It is known to the running code, not to a connection: a thread starts without a company, and each of several coroutines
that share a thread and its connection has its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
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

    def release(self) -> None: ...


class Schema:
    """A schema known by its name alone: the public one, a spare, a template."""

    def __init__(self, schema_name: str) -> None:
        self.schema_name = schema_name


class Console(Schema):
    """The operators' own workspace: the public schema, seen at an address of its own."""

    console = True
    slug, name = "console", "Millwright 匠程"
    language, timezone, currency = "zh-hans", "Asia/Shanghai", "CNY"

    def __init__(self) -> None:
        super().__init__(PUBLIC)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom the running code works for, whether as the owner of the tables, and inside which company's work it asks the platform."""

    tenant: HasSchema | None
    as_owner: bool = False
    around: str = ""

    @property
    def schema_name(self) -> str:
        return self.tenant.schema_name if self.tenant else ""


NOBODY, OUTSIDE = Chosen(None), Chosen(Schema(PUBLIC))
_chosen: ContextVar[Chosen | None] = ContextVar("company", default=None)


def chosen() -> Chosen:
    """Threads other than the main one have no company until they are given one: falling back to the public schema, as usual,
    would write a company's rows where everybody looks."""
    found = _chosen.get()
    if found is None:
        found = OUTSIDE if threading.current_thread() is threading.main_thread() else NOBODY
    return found


def choose(tenant: HasSchema | None) -> None:
    """Work for this company from now on."""
    before = chosen()
    on_platform = tenant is not None and tenant.schema_name == PUBLIC
    company = before.around if before.schema_name == PUBLIC else before.schema_name
    _chosen.set(replace(before, tenant=tenant, around=company if on_platform else ""))


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the role that owns all tables: for making, changing and dropping them, never for a request."""
    before = chosen()
    _chosen.set(replace(before, as_owner=True))
    try:
        yield
    finally:
        _chosen.set(replace(chosen(), as_owner=before.as_owner))


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
