"""Kinds of background work: for exactly one company, or for none and then it says so."""

from __future__ import annotations

from typing import Any

from tenant_schemas_celery.app import get_schema_name_from_task
from tenant_schemas_celery.task import TenantTask

from tenants.context import PUBLIC, current_schema, here, tenant_context

HEADER = "_schema_name"


class WrongCompany(Exception):
    """A task would have run for no company, or for another than it was sent for."""


class SchemaTask(TenantTask):
    """Runs only in the schema it was sent for.

    The library falls back to the public schema when the message names none, and carries on when the company is gone.
    """

    abstract = True
    while_read_only = False
    """Whether it is done for a company in which nothing changes any more; others are left for when it is open again."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        schema = current_schema()
        if not self.request.called_directly:
            meant = get_schema_name_from_task(self, kwargs)
            if meant != schema:
                raise WrongCompany(f"{self.name} was sent for {meant or 'nobody'} and would run for {schema}.")
        self.check(schema)
        if self.resting():
            return None
        with tenant_context(here().tenant):  # it is set already; this adds the company's clock
            return super().__call__(*args, **kwargs)

    def apply_async(self, *args: Any, **options: Any) -> Any:
        headers = dict(options.pop("headers", None) or {})
        headers.setdefault(HEADER, self.destination())
        self.check(headers[HEADER])
        return super().apply_async(*args, headers=headers, **options)

    def apply(self, *args: Any, **options: Any) -> Any:
        """Run at once, here; afterwards the caller works for the same company as before."""
        before = here().tenant
        try:
            return super().apply(*args, **options)
        finally:
            here().set_tenant(before)

    def resting(self) -> bool:
        """Whether the company takes no such work now. Events and jobs stay in its own tables until a sweep finds them."""
        company = here().tenant
        return bool(getattr(company, "closed", "") or (getattr(company, "read_only", False) and not self.while_read_only))

    def destination(self) -> str:
        return current_schema()

    def check(self, schema: str) -> None:
        """Refuse a schema that this kind of task has no business in."""


class CompanyTask(SchemaTask):
    """Runs inside a company, never in the public schema."""

    abstract = True

    def check(self, schema: str) -> None:
        if schema == PUBLIC:
            raise WrongCompany(f"{self.name} belongs to a company; it was called for none.")


class PublicTask(SchemaTask):
    """Runs in the public schema, wherever it was sent from."""

    abstract = True

    def destination(self) -> str:
        return PUBLIC

    def check(self, schema: str) -> None:
        if schema != PUBLIC:
            raise WrongCompany(f"{self.name} belongs to no company; it was called for {schema}.")
