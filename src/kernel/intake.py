"""Taking in what somebody sent: every value checked, every reference found in one query a kind, every error told with its path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kernel import layouts, own, people, statements
from kernel.access import Actor, visible
from kernel.refusals import FieldError, Invalid
from kernel.resources import Resource
from kernel.specs import Bad, Spec, key_of

ENVELOPE = {"id", "version", "number", "custom"}
MAX_LINES = 2000


def reachable(actor: Actor, model: type[models.Model], keys: set[int]) -> dict[int, Any]:
    """The rows with these ids that this member may see."""
    every = model._default_manager.all()
    rows = visible(actor, every, key_of(model))
    return statements.by_keys(model, keys) if rows is every else rows.in_bulk(keys)


@dataclass
class Intake:
    """One reading of input. `lenient` keeps what can be taken and only notes the rest, for a preview of half-filled forms."""

    actor: Actor
    lenient: bool = False
    errors: list[FieldError] = field(default_factory=list)
    wanted: dict[type[models.Model], list[tuple[dict[str, Any], str, str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def fail(self, path: str, code: str, detail: str) -> None:
        self.errors.append(FieldError(path, code, detail))

    def value(self, spec: Spec, raw: Any, into: dict[str, Any], path: str) -> None:
        """Parse one value into its place; references are noted and found later, all together."""
        try:
            parsed = spec.parse(raw)
        except Bad as bad:
            if not (self.lenient and bad.code == "required"):
                self.errors.append(bad.at(path))
            return
        if spec.type == "ref" and parsed is not None:
            assert spec.target is not None
            self.wanted[spec.target].append((into, spec.name, path, parsed))
            return
        if (
            spec.type in ("member", "unit")
            and parsed is not None
            and parsed not in (people.members() if spec.type == "member" else people.units())
        ):
            self.fail(path, "not_found", _("“%(label)s” is not known. Please choose it from the list.") % {"label": spec.label})
            return
        into[spec.name] = parsed

    def fields(self, specs: Mapping[str, Spec], data: Mapping[str, Any], prefix: str = "", *, complete: bool = False) -> dict[str, Any]:
        """Read the given fields of `data`; with `complete`, say which required ones are missing."""
        found: dict[str, Any] = {}
        for name, spec in specs.items():
            if name in data:
                self.value(spec, data[name], found, prefix + name)
            elif complete and spec.required and not self.lenient:
                self.value(spec, None, found, prefix + name)
        return found

    def settle(self) -> None:
        """Find all references noted so far, among the rows this member may see."""
        from kernel import registry

        for model, places in self.wanted.items():
            keys = {key for _into, _name, _path, key in places}
            mine = registry.of(model) is not None and self.actor.id is not None and not getattr(model, "named_by_all", False)
            found = reachable(self.actor, model, keys) if mine else statements.by_keys(model, keys)
            for into, name, path, key in places:
                if key in found:
                    into[name] = found[key]
                else:
                    self.fail(path, "not_found", _("It is not known here. Please choose it from the list."))
        self.wanted.clear()

    def done(self) -> None:
        """Refuse if anything was wrong."""
        if self.errors and not self.lenient:
            raise Invalid(self.errors)


def read_document(intake: Intake, resource: Resource, data: Any, *, new: bool) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The values and lines of a document as sent. Unknown names are refused: nothing that was typed gets lost silently."""
    if not isinstance(data, Mapping):
        raise Invalid([FieldError("", "not_an_object", _("Please send an object of fields."))])
    masked = intake.actor.profile.masked(resource.key)
    allowed = layouts.demanded(resource, intake.actor, {name: resource.own[name] for name in resource.writable if name not in masked})
    data = layouts.begun(resource, intake.actor, data) if new else data
    unknown = set(data) - set(resource.own) - set(resource.line_parts) - ENVELOPE
    for name in sorted(unknown):
        if not str(name).startswith("_"):
            intake.fail(str(name), "unknown_field", _("There is no field “%(name)s” here.") % {"name": name})
    values = intake.fields(allowed, data, complete=new)
    custom = read_custom(intake, resource, data.get("custom") or {}, new=new) if "custom" in data or (new and resource.custom) else None
    lines = {
        name: read_lines(intake, resource, name, data[name], new=new)
        for name in resource.line_parts
        if name in data and not resource.line_parts[name].fixed
    }
    intake.settle()
    if custom is not None:
        values["custom"] = own.stored(resource.custom, custom)
    return resource.taken(values, lines)


def read_custom(intake: Intake, resource: Resource, data: Any, *, new: bool) -> dict[str, Any]:
    """A company's own fields: typed and checked like all others."""
    if not isinstance(data, Mapping):
        intake.fail("custom", "not_an_object", _("Please send an object of fields."))
        return {}
    for name in set(data) - set(resource.custom):
        intake.fail(f"custom.{name}", "unknown_field", _("There is no field “%(name)s” here.") % {"name": name})
    specs = layouts.demanded(resource, intake.actor, resource.custom)
    return intake.fields(specs, data, "custom.", complete=new and not resource.in_custom)


def read_lines(intake: Intake, resource: Resource, name: str, data: Any, *, new: bool) -> list[dict[str, Any]]:
    """Lines of one kind. A line with `id` is an existing one; its untouched values stay."""
    if not isinstance(data, Sequence) or isinstance(data, str) or len(data) > MAX_LINES:
        intake.fail(name, "not_a_list", _("Please send a list of at most %(n)d lines.") % {"n": MAX_LINES})
        return []
    masked = intake.actor.profile.masked_lines(resource.key, name)
    specs = {column: spec for column, spec in resource.line_specs[name].items() if not spec.readonly and column not in masked}
    known = set(resource.line_specs[name]) | {"id", "seq"}
    found = []
    for position, line in enumerate(data):
        path = f"{name}.{position}."
        if not isinstance(line, Mapping):
            intake.fail(path[:-1], "not_an_object", _("Please send an object of fields."))
            continue
        for extra in set(line) - known:
            if not str(extra).startswith("_"):
                intake.fail(path + str(extra), "unknown_field", _("There is no field “%(name)s” here.") % {"name": extra})
        values = intake.fields(specs, line, path, complete="id" not in line)
        if line.get("id") is not None:
            if new or isinstance(line["id"], bool) or not isinstance(line["id"], int):
                intake.fail(path + "id", "not_found", _("It is not known here. Please choose it from the list."))
            else:
                values["id"] = line["id"]
        found.append(values)
    return found
