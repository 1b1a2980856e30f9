"""Values that must be unique, told before the database would refuse the whole batch: among the rows and with what is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.documents import Document
from kernel.exchange.references import MANY
from kernel.refusals import FieldError


def find(model: type[Document], documents: list[Any]) -> dict[int, FieldError]:
    """{position: error} of new documents that would be there twice. One query for each unique key."""
    wrong: dict[int, FieldError] = {}
    for names in _keys(model):
        there = _there(model, names, documents)
        for position, document in enumerate(documents):
            key = _key(document, names)
            if key is None or position in wrong:
                continue
            if key in there:
                told = {"label": _field(model, names[0]).verbose_name, "text": str(getattr(document, names[0]))[:60]}
                wrong[position] = FieldError(names[0], "duplicate", _("There is one with %(label)s “%(text)s” already.") % told)
            there.add(key)
    return wrong


def _keys(model: type[Document]) -> Iterator[tuple[str, ...]]:
    """The unique keys that hold for every row in which they are filled in."""
    yield from ((field.name,) for field in model._meta.concrete_fields if field.unique and not field.primary_key and field.editable)
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and one.fields and one.condition in (None, ~Q(**{one.fields[0]: ""})):
            yield tuple(one.fields)


def _field(model: type[Document], name: str) -> Any:
    return model._meta.get_field(name)


def _key(document: Any, names: tuple[str, ...]) -> tuple[Any, ...] | None:
    key = tuple(getattr(document, _field(type(document), name).attname) for name in names)
    return None if any(part in (None, "") for part in key) else key


def _there(model: type[Document], names: tuple[str, ...], documents: list[Any]) -> set[tuple[Any, ...]]:
    firsts = sorted({key[0] for document in documents if (key := _key(document, names)) is not None}, key=str)
    attnames = [_field(model, name).attname for name in names]
    found: set[tuple[Any, ...]] = set()
    for start in range(0, len(firsts), MANY):
        found.update(model._default_manager.filter(**{f"{attnames[0]}__in": firsts[start : start + MANY]}).values_list(*attnames))
    return found
