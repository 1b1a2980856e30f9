"""The lines of a document: made, merged with those that are there, numbered and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from kernel import bulk
from kernel.differences import differences, snapshot, told
from kernel.documents import Document
from kernel.refusals import Refused


def line_model(model: type[Document], name: str) -> type[Any]:
    """The model of a kind of lines, `Quote`, `lines` → `QuoteLine`."""
    return model._meta.get_field(name).related_model  # type: ignore[return-value]


def remember(document: Document, name: str, lines: Sequence[Any]) -> None:
    """Let `document.lines.all()` answer with lines already in memory instead of reading them again."""
    cache = document.__dict__.setdefault("_prefetched_objects_cache", {})
    cache.pop(name, None)
    known = getattr(document, name).all()
    known._result_cache = list(lines)
    cache[name] = known


def made(kind: type[Any], given: Any) -> Any:
    return given if isinstance(given, models.Model) else _told(kind(**given), given, {})


def _told(line: Any, given: Mapping[str, Any], before: Mapping[str, Any]) -> Any:
    line.__dict__ |= {"_said": frozenset(name.removesuffix("_id") for name in given), "_was": before}
    return line


def said(line: Any) -> frozenset[str]:
    """What somebody has said of a line just now, by name; nothing of a line that a program has made."""
    found: frozenset[str] = line.__dict__.get("_said", frozenset())
    return found


def was(line: Any) -> Mapping[str, Any]:
    """The values of a line before somebody said something of it just now; none of a new one."""
    found: Mapping[str, Any] = line.__dict__.get("_was", {})
    return found


def settled(kind: type[Any], document: Document, lines: Iterable[Any]) -> list[Any]:
    """Lines tied to their document and numbered in order."""
    settled = list(lines)
    for seq, line in enumerate(settled, 1):
        setattr(line, kind.parent, document)
        line.seq = seq
        if isinstance(line, Document):
            _settle_document(line, document)
    return settled


def _settle_document(line: Any, document: Document) -> None:
    """A line that is a document itself (a customer's contact) shares its parent's owner and dates and is searched for alone."""
    line.owner, line.unit = line.owner or document.owner, line.unit or document.unit
    line.created_at, line.created_by = line.created_at or document.updated_at, line.created_by or document.updated_by
    line.updated_at, line.updated_by = document.updated_at, document.updated_by
    line.search_text = line.index_text()


def merged(document: Document, name: str, given: Sequence[Any] | None) -> tuple[list[Any], dict[int, tuple[Any, dict[str, Any]]]]:
    """The lines as they shall be, and those that were, by id."""
    kind = line_model(type(document), name)
    old = {line.pk: (line, snapshot(line)) for line in kind._default_manager.filter(**{kind.parent: document})}
    if given is None:
        return [line for line, _was in old.values()], old
    now = []
    for line_values in given:
        values = dict(line_values)
        key = values.pop("id", None)
        if key is None:
            now.append(made(kind, values))
            continue
        if key not in old:
            raise Refused("line_gone", _("A line was deleted by somebody else meanwhile. Please reload."))
        line = old[key][0]
        for field, value in values.items():
            setattr(line, field, value)
        now.append(_told(line, line_values, old[key][1]))
    return now, old


def store(document: Document, name: str, now: list[Any], old: dict[int, tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    kind = line_model(type(document), name)
    lines = settled(kind, document, now)
    new = [line for line in lines if line.pk is None]
    kept = {line.pk for line in lines if line.pk is not None}
    gone = [key for key in old if key not in kept]
    changed = [line for line in lines if line.pk in old and differences(line, old[line.pk][1])]
    if gone:
        kind._default_manager.filter(pk__in=gone).delete()
    if changed:
        _rewrite(kind, changed, {name for line in changed for name in differences(line, old[line.pk][1])})
    if new:
        kind._default_manager.bulk_create(new, batch_size=1000)
    told_lines: dict[str, Any] = {f"{name}.{line.seq}": told(line, differences(line, old[line.pk][1])) for line in changed}
    told_lines |= {f"{name}.{line.seq}": ["", str(line)] for line in new}
    return told_lines | {f"{name}.-{old[key][0].seq}": [str(old[key][0]), ""] for key in gone}


def _rewrite(kind: type[Any], rows: list[Any], names: set[str]) -> None:
    """What differs, in one statement for all lines; lists in one for each."""
    fields = [field for field in kind._meta.concrete_fields if field.attname in names]
    lists = {field.attname for field in fields if isinstance(field, ArrayField)}
    bulk.update(rows, [field.name for field in fields if field.attname not in lists])
    for row in rows if lists else ():
        bulk.update_one(row, lists)
