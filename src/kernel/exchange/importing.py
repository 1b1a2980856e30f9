"""The import itself: one job, one transaction. Either it is all there, with a way back, or nothing has happened."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel import calls, clock, files, jobs, limits, registry, saving, words
from kernel.exchange import matching, sheets
from kernel.exchange.aside import Progress, progress_of
from kernel.exchange.columns import automap, importable
from kernel.exchange.entries import Entry, assemble
from kernel.exchange.marked import marked
from kernel.exchange.matching import Pair
from kernel.exchange.missing import Missing
from kernel.exchange.ordering import Order
from kernel.exchange.reading import Reader
from kernel.exchange.writing import BATCH, Writer
from kernel.models import File, Job
from kernel.refusals import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MODES = ("insert", "update", "upsert")
TOLD = 200
T = TypeVar("T")


class _RollBack(Exception):
    """Nothing shall stay of what was tried."""


@jobs.job("import")
@calls.anew
def run(job: jobs.Run) -> dict[str, Any]:
    """Import a stored file; see `docs/api.md` for the parameters and the result."""
    with progress_of(job) as progress, _no_garbage():
        return Importing(job, progress).run()


@contextmanager
def _no_garbage() -> Iterator[None]:
    """All the objects of an import live until its end: looking for garbage among them costs a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Importing:
    """One import while it runs."""

    def __init__(self, job: jobs.Run, progress: Progress) -> None:
        self.job, self.actor, self.progress = job, job.actor, progress
        self.mode, self.dry, self.stops = job.params["mode"], bool(job.params["dry_run"]), job.params["on_error"] == "stop"
        self.resource = registry.get(job.params["resource"])
        self.actor.require(self.resource.key, "import", label=self.resource.label)
        self.file = File.objects.get(pk=job.params["file"])
        self.at = clock.now()
        self.done = 0
        self.groups: list[tuple[str, list[Any]]] = []
        """What was made, in the order in which it was made."""

    def run(self) -> dict[str, Any]:
        self.progress(0, 0, _("Reading the file"))
        self.sheet = sheets.read(files.content_of(self.file))
        known = importable(self.resource, self.actor)
        self.mapping = chosen(self.sheet.headings, self.job.params.get("mapping") or {}, automap(self.sheet.headings, known), known)
        self.columns = {path: self.sheet.headings.index(heading) for heading, path in self.mapping.items() if path}
        self.entries = assemble(self.sheet, self.columns, known)
        self.reader = Reader(self.resource, self.actor, self.sheet, known)
        self.missing = Missing(self.job.params.get("create_missing") or (), self.actor, self.at)
        self.writer = Writer(self.resource, self.actor, self.at)
        return self._carry_out([(entry, self.reader.read(entry)) for entry in self.entries])

    def _carry_out(self, pairs: list[Pair]) -> dict[str, Any]:
        try:
            with calls.call() as call:
                call.imports = True
                self._write(pairs)
                if self.dry or (self.stops and self._failed()):
                    raise _RollBack
                result = self._result(kept=True)
                Job.objects.filter(pk=self.job.job.pk).update(state=Job.State.DONE, result=result, message="")
                return result
        except _RollBack:
            result = self._result(kept=False)
        if not self.dry:
            told = ngettext(
                "%(n)d record is wrong, so nothing was imported.", "%(n)d records are wrong, so nothing was imported.", result["failed"]
            )
            raise Refused("rows_wrong", told % {"n": result["failed"]}, status=422, extra=result)
        return result

    def _write(self, pairs: list[Pair]) -> None:
        found = {} if self.mode == "insert" else matching.find(self.resource, self.actor, pairs, must=self.mode == "update")
        if self.mode != "update":
            limits.ask_creating(self.resource.app, program=bool(self.resource.model.date_field), adding=len(pairs) - len(found))
        for keys in _batches(sorted(found.values())):
            saving.lock_many(self.resource.model, keys)  # rows before turns, as a form does it: nobody waits in a circle
        order = self._ordered(pairs, found)
        for wave in order.waves:
            before, ready = len(self.writer.journal.created), order.ready(wave)
            for position in ready:
                self.reader.settle(*pairs[position])
            self._write_wave(pairs, found, ready, whole=len(order.waves) == 1)
            order.written(wave)
            self.groups.append((self.resource.key, self.writer.journal.created[before:]))
        self.missing.take_back_unused()
        self.progress(len(pairs), len(pairs), _("Checking and writing"))

    def _ordered(self, pairs: list[Pair], found: dict[int, int]) -> Order:
        """The documents in the order in which they can be written, with all they refer to looked up and what is missing made."""
        self.missing.take_turns(self.reader.known)
        self.reader.finder.load()
        order = Order(self.reader, pairs, found)
        self.missing.make(self.reader, pairs, order.called.__contains__)
        return order

    def _write_wave(self, pairs: list[Pair], found: dict[int, int], ready: list[int], *, whole: bool) -> None:
        """New documents, then those that are there. Once it is clear that nothing will stay, a sheet's only wave is merely checked."""
        new = [pairs[position] for position in ready if position not in found and self.mode != "update"]
        for some in _batches(new):
            self._go_on(some)
            self.writer.create(some, write=not (whole and self.stops and self._failed()))
        for keys in _batches([position for position in ready if position in found]):
            self._go_on(keys)
            self.writer.change({found[position]: pairs[position] for position in keys})

    def _go_on(self, some: Sequence[Any]) -> None:
        self.progress(self.done, len(self.entries), _("Checking and writing"))
        self.done += len(some)

    def _failed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.errors]

    def _result(self, *, kept: bool) -> dict[str, Any]:
        """What the job tells; `kept` when the rows stay written."""
        failed, journal = self._failed(), self.writer.journal
        undo = kept and bool(journal.created or journal.changed)
        if undo:
            self._keep(f"import-{self.job.job.pk}.json", orjson.dumps(self._journal(), default=str), "application/json", "journal")
        result = {
            "resource": self.resource.key,
            "dry_run": self.dry,
            "rows": len(self.sheet.rows),
            "created": len(journal.created) if kept or self.dry else 0,
            "updated": len(journal.changed) if kept or self.dry else 0,
            "unchanged": journal.unchanged,
            "held": journal.held if kept or self.dry else 0,
            "failed": len(failed),
            "errors": [told for entry in failed[:TOLD] for told in self._told(entry)][:TOLD],
            "creates": self.missing.told() if kept or self.dry else [],
            "ignored": [heading for heading, path in self.mapping.items() if path is None],
            "undo": undo,
        }
        if failed:
            content = marked(self.sheet, self.columns, failed, only_failed=kept)
            result["file"] = f"/api/v1/files/{self._keep(_('Import errors') + '.xlsx', content, XLSX, 'errors').pk}/"
        return result

    def _journal(self) -> dict[str, Any]:
        """Enough to take it all back: what was made, kind by kind in the order of making, and what was changed."""
        groups = [*self.missing.groups(), *self.groups]
        created = [{"resource": key, "rows": [[document.pk, document.version] for document in documents]} for key, documents in groups]
        return {"created": created, "changed": self.writer.journal.changed}

    def _told(self, entry: Entry) -> list[dict[str, Any]]:
        told = []
        for error in entry.errors:
            row, column = entry.place(error.path, self.columns)
            heading = self.sheet.headings[column] if column is not None else ""
            told.append(
                {"row": self.sheet.numbers[row], "path": error.path, "heading": heading, "code": error.code, "detail": str(error.detail)}
            )
        return told

    def _keep(self, name: str, content: bytes, kind: str, slot: str) -> File:
        file = files.keep(name, content, kind, by=self.actor, at=self.at)
        params = {**self.job.job.params, slot: file.pk}
        self.job.job.params = params
        Job.objects.filter(pk=self.job.job.pk).update(params=params)
        return file


def chosen(headings: Sequence[str], asked: dict[str, Any], guessed: dict[str, str | None], known: dict[str, Any]) -> dict[str, str | None]:
    """Which column each heading means: as asked for, else as guessed. Refused when that makes no sense."""
    for heading, path in asked.items():
        if heading not in headings or (path is not None and path not in known):
            raise Refused(
                "bad_mapping",
                _("“%(name)s” is no column of this file or no field here.") % {"name": f"{heading} → {path}"[:120]},
                status=422,
            )
    taken = {path for path in asked.values() if path}
    mapping = {heading: asked.get(heading, guessed[heading] if guessed[heading] not in taken else None) for heading in headings}
    used = [path for path in mapping.values() if path]
    if len(used) != len(set(used)):
        raise Refused("bad_mapping", _("Two columns are meant to fill the same field. Choose one."), status=422)
    if not used:
        names = words.listed(str(heading)[:20] for heading in headings[:8])
        told = _("No column is known here (%(names)s). Start from the template, or check that the file is in UTF-8 or GB18030.")
        raise Refused("no_columns", told % {"names": names}, status=422)
    return mapping


def _batches(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + BATCH * 5] for start in range(0, len(items), BATCH * 5)]
