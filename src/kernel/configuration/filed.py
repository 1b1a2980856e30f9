"""A picture as a file that people keep, send, and read into another company."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.utils.translation import gettext as _

from kernel.api.wire import dump, load
from kernel.configuration.pictures import NAMED, Pictures, Row, columns, fields, resources
from kernel.refusals import Refused
from kernel.resources import Resource

FORM, VERSION = "millwright-configuration", 1
LARGEST = 8_000_000


def to_file(pictures: Pictures, company: str, at: datetime) -> bytes:
    told = {
        key: [{"key": list(name), "label": row.label, "values": row.values, "lines": row.lines} for name, row in rows.items()]
        for key, rows in pictures.items()
    }
    return dump({"form": FORM, "version": VERSION, "company": company, "made_at": at.isoformat(), "resources": told})


def from_file(content: bytes) -> Pictures:
    """What a file shows. Refused when it is none of ours, or says something that this product does not know."""
    if len(content) > LARGEST:
        raise _bad(_("The file is larger than any configuration. Choose the file that was made on this page."))
    try:
        told = load(content)
    except orjson.JSONDecodeError as error:
        raise _bad(_("This is no configuration file. Choose the file that was made on this page.")) from error
    if not isinstance(told, dict) or told.get("form") != FORM or not isinstance(told.get("resources"), dict):
        raise _bad(_("This is no configuration file. Choose the file that was made on this page."))
    if told.get("version") != VERSION:
        raise _bad(_("The file was made by another version of the product. Make it again there after the update."))
    known = {resource.key: resource for resource in resources()}
    strange = sorted(set(told["resources"]) - set(known))
    if strange:
        raise _bad(_("The file has configuration that is not known here: %(what)s.") % {"what": ", ".join(strange)[:200]})
    return {key: dict(_row(known[key], row) for row in _list(rows)) for key, rows in told["resources"].items()}


def _row(resource: Resource, told: Any) -> tuple[tuple[str, ...], Row]:
    if not isinstance(told, dict):
        raise _damaged(resource)
    key, values, lines = told.get("key"), told.get("values"), told.get("lines", {})
    if not isinstance(key, list) or len(key) != len(resource.configuration) or not isinstance(values, dict) or not isinstance(lines, dict):
        raise _damaged(resource)
    _known(resource, values, fields(resource))
    for kind, rows in lines.items():
        if kind not in resource.line_parts:
            raise _damaged(resource)
        for line in _list(rows):
            _known(resource, line, columns(resource, kind))
    return tuple(map(str, key)), Row(str(told.get("label", key[0])), values, lines)


def _known(resource: Resource, told: Any, specs: Any) -> None:
    """Each value stands for a field that is there, and a name is a text or texts."""
    if not isinstance(told, dict) or not told.keys() <= specs.keys():
        raise _damaged(resource)
    for name, value in told.items():
        reference = isinstance(value, dict) and value.keys() == {NAMED}
        if reference != (specs[name].type in ("ref", "refs") and value is not None):
            raise _damaged(resource)
        if reference:
            named = value[NAMED] if isinstance(value[NAMED], list) else [value[NAMED]]
            if isinstance(value[NAMED], list) != (specs[name].type == "refs") or not all(isinstance(one, str) for one in named):
                raise _damaged(resource)


def _list(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else []


def _damaged(resource: Resource) -> Refused:
    return _bad(_("The part “%(what)s” of the file is damaged. Make the file again.") % {"what": resource.label})


def _bad(sentence: str) -> Refused:
    return Refused("bad_file", sentence, status=422)
