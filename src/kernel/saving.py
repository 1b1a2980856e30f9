"""Creating, changing and deleting documents with their lines: one way for forms, programs, imports and other actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kernel import bulk, calls, events, numbering, statements, words
from kernel.access import Actor
from kernel.documents import Document
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import of_model

D = TypeVar("D", bound=Document)
QUIET = {"version", "updated_at", "updated_by", "search_text"}
Lines = Mapping[str, Sequence[Any]]
Draft = tuple[D, dict[str, list[Any]]]


def line_model(model: type[Document], name: str) -> type[Any]:
    """The model of a kind of lines, `Quote`, `lines` → `QuoteLine`."""
    return model._meta.get_field(name).related_model  # type: ignore[return-value]


def stale(document: Document) -> Refused:
    return Refused(
        "stale",
        _("%(document)s was changed by somebody else meanwhile. Your input is kept: compare and save again.") % {"document": document},
        extra={"current_version": document.version},
    )


def lock(document: D, version: int | None = None) -> D:
    """The document as it is now, locked until the transaction ends; refused when it is no longer the version expected."""
    call = calls.current()
    slot = (type(document), document.pk)
    held = call.locked.get(slot)
    if held is None:
        held = statements.instance(type(document), document.pk)
        if held is None:
            raise Refused("not_found", _("It is not there any more."), status=404)
        call.locked[slot] = held
        held.__dict__["_stored"] = snapshot(held)
    if version is not None and held.version != version:
        raise stale(held)
    return cast("D", held)


def lock_many(model: type[D], keys: Iterable[int]) -> list[D]:
    """The documents that are still there, locked together in the order of their ids."""
    call = calls.current()
    found: Any = model._default_manager.select_for_update().filter(pk__in=list(keys)).order_by("pk")
    rows: list[D] = list(found)
    for row in rows:
        call.locked[(model, row.pk)] = row
        row.__dict__["_stored"] = snapshot(row)
    return rows


def snapshot(row: models.Model) -> dict[str, Any]:
    return {field.attname: row.__dict__[field.attname] for field in row._meta.concrete_fields if field.attname in row.__dict__}


def differences(row: models.Model, before: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{field: (old, new)} of what differs."""
    now = snapshot(row)
    return {name: (before.get(name), value) for name, value in now.items() if before.get(name) != value}


@cache
def _public(model: type[models.Model]) -> frozenset[str]:
    """Columns that have a name for people; secrets and the kernel's own columns have none and stay out of every history."""
    return frozenset({spec.attname for spec in of_model(model).values()} | {"custom"}) - QUIET


def told(row: models.Model, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, list[str | None]]:
    """Changes as an event keeps them: {field: [old, new]} in text."""
    public = _public(type(row))
    return {name: [None if value is None else str(value) for value in pair] for name, pair in changes.items() if name in public}


def store(document: Document, *, by: Actor, at: datetime) -> None:
    """Write what changed in a locked document since it was last written; its version goes up by one if anything did."""
    changed = differences(document, document.__dict__["_stored"])
    if "state" in changed and not document.number:
        numbering.give([document], at.date())
        changed |= differences(document, document.__dict__["_stored"])
    if not changed:
        return
    document.version += 1
    document.updated_at, document.updated_by = at, by.id
    if changed.keys() & set(document.search) or "number" in changed:
        document.search_text = document.index_text()
    names = {name for name in changed if name != "id"} | QUIET
    document.save(update_fields=[field.name for field in document._meta.concrete_fields if field.attname in names])
    document.__dict__["_stored"] = snapshot(document)


def touch(document: Document) -> None:
    """Count a change of its lines as a change of the document, so that its version goes up."""
    document.__dict__["_stored"] = {**document.__dict__["_stored"], "updated_at": None}


def create(model: type[D], values: Mapping[str, Any], lines: Lines | None = None, *, by: Actor, at: datetime) -> D:
    """Make one document. Values are field names to Python values; lines are mappings or line instances."""
    return create_many(model, [(values, lines or {})], by=by, at=at)[0]


def create_many(
    model: type[D], rows: Iterable[tuple[Mapping[str, Any], Lines]], *, by: Actor, at: datetime, verb: str = "create"
) -> list[D]:
    """Make documents in bulk: the same rules as for one, in a handful of statements for thousands."""
    with calls.call():
        drafts, wrong = draft_many(model, rows, by=by, at=at)
        if wrong:
            raise (
                wrong[0] if len(drafts) == 1 else Invalid([error for index, refused in wrong.items() for error in _placed(index, refused)])
            )
        return insert_many(model, drafts, by=by, at=at, verb=verb)


def _placed(index: int, refused: Refused) -> list[FieldError]:
    told = refused.errors or [FieldError("", refused.code, str(refused.sentence))]
    return [FieldError(f"{index}.{error.path}", error.code, error.detail) for error in told]


def draft_many(
    model: type[D], rows: Iterable[tuple[Mapping[str, Any], Lines]], *, by: Actor, at: datetime
) -> tuple[list[Draft[D]], dict[int, Refused]]:
    """New documents in memory, filled in and checked, and why some of them, by position, cannot be."""
    drafts = [fresh(model, values, lines, by=by, at=at) for values, lines in rows]
    wrong: dict[int, Refused] = {}
    for index, (document, kinds) in enumerate(drafts):
        try:
            document.prepare(kinds, by, at.date())
        except Refused as refused:
            wrong[index] = refused
    sound = [index for index in range(len(drafts)) if index not in wrong]
    for position, error in model.check_many([drafts[index][0] for index in sound]).items():
        wrong[sound[position]] = Invalid([error])
    return drafts, wrong


