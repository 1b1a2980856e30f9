"""Queries that run at every click, put into SQL once and asked again with another key.

Django needs longer to write the SQL of a document with fifty columns than PostgreSQL to answer it; the text never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection, models

KEY = 9_007_199_254_740_993
"""Stands for the key in the query from which the text is made."""


class Statement:
    """A query by one key, as text, with what turns its columns into Python values."""

    def __init__(self, queryset: models.QuerySet[Any], names: tuple[str, ...]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, params = compiler.as_sql()
        self.params = tuple(params)
        self.names = names
        self.converters = {
            at: (converters, expression)
            for at, (converters, expression) in compiler.get_converters([column[0] for column in compiler.select]).items()
        }

    def fetch(self, key: int) -> list[tuple[Any, ...]]:
        """The rows for a key, values as Django would give them."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [key if param == KEY else param for param in self.params])
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for at, (converters, expression) in self.converters.items():
            for convert in converters:
                values[at] = convert(values[at], expression, connection)
        return tuple(values)

    def rows(self, key: int) -> list[dict[str, Any]]:
        """The rows for a key as `.values()` gives them."""
        return [dict(zip(self.names, row, strict=True)) for row in self.fetch(key)]


def values(model: type[models.Model], by: str, names: tuple[str, ...], order: tuple[str, ...] = ()) -> Statement:
    """`model` rows where field `by` is the key, as values of the named columns."""
    return _known((model, by, names, order), lambda: model._default_manager.filter(**{by: KEY}).order_by(*order).values_list(*names), names)


def locked(model: type[models.Model]) -> Statement:
    """A whole row by its id, locked until the transaction ends."""
    names = _columns(model)
    return _known(
        (model, "for update"), lambda: model._default_manager.select_for_update().filter(pk=KEY).order_by().values_list(*names), names
    )


def instance(model: type[models.Model], key: int) -> Any | None:
    """The locked row as a model instance; None when it is gone."""
    rows = locked(model).fetch(key)
    return model.from_db(connection.alias, list(_columns(model)), rows[0]) if rows else None


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


_statements: dict[Any, Statement] = {}


def _known(slot: Any, make: Callable[[], models.QuerySet[Any]], names: tuple[str, ...]) -> Statement:
    found = _statements.get(slot)
    if found is None:
        found = _statements[slot] = Statement(make(), names)
    return found
