"""What a document would be if it were saved now: defaults filled in, prices found, totals summed. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from kernel import holding, own, reading, saving
from kernel.access import Actor
from kernel.figures import telling
from kernel.intake import Intake, read_document
from kernel.lines import merged
from kernel.refusals import FieldError, Refused
from kernel.resources import Resource
from kernel.specs import Spec


def preview(resource: Resource, data: Mapping[str, Any], *, document: Any | None, by: Actor, at: datetime) -> dict[str, Any]:
    """The computed document. Half-filled input is welcome; what is wrong stands under `_errors`."""
    intake = Intake(by, lenient=True)
    values, lines = read_document(intake, resource, data, new=document is None)
    if document is None:
        document, kinds = saving.fresh(resource.model, values, lines, by=by, at=at)
    else:
        own.put(document, values)
        kinds = {name: merged(document, name, lines.get(name))[0] for name in resource.model.line_kinds}
    errors = list(intake.errors)
    try:
        document.prepare(kinds, by, at.date())
    except Refused as refused:
        errors += refused.errors or [FieldError("", refused.code, str(refused.sentence))]
    except (ObjectDoesNotExist, TypeError, AttributeError):
        if not _half_filled(resource, document, kinds):
            raise
    shown = _render(resource, document, kinds, holding.beholder(resource.key, document.pk, by))
    shown["_errors"] = [{"path": error.path, "code": error.code, "detail": str(error.detail)} for error in errors]
    return shown


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
        label = getattr(model, "label_field", "number")
        found |= {(model, key): text for key, text in model._default_manager.filter(pk__in=keys).values_list("pk", label)}  # type: ignore[attr-defined]
    return found