def insert_many(model: type[D], drafts: Sequence[Draft[D]], *, by: Actor, at: datetime, verb: str = "create") -> list[D]:
    """Write checked drafts with their numbers, lines and events."""
    with calls.call() as call:
        documents = [document for document, _kinds in drafts]
        if not numbering.rule_of(model).gap_free:
            numbering.give(documents, at.date())
        for document in documents:
            document.search_text = document.index_text()
        bulk.insert(model, documents)
        for name in model.line_kinds:
            kind = line_model(model, name)
            ready = [line for document, kinds in drafts for line in _settled(kind, document, kinds.get(name, []))]
            if ready:
                bulk.insert(kind, ready)
            for document, kinds in drafts if len(drafts) <= bulk.FEW else ():
                remember(document, name, kinds.get(name, []))
        born = [events.make(verb, document, by=by, at=at, changes={}) for document in documents]
        call.events.extend(born)
        call.created.extend(documents)
        for document, event in zip(documents, born, strict=True):
            call.locked[(model, document.pk)] = document
            document.__dict__["_stored"] = snapshot(document)
            events.follow(document, event, by=by, at=at)
        return documents


def remember(document: Document, name: str, lines: Sequence[Any]) -> None:
    """Let `document.lines.all()` answer with lines already in memory instead of reading them again."""
    cache = document.__dict__.setdefault("_prefetched_objects_cache", {})
    cache.pop(name, None)
    known = getattr(document, name).all()
    known._result_cache = list(lines)
    cache[name] = known


def fresh(model: type[D], values: Mapping[str, Any], lines: Lines, *, by: Actor, at: datetime) -> tuple[D, dict[str, list[Any]]]:
    """A new document in memory with its lines, owned by whoever makes it unless said otherwise."""
    document = model(**values)
    if document.owner is None:
        document.owner = by.id
    if document.unit is None:
        document.unit = by.unit_id
    document.created_at = document.updated_at = at
    document.created_by = document.updated_by = by.id
    if model.date_field and not model.gap_free and getattr(document, model.date_field) is None:
        setattr(document, model.date_field, at.date())
    return document, {name: [_line(line_model(model, name), line) for line in lines.get(name, ())] for name in model.line_kinds}


def _line(kind: type[Any], given: Any) -> Any:
    return given if isinstance(given, models.Model) else kind(**given)


def _settled(kind: type[Any], document: Document, lines: Iterable[Any]) -> list[Any]:
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


def change(document: D, values: Mapping[str, Any], lines: Lines | None = None, *, by: Actor, at: datetime, version: int | None = None) -> D:
    """Change a document's fields and, where given, replace its lines: with `id` changed, without added, absent deleted."""
    with calls.call() as call:
        document = lock(document, version)
        before = snapshot(document)
        for name, value in values.items():
            setattr(document, name, value)
        kinds = {name: merged(document, name, (lines or {}).get(name)) for name in document.line_kinds}
        document.prepare({name: now for name, (now, _old) in kinds.items()}, by, at.date())
        wrong = type(document).check_many([document])
        if wrong:
            raise Invalid(list(wrong.values()))
        line_changes: dict[str, Any] = {}
        for name, (now, old) in kinds.items():
            line_changes |= _store_lines(document, name, now, old)
            remember(document, name, now)
        if line_changes:
            touch(document)
        store(document, by=by, at=at)
        changes = told(document, differences(document, before)) | line_changes
        if changes:
            event = events.make("change", document, by=by, at=at, changes=changes)
            call.events.append(event)
            events.follow(document, event, by=by, at=at)
        return document


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
            now.append(kind(**values))
            continue
        if key not in old:
            raise Refused("line_gone", _("A line was deleted by somebody else meanwhile. Please reload."))
        line = old[key][0]
        for field, value in values.items():
            setattr(line, field, value)
        now.append(line)
    return now, old


def _store_lines(document: Document, name: str, now: list[Any], old: dict[int, tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    kind = line_model(type(document), name)
    lines = _settled(kind, document, now)
    new = [line for line in lines if line.pk is None]
    kept = {line.pk for line in lines if line.pk is not None}
    gone = [key for key in old if key not in kept]
    changed = [line for line in lines if line.pk in old and differences(line, old[line.pk][1])]
    if gone:
        kind._default_manager.filter(pk__in=gone).delete()
    if changed:
        bulk.update(changed, [field.name for field in kind._meta.concrete_fields if not field.primary_key])
    if new:
        kind._default_manager.bulk_create(new, batch_size=1000)
    told_lines: dict[str, Any] = {f"{name}.{line.seq}": told(line, differences(line, old[line.pk][1])) for line in changed}
    told_lines |= {f"{name}.{line.seq}": ["", str(line)] for line in new}
    return told_lines | {f"{name}.-{old[key][0].seq}": [str(old[key][0]), ""] for key in gone}


def delete(document: Document, *, by: Actor, at: datetime, version: int | None = None) -> None:
    """Remove a document that nothing else refers to; its history stays."""
    with calls.call() as call:
        document = lock(document, version)
        event = events.make(
            "delete", document, by=by, at=at, changes=told(document, {name: (value, None) for name, value in snapshot(document).items()})
        )
        try:
            document.delete()
        except ProtectedError as used:
            what = words.listed(sorted({str(row) for row in list(used.protected_objects)[:3]}))
            raise Refused(
                "in_use",
                _("%(document)s is used by %(what)s and cannot be deleted. Switch it off instead.") % {"document": document, "what": what},
            ) from used
        event.subject_id = int(event.refs[0].rpartition(":")[2])
        call.events.append(event)
        events.follow(document, event, by=by, at=at)
