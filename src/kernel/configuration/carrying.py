"""Making the configuration here what a picture shows: all of it or nothing, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import calls, config, saving
from kernel.access import Actor
from kernel.configuration.comparing import changes_of, diff
from kernel.configuration.pictures import NAMED, Key, Pictures, Row, columns, fields, pictured, resources
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import Bad, Spec, label_of


def carry(theirs: Pictures, digest: str, *, by: Actor, at: datetime) -> int:
    """Carry out what `diff` has shown, when it is still that. The number of rows made or changed."""
    here = pictured()
    if diff(here, theirs)["digest"] != digest:
        raise Refused("stale", _("The configuration has changed since you looked at it. Look at the differences again."))
    count = 0
    with calls.call():
        for resource in resources():
            for key, row in theirs.get(resource.key, {}).items():
                if changes_of(resource, here.get(resource.key, {}).get(key), row):
                    _write(resource, key, row, by=by, at=at)
                    count += 1
        config.changed()
    return count


def _write(resource: Resource, key: Key, row: Row, *, by: Actor, at: datetime) -> None:
    values = _read(row.values, fields(resource), row)
    lines = {kind: [_read(line, columns(resource, kind), row) for line in lines] for kind, lines in row.lines.items()}
    there = resource.queryset().filter(**dict(zip(resource.configuration, key, strict=True))).order_by("pk").first()
    if there is None:
        saving.create(resource.model, values, lines, by=by, at=at)
    else:
        saving.change(there, values, lines, by=by, at=at)


def _read(told: Mapping[str, Any], specs: Mapping[str, Spec], row: Row) -> dict[str, Any]:
    return {name: _value(value, specs[name], row) for name, value in told.items()}


def _value(value: Any, spec: Spec, row: Row) -> Any:
    if isinstance(value, dict) and value.keys() == {NAMED}:
        named = value[NAMED]
        return [_found(name, spec, row).pk for name in named] if isinstance(named, list) else _found(named, spec, row)
    try:
        return spec.parse(value)
    except Bad as bad:
        raise Refused("bad_file", f"{row.label}: {bad.detail}", status=422) from bad


def _found(name: str, spec: Spec, row: Row) -> Any:
    """What a reference means here."""
    target: Any = spec.target
    found = target._default_manager.filter(**{label_of(target): name}).order_by("pk").first()
    if found is None:
        told = {"row": row.label, "name": name}
        raise Refused("reference_missing", _("“%(row)s” needs “%(name)s”, which this company does not have. Make it here first.") % told)
    return found
