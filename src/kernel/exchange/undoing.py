"""Taking an import back: its new documents are deleted, its changes reversed, as far as nobody has touched them since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kernel import calls, clock, events, files, jobs, registry, saving, words
from kernel.access import Actor
from kernel.differences import snapshot, told
from kernel.exchange.aside import Progress, progress_of
from kernel.exchange.importing import TOLD
from kernel.exchange.writing import attempt
from kernel.lines import line_model
from kernel.models import File, Job
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import key_of

CHUNK = 500
TOUCHED = gettext_lazy("It was changed after the import and stays as it is.")


def start(found: Job, by: Actor) -> Job:
    """Queue the way back of a finished import."""
    if found.kind != "import" or not found.result.get("undo"):
        raise Refused("nothing_to_undo", _("There is nothing to take back here."))
    by.require(found.result["resource"], "import")
    return jobs.start("undo", _("Take back: %(what)s") % {"what": found.label}, {"import": found.pk}, by=by)


@jobs.job("undo")
@calls.anew
def run(job: jobs.Run) -> dict[str, Any]:
    """Take back a batch in one transaction; what was touched meanwhile stays and is named."""
    with progress_of(job) as progress, calls.call():
        found = Job.objects.select_for_update().get(pk=job.params["import"], member=job.actor.id, kind="import")
        if not found.result.get("undo"):
            raise Refused("nothing_to_undo", _("There is nothing to take back here."))
        return Undoing(found, job.actor, progress).run()


class Undoing:
    """One batch on its way back."""

    def __init__(self, found: Job, by: Actor, progress: Progress) -> None:
        self.found, self.by, self.progress, self.at = found, by, progress, clock.now()
        self.resource: Resource = registry.get(found.result["resource"])
        self.model = self.resource.model
        self.total = 0
        self.journal = orjson.loads(files.content_of(File.objects.get(pk=found.params["journal"])))
        self.undone = 0
        self.kept: list[dict[str, Any]] = []

    def run(self) -> dict[str, Any]:
        """What was made last goes first. What a changed document still refers to goes once that is as it was before."""
        changed = {row["id"]: row for row in self.journal["changed"]}
        groups = [(registry.get(group["resource"]).model, dict(group["rows"])) for group in reversed(self.journal["created"])]
        self.total = len(changed) + sum(len(rows) for _model, rows in groups)
        held = [(model, document) for model, rows in groups for document in self._delete_untouched(model, rows)]
        for keys in _chunks(list(changed)):
            self._go_on()
            for document in self._untouched(self.model, keys, {key: row["version"] for key, row in changed.items()}):
                self._restore(document, changed[document.pk])
        for model, document in held:
            for _document, why in self._delete(model, [document]):
                self._keep(document, why)
        self.found.result = {**self.found.result, "undo": bool(self.kept), "undone": self.undone}
        self.found.save(update_fields=["result"])
        return self._told()

    def _go_on(self) -> None:
        self.progress(self.undone, self.total, _("Taking back"))

    def _told(self) -> dict[str, Any]:
        result: dict[str, Any] = {"undone": self.undone, "kept": len(self.kept), "errors": self.kept[:TOLD]}
        if self.kept:
            told = ngettext(
                "%(n)d record stays: it was touched after the import.",
                "%(n)d records stay: they were touched after the import.",
                len(self.kept),
            )
            result["message"] = told % {"n": len(self.kept)}
        return result

    def _untouched(self, model: type[Any], keys: Sequence[int], versions: Mapping[int, int]) -> list[Any]:
        """Those of the documents that are still as the import left them, locked. One that is gone needs no way back."""
        rows = saving.lock_many(model, keys)
        for row in rows:
            if row.version != versions[row.pk]:
                self._keep(row, str(TOUCHED))
        return [row for row in rows if row.version == versions[row.pk]]

    def _keep(self, document: Any, why: str) -> None:
        self.kept.append({"_key": key_of(type(document)), "id": document.pk, "label": str(document), "detail": why})

    def _delete_untouched(self, model: type[Any], versions: Mapping[int, int]) -> list[Any]:
        """Delete what an import made; returns what something still refers to."""
        held = []
        for keys in _chunks(list(versions)):
            self._go_on()
            held += [document for document, _why in self._delete(model, self._untouched(model, keys, versions))]
        return held

    def _delete(self, model: type[Any], documents: Sequence[Any]) -> list[tuple[Any, str]]:
        """Delete together; where something refers to one of them, halve until it stands alone. Returns those, with the reason."""
        if not documents:
            return []
        _made, refused = attempt(lambda: delete_many(model, documents, by=self.by, at=self.at))
        if refused is None:
            self.undone += len(documents)
            return []
        if len(documents) == 1:
            return [(documents[0], str(refused.sentence))]
        middle = len(documents) // 2
        return [*self._delete(model, documents[:middle]), *self._delete(model, documents[middle:])]

    def _restore(self, document: Any, row: Mapping[str, Any]) -> None:
        values = _typed(self.model, row["values"])
        lines = {kind: [_typed(line_model(self.model, kind), line) for line in lines] for kind, lines in row["lines"].items()}
        _made, refused = attempt(lambda: saving.change(document, values, lines, by=self.by, at=self.at))
        if refused is None:
            self.undone += 1
        else:
            self._keep(document, str(refused.sentence))


def delete_many(model: type[Any], documents: Sequence[Any], *, by: Actor, at: Any) -> bool:
    """Remove documents of one kind that nothing else refers to; their history stays."""
    gone = [
        events.make("delete", row, by=by, at=at, changes=told(row, {name: (value, None) for name, value in snapshot(row).items()}))
        for row in documents
    ]
    try:
        model._default_manager.filter(pk__in=[row.pk for row in documents]).delete()
    except ProtectedError as used:
        what = words.listed(sorted({str(row) for row in list(used.protected_objects)[:3]}))
        raise Refused("in_use", _("It is used by %(what)s meanwhile.") % {"what": what}) from used
    calls.current().events.extend(gone)
    return True


def _typed(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values out of a journal as the model's fields take them; a line keeps its id."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    parent = f"{getattr(model, 'parent', '')}_id"
    return {name: fields[name].to_python(value) for name, value in values.items() if name in fields and name not in (parent, *saving.QUIET)}


def _chunks(keys: list[int]) -> list[list[int]]:
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
