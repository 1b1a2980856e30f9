"""Where a formula finds the values of the fields it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

MOST_LINES = 5000


class Fields:
    """The fields of a document: `total`, `customer.grade`, `custom.colour`, and `lines.amount` as a list."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def get(self, name: str) -> Any:
        return _walk(self.document, name.split("."))


def value_of(source: Mapping[str, Any] | Fields, name: str) -> Any:
    """The value of a field; KeyError when there is no such field."""
    if isinstance(source, Fields):
        return plain(source.get(name))
    if name in source:
        return plain(source[name])
    first, _dot, rest = name.partition(".")
    if not rest:
        raise KeyError(name)
    return plain(_walk(source[first], rest.split(".")))


def _walk(value: Any, names: list[str]) -> Any:
    for index, name in enumerate(names):
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return [_walk(one, names[index:]) for one in value[:MOST_LINES]]
        value = value.get(name) if isinstance(value, Mapping) else _attribute(value, name)
        if isinstance(value, models.Manager):
            value = list(value.all()[:MOST_LINES])
    return value


def _attribute(value: Any, name: str) -> Any:
    """A field of a row; nothing else of it is there for a formula."""
    try:
        value._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        raise KeyError(name) from None
    return getattr(value, name)


def plain(value: Any) -> Any:
    """A value as formulas know it: numbers are decimals, a reference is its id."""
    if value is None or isinstance(value, bool | str | date | Decimal):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, models.Model):
        return Decimal(value.pk) if isinstance(value.pk, int) else value.pk
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping) and "id" in value:
        return plain(value["id"])
    return str(value)
