"""What a document would be if it were saved now: defaults filled in, prices found, totals summed. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from kernel import holding, own, reading, saving
from kernel.access import Actor
from kernel.differences import snapshot
from kernel.figures import telling
from kernel.intake import Intake, read_document
from kernel.lines import merged
from kernel.refusals import FieldError, Refused
from kernel.resources import Resource
from kernel.specs import Spec, label_names, named


class Tried(NamedTuple):
    """A document as it would be saved, with what is wrong with it."""

    document: Any
    lines: dict[str, list[Any]]
    errors: list[FieldError]
    computed: bool
    """False: something that must be there is missing or wrong, so that not everything could be worked out."""


def asked(data: Mapping[str, Any], find: Callable[[int], Any]) -> Any | None:
    """The document that somebody types into; None: a new one."""
    pk = data.get("id")
    if pk is not None and (isinstance(pk, bool) or not isinstance(pk, int)):
        raise Http404
    return find(pk) if pk is not None else None


def tried(resource: Resource, data: Mapping[str, Any], *, document: Any | None, by: Actor, at: datetime) -> Tried:
    """What would be saved. Half-filled input is welcome."""
    intake = Intake(by, lenient=True)
    values, lines = read_document(intake, resource, data, new=document is None)
    if document is None:
        document, kinds = saving.fresh(resource.model, values, lines, by=by, at=at)
    else:
        document.__dict__["_stored"] = snapshot(document)
        own.put(document, values)
        kinds = {name: merged(document, name, lines.get(name))[0] for name in resource.model.line_kinds}
    errors, computed = list(intake.errors), True
    try:
        document.prepare(kinds, by, at.date())
    except Refused as refused:
        errors += refused.errors or [FieldError("", refused.code, str(refused.sentence))]
        computed = False
    except (ObjectDoesNotExist, TypeError, AttributeError):
        if not _half_filled(resource, document, kinds):
            raise
        computed = False
    return Tried(document, kinds, errors, computed)


def preview(resource: Resource, data: Mapping[str, Any], *, document: Any | None, by: Actor, at: datetime) -> dict[str, Any]:
    """The computed document; what is wrong stands under `_errors`."""
    made = tried(resource, data, document=document, by=by, at=at)
    return shown(resource, made, by) | {"_errors": told(made.errors)}


def told(errors: Sequence[FieldError]) -> list[dict[str, str]]:
    return [{"path": error.path, "code": error.code, "detail": str(error.detail)} for error in errors]


def shown(resource: Resource, made: Tried, by: Actor) -> dict[str, Any]:
    """It as the API shows documents, masked for its reader."""
    return _render(resource, made.document, made.lines, holding.beholder(resource.key, made.document.pk, by))


def _half_filled(resource: Resource, document: Any, kinds: Mapping[str, list[Any]]) -> bool:
    """Whether something that must be there is still missing, so that no more can be computed."""
    places = [(resource.own, document), *((specs, line) for name, specs in resource.line_specs.items() for line in kinds.get(name, []))]
    return any(spec.required and getattr(instance, spec.attname) in (None, "") for specs, instance in places for spec in specs.values())


def _render(resource: Resource, document: Any, kinds: Mapping[str, list[Any]], by: Actor) -> dict[str, Any]:
    labels = _labels(resource, document, kinds)
    masks = by.profile.masked(resource.key)
    shown = _row(resource.fields, document, labels, masks) | {"id": document.pk, "version": document.version}
    if resource.has_state:
        shown["state"] = document.state
    for name, specs in resource.line_specs.items():
        hidden = by.profile.masked_lines(resource.key, name)
        shown[name] = [{"id": line.pk, **_row(specs, line, labels, hidden)} for line in kinds.get(name, [])]
    with telling(by):
        return shown | resource.beside(vars(document), masks)


def _row(specs: Mapping[str, Spec], instance: Any, labels: Mapping[tuple[type, int], str], masks: Mapping[str, str]) -> dict[str, Any]:
    row = reading.values_of(instance, specs, labels)
    return reading.render_row(specs, row, masks)


def _labels(resource: Resource, document: Any, kinds: Mapping[str, list[Any]]) -> dict[tuple[type, int], str]:
    """The labels of all documents referred to, one query a kind."""
    wanted: dict[type, set[int]] = defaultdict(set)
    places = [(resource.own, document)] + [(specs, line) for name, specs in resource.line_specs.items() for line in kinds.get(name, [])]
    for specs, instance in places:
        for spec in specs.values():
            if spec.type == "ref" and spec.target is not None and getattr(instance, spec.attname):
                wanted[spec.target].add(getattr(instance, spec.attname))
    found: dict[tuple[type, int], str] = {}
    for model, keys in wanted.items():
        names = label_names(model)
        rows = model._default_manager.filter(pk__in=keys).values("pk", *names)  # type: ignore[attr-defined]
        found |= {(model, row["pk"]): named(row, names) for row in rows}
    return found
