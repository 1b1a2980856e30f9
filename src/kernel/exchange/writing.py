"""Writing what a sheet says: new documents in bulk, changed ones each for itself, with a journal by which it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kernel import calls, holding, saving
from kernel.access import Actor, forbidden
from kernel.api.problems import as_refused
from kernel.differences import differences, snapshot
from kernel.exchange import duplicates, matching, numbers
from kernel.exchange.matching import Pair
from kernel.exchange.reading import take_in
from kernel.refusals import FieldError, Refused
from kernel.resources import Resource

T = TypeVar("T")
Row = tuple[Mapping[str, Any], Mapping[str, Sequence[Any]]]
BATCH = 1000


@dataclass
class Journal:
    """What was done: enough to take it back."""

    created: list[Any] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    held: int = 0
    """Documents whose making or changing waits for an approval."""


class Writer:
    """Writes entries by the rules of the kernel. A refusal becomes an error of its entry and leaves nothing behind."""

    def __init__(self, resource: Resource, by: Actor, at: datetime) -> None:
        self.resource, self.model, self.by, self.at = resource, resource.model, by, at
        self.journal = Journal()

    # new ones --------------------------------------------------------------------------------------------------------
    def create(self, pairs: Sequence[Pair], *, write: bool) -> None:
        """Make new documents; without `write` they are only checked."""
        if pairs and not self.by.may(self.resource.key, "create"):
            raise forbidden(self.resource.label)
        taken = [(pair, self._row(pair)) for pair in pairs if not pair[0].errors]
        taken = [(pair, row) for pair, row in taken if not pair[0].errors]
        drafts, wrong = saving.draft_many(self.model, [row for _pair, row in taken], by=self.by, at=self.at)
        for index, refused in wrong.items():
            _tell(taken[index][0], refused)
        for index, error in duplicates.find(self.model, [document for document, _kinds in drafts]).items():
            if index not in wrong:
                taken[index][0][0].errors.append(error)
        sound = [index for index in range(len(taken)) if not taken[index][0][0].errors]
        if write and sound:
            numbers.pass_over(self.model, [drafts[index][0].number for index in sound if drafts[index][0].number])
            self._insert([taken[index] for index in sound], [drafts[index] for index in sound])

    def _row(self, pair: Pair) -> Row:
        entry, told = pair
        values, lines = take_in(self.by, self.resource, entry, told)
        if isinstance(told.own.get("number"), str | int):
            values["number"] = str(told.own["number"])
        return values, lines

    def _insert(self, taken: Sequence[tuple[Pair, Row]], drafts: Sequence[Any]) -> None:
        """Write drafts together; when the database or a follower refuses, halve until the culprits stand alone."""
        if f"{self.resource.key}.create" in holding.port.kinds():
            waiting = [self._waits("create", document, *row) for (_pair, row), (document, _kinds) in zip(taken, drafts, strict=True)]
            taken, drafts = ([one for one, waits in zip(some, waiting, strict=True) if not waits] for some in (taken, drafts))
            if not taken:
                return
        made, refused = attempt(lambda: saving.insert_many(self.model, drafts, by=self.by, at=self.at, verb="import"))
        if refused is None:
            self.journal.created += made or []
            for ((entry, _told), _row), document in zip(taken, made or [], strict=True):
                entry.document = document
        elif len(taken) == 1:
            _tell(taken[0][0], refused)
        else:
            middle = len(taken) // 2
            for half in (taken[:middle], taken[middle:]):
                again, _wrong = saving.draft_many(self.model, [row for _pair, row in half], by=self.by, at=self.at)
                self._insert(half, again)

    def _waits(self, verb: str, document: Any, values: Mapping[str, Any], lines: Mapping[str, Sequence[Any]]) -> bool:
        """Whether a document's making or changing waits for an approval of its own."""
        waits = holding.held(self.resource.key, verb, document, lambda: holding.wired(self.resource, values, lines), by=self.by, at=self.at)
        self.journal.held += waits
        return waits

    # those there already ---------------------------------------------------------------------------------------------
    def change(self, pairs: Mapping[int, Pair]) -> None:
        """Change locked documents by id; lines are changed or added, never taken away."""
        kinds = {kind for _entry, told in pairs.values() for kind, lines in told.lines.items() if lines}
        locked = calls.current().locked
        held = {pk: locked[self.model, pk] for pk in pairs if (self.model, pk) in locked}
        lines = matching.lines_of(self.resource, kinds, list(held))
        for pk, pair in pairs.items():
            if pk not in held:
                _tell(pair, Refused("not_found", _("It is not there any more.")))
            else:
                self._change(pair, held[pk], {kind: lines[kind][pk] for kind in kinds})

    def _change(self, pair: Pair, document: Any, there: Mapping[str, list[Any]]) -> None:
        entry, told = pair
        entry.document = document
        matching.join(self.resource, told, there)
        values, lines = take_in(self.by, self.resource, entry, told, document=document)
        if entry.errors:
            return
        if not self.by.covers(self.resource.key, "change", document):
            _tell(pair, forbidden(self.resource.label))
            return
        if not self.resource.editable(document):
            _tell(pair, Refused("wrong_state", _("%(document)s can no longer be edited in its present state.") % {"document": document}))
            return
        if not differs(document, values) and not _lines_differ(lines, there):
            self.journal.unchanged += 1
            return
        waits, refused = attempt(lambda: self._waits("change", document, values, lines))
        if waits:
            return
        if refused is not None:
            _tell(pair, refused)
            return
        before = snapshot(document)
        was = {kind: [snapshot(line) for line in there[kind]] for kind in lines}
        changed, refused = attempt(lambda: saving.change(document, values, lines, by=self.by, at=self.at))
        if refused is not None or changed is None:
            _tell(pair, refused or Refused("not_found", _("It is not there any more.")))
            return
        old = {name: value for name, (value, _now) in differences(changed, before).items() if name not in saving.QUIET}
        self.journal.changed.append({"id": changed.pk, "version": changed.version, "values": old, "lines": was})


def attempt(work: Callable[[], T]) -> tuple[T | None, Refused | None]:
    """Do it, or leave no trace of it: neither rows nor events."""
    call = calls.current()
    events, created = len(call.events), len(call.created)
    try:
        with transaction.atomic():
            return work(), None
    except (Refused, IntegrityError, DataError) as error:
        del call.events[events:], call.created[created:]
        return None, as_refused(error)


def _tell(pair: Pair, refused: Refused) -> None:
    entry, told = pair
    entry.errors += [told.placed(error) for error in refused.errors] or [FieldError("", refused.code, str(refused.sentence))]


def differs(row: Any, values: Mapping[str, Any]) -> bool:
    """Whether values would change a row."""
    for name, value in values.items():
        if isinstance(getattr(type(row), name, None), property):
            return True
        now = getattr(row, row._meta.get_field(name).attname)
        if now != (value.pk if isinstance(value, models.Model) else value):
            return True
    return False


def _lines_differ(lines: Mapping[str, Sequence[Mapping[str, Any]]], there: Mapping[str, list[Any]]) -> bool:
    for kind, given in lines.items():
        old = {line.pk: line for line in there[kind]}
        for values in given:
            if "id" not in values or differs(old[values["id"]], {name: value for name, value in values.items() if name != "id"}):
                return True
    return False
