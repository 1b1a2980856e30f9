"""Trying a design out before it is published: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kernel import clock, describe
from kernel.access import SYSTEM, Actor
from kernel.preview import preview
from kernel.printing import typesetting
from kernel.printing.content import content
from kernel.refusals import FieldError, Invalid
from tenant_apps.office import forms, reading
from tenant_apps.office.entries import EntryResource
from tenant_apps.office.forms import Published
from tenant_apps.office.models import Form

TEMPLATE = Path(__file__).parent / "print" / "entry.typ"


def tried(data: Mapping[str, Any], *, by: Actor) -> dict[str, Any]:
    """What is wrong with a design; where nothing is, its description and what comes of test input."""
    try:
        resource = drawn(data)
    except Invalid as wrong:
        return {"errors": [{"path": one.path, "code": one.code, "detail": str(one.detail)} for one in wrong.errors]}
    with forms.trying(resource.found):
        return {"errors": [], "description": describe.whole(resource, SYSTEM), "computed": _computed(resource, data, by)}


def printed(data: Mapping[str, Any], *, by: Actor) -> bytes:
    """The printed form of a design with test input."""
    resource = drawn(data)
    with forms.trying(resource.found):
        document = {"_label": resource.label, "number": "", **_computed(resource, data, by)}
        return typesetting.pdf(TEMPLATE, content(resource, str(resource.prints[0].label), document, SYSTEM))


def drawn(data: Mapping[str, Any]) -> EntryResource:
    """The document type a design would make."""
    told = {name: data.get(name) for name in ("key", "name", "name_en")}
    if not all(value is None or isinstance(value, str) for value in told.values()):
        raise Invalid([FieldError("key", "not_text", _("Please send texts."))])
    design = reading.read(data.get("design"))
    form = Form(
        pk=0, key=told["key"] or "trial", name=told["name"] or _("Form"), name_en=told["name_en"] or "", revision=1, created_at=clock.now()
    )
    return EntryResource(Published(form, {1: design}))


def _computed(resource: EntryResource, data: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    values = data.get("values") or {}
    if not isinstance(values, Mapping):
        values = {}
    shown = preview(resource, values, document=None, by=by, at=clock.now())
    return {name: value for name, value in shown.items() if value is not None or name == "id"}
