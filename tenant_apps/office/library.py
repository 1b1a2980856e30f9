"""Ready forms that every company may take over and change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kernel import calls, saving
from kernel.access import Actor
from kernel.actions import perform
from kernel.refusals import Refused
from tenant_apps.office import actions
from tenant_apps.office.models import Form
from tenant_apps.office.words import Words
from tenant_apps.organization.actions import admin_roles

FOLDER = Path(__file__).parent / "library"
TAKEN_OVER = ("key", "name", "name_en", "icon", "place", "numbering", "decision", "seen_by", "design")


@cache
def templates() -> dict[str, dict[str, Any]]:
    """All ready forms by key, in the order of their places."""
    found = [json.loads(file.read_text()) for file in FOLDER.glob("*.json")]
    return {one["key"]: one for one in sorted(found, key=lambda one: one["place"])}


def offered() -> list[dict[str, Any]]:
    """What the library has, and what of it the company has already."""
    there = dict(Form.objects.filter(key__in=templates()).values_list("key", "pk"))
    return [
        {
            "key": key,
            "name": str(Words(one["name"], one["name_en"])),
            "about": str(Words(one["about"], one["about_en"])),
            "icon": one["icon"],
            "form": there.get(key),
        }
        for key, one in templates().items()
    ]


def install(keys: Iterable[str], *, publish: bool, by: Actor, at: datetime) -> list[Form]:
    """Take ready forms over with those they refer to, and publish them when wanted."""
    wanted = list(dict.fromkeys(keys))
    unknown = [key for key in wanted if key not in templates()]
    if unknown:
        raise Refused("not_found", _("The library has no form “%(key)s”.") % {"key": unknown[0][:40]}, status=404)
    there = set(Form.objects.values_list("key", flat=True))
    needed = [key for one in wanted for key in templates()[one].get("needs", ()) if key not in there and key not in wanted]
    with calls.call():
        made = [saving.create(Form, _values(templates()[key]), by=by, at=at) for key in (*dict.fromkeys(needed), *wanted)]
        if publish:
            for form in made:
                perform(actions.publish, form, by=by, at=at, values={})
    return made


def _values(template: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form taken over; one for administrators is for their roles."""
    values = {name: template[name] for name in TAKEN_OVER if name in template}
    return {**values, "for_roles": admin_roles()} if template.get("for") == "administrators" else values
