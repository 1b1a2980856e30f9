"""References from one form to entries of another: only in the states that the designer allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kernel.refusals import FieldError, Invalid
from kernel.specs import Spec

if TYPE_CHECKING:
    from tenant_apps.office.models import Entry


def check(entry: Entry) -> None:
    """Refuse what is referred to in a state in which it may not be; one statement for each field that says so."""
    for spec, places in _named(entry):
        target: Any = spec.target
        keys = {key for _path, key in places}
        if not keys:
            continue
        found = target._default_manager.filter(pk__in=keys, **{f"{name}__in": values for name, values in spec.only.items()})
        left = keys - set(found.values_list("pk", flat=True))
        states = ", ".join(str(dict(target.State.choices)[one]) for one in spec.only["state"])
        sentence = _("It is not in the right state. Choose one that is: %(states)s.") % {"states": states}
        if wrong := [FieldError(path, "wrong_state", sentence) for path, key in places if key in left]:
            raise Invalid(wrong)


def _named(entry: Entry) -> Iterator[tuple[Spec, list[tuple[str, int]]]]:
    """Each field that is narrowed down, and where it names what."""
    design, table = entry.design, entry.design.table
    for name, one in design.fields.items():
        if one.spec.only and (value := entry.custom.get(name)):
            yield one.spec, [(f"custom.{name}", value["id"])]
    rows = entry.custom.get(table.name, []) if table else []
    for name, one in design.columns.items():
        if one.spec.only and table:
            yield one.spec, [(f"{table.name}.{at}.{name}", row[name]["id"]) for at, row in enumerate(rows) if row.get(name)]
