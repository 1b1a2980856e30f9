"""Querysets that know whose they are."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import connection, models

from tenants.context import PUBLIC

Row = TypeVar("Row", bound=models.Model)


class OtherCompany(RuntimeError):
    """A query that was built for one company was about to be answered by another."""


class CompanyQuerySet(models.QuerySet[Row]):
    """Refuses to be evaluated for another company than the one it was built for.

    Querysets are lazy: one that leaves its `tenant_context` would silently read whatever company comes next. Those
    built outside of any company, when modules are imported, belong to nobody and may be used anywhere.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._built_for: str = getattr(connection, "schema_name", "")

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]
        copy._built_for = self._built_for
        return copy

    @property
    def db(self) -> str:
        """Asked by Django before every evaluation."""
        here = getattr(connection, "schema_name", "")
        if self._built_for not in ("", PUBLIC, here):
            raise OtherCompany(f"This query on {self.model._meta.label} was built in another company's context. Evaluate it there.")
        return str(super().db)
