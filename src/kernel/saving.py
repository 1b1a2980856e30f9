"""Creating, changing and deleting documents with their lines: one way for forms, programs, imports and other actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kernel import bulk, calls, events, holding, numbering, own, periods, statements, words
from kernel import lines as lines_of
from kernel.access import Actor
from kernel.differences import QUIET, differences, snapshot, told
from kernel.documents import Document
from kernel.refusals import FieldError, Invalid, Refused

D = TypeVar("D", bound=Document)
Lines = Mapping[str, Sequence[Any]]
Draft = tuple[D, dict[str, list[Any]]]


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
        _lock_above(document)
        held = next(iter(statements.locked(type(document))(document.pk)), None)
        if held is None:
            raise Refused("not_found", _("It is not there any more."), status=404)
        call.locked[slot] = held
        held.__dict__["_stored"] = snapshot(held)
    if version is not None and held.version != version:
        raise stale(held)
    return cast("D", held)


def _lock_above(document: Document) -> None:
    """What belongs to a whole is locked after it, so that two who work on parts of one whole wait instead of blocking each other."""
    name = type(document).locked_after
    if name:
        above: Any = type(document)._meta.get_field(name)
        key = statements.values(type(document), "pk", (above.attname,))(document.pk)
        if key:
            lock(above.related_model(pk=key[0][above.attname]))


def lock_many(model: type[D], keys: Iterable[int]) -> list[D]:
    """The documents that are still there, locked together in the order of their ids."""
    call = calls.current()
    found: Any = model._default_manager.select_for_update().filter(pk__in=list(keys)).order_by("pk")
    rows: list[D] = list(found)
    for row in rows:
        call.locked[(model, row.pk)] = row
        row.__dict__["_stored"] = snapshot(row)
    return rows


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
    bulk.update_one(document, {name for name in changed if name != "id"} | QUIET)
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
            periods.ask_for(document)
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
            kind = lines_of.line_model(model, name)
            ready = [line for document, kinds in drafts for line in lines_of.settled(kind, document, kinds.get(name, []))]
            if ready:
                bulk.insert(kind, ready)
            for document, kinds in drafts if len(drafts) <= bulk.FEW else ():
                lines_of.remember(document, name, kinds.get(name, []))
        born = [events.make(verb, document, by=by, at=at, changes={}) for document in documents]
        call.events.extend(born)
        call.created.extend(documents)
        for document, event in zip(documents, born, strict=True):
            call.locked[(model, document.pk)] = document
            document.__dict__["_stored"] = snapshot(document)
            events.follow(document, event, by=by, at=at)
        return documents


def fresh(model: type[D], values: Mapping[str, Any], lines: Lines, *, by: Actor, at: datetime) -> tuple[D, dict[str, list[Any]]]:
    """A new document in memory with its lines, owned by whoever makes it unless said otherwise."""
    document = model(**values)
    if "custom" in values:
        own.put(document, {"custom": values["custom"]})
    if document.owner is None:
        document.owner = by.id
    if document.unit is None:
        document.unit = by.unit_id
    document.created_at = document.updated_at = at
    document.created_by = document.updated_by = by.id
    if model.date_field and not model.gap_free and getattr(document, model.date_field) is None:
        setattr(document, model.date_field, at.date())
    return document, {
        name: [lines_of.made(lines_of.line_model(model, name), line) for line in lines.get(name, ())] for name in model.line_kinds
    }


def change(document: D, values: Mapping[str, Any], lines: Lines | None = None, *, by: Actor, at: datetime, version: int | None = None) -> D:
    """Change a document's fields and, where given, replace its lines: with `id` changed, without added, absent deleted."""
    with calls.call() as call:
        document = lock(document, version)
        holding.check_free(document, by, frozenset(values) if not lines else None)
        before = snapshot(document)
        own.put(document, values)
        kinds = {name: lines_of.merged(document, name, (lines or {}).get(name)) for name in document.line_kinds}
        document.prepare({name: now for name, (now, _old) in kinds.items()}, by, at.date())
        periods.ask_for(document)
        wrong = type(document).check_many([document])
        if wrong:
            raise Invalid(list(wrong.values()))
        line_changes: dict[str, Any] = {}
        for name, (now, old) in kinds.items():
            line_changes |= lines_of.store(document, name, now, old)
            lines_of.remember(document, name, now)
        if line_changes:
            touch(document)
        store(document, by=by, at=at)
        changes = told(document, differences(document, before)) | line_changes
        if changes:
            event = events.make("change", document, by=by, at=at, changes=changes)
            call.events.append(event)
            events.follow(document, event, by=by, at=at)
        return document


def delete(document: Document, *, by: Actor, at: datetime, version: int | None = None) -> None:
    """Remove a document that nothing else refers to; its history stays."""
    with calls.call() as call:
        document = lock(document, version)
        holding.check_free(document, by)
        periods.ask_for(document)
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
        numbering.take_back(document, at.date())
        event.subject_id = int(event.refs[0].rpartition(":")[2])
        call.events.append(event)
        events.follow(document, event, by=by, at=at)
