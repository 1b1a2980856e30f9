"""Documents as the API shows them: rows and whole documents, straight from the database's values, masked as the reader's roles say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from django.db import models

from kernel import config, holding, own, people, statements
from kernel.access import Actor
from kernel.documents import BETWEEN
from kernel.figures import telling
from kernel.lines import line_model
from kernel.resources import Resource
from kernel.specs import MASK, Spec, label_names, named

Masks = Callable[[int], Mapping[str, str]]
CURRENCY = "currency"
"""What the amounts of a document are in, where it says so: told with every row, whatever its columns."""


def _render(spec: Spec, row: Mapping[str, Any]) -> Any:
    if spec.type in ("member", "unit"):
        return people.named(spec.type, own.value_of(spec, row) if spec.custom else row[spec.name])
    if spec.type == "refs" and spec.target is not None:
        names = short_names(spec.target)
        return [{"id": key, "label": names.get(key, f"#{key}")} for key in row[spec.name] or ()]
    return spec.render(row)


def short_names(model: Any) -> dict[int, str]:
    """{id: label} of a short list such as the roles; kept until a setting changes."""
    return config.cached(f"names:{model._meta.label_lower}", lambda: dict(model._default_manager.values_list("pk", model.label_field)))


def masked_value(spec: Spec, value: Any, how: str) -> Any:
    """Hidden, or with its middle hidden (138••••1234)."""
    if value in (None, "") or how == "readonly":
        return value
    text = str(value)
    return f"{text[:3]}••••{text[-4:]}" if how == "middle" and len(text) > 7 else MASK


def render_row(specs: Mapping[str, Spec], row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
    """The chosen fields of one row; own fields of the company come under `custom`."""
    shown: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for name, spec in specs.items():
        value = _render(spec, row)
        if name in masks:
            value = masked_value(spec, value, masks[name])
        if spec.custom:
            custom[name] = value
        else:
            shown[name] = value
    if custom:
        shown["custom"] = custom
    return shown


def db_names(resource: Resource, specs: Iterable[Spec]) -> list[str]:
    names = {"id", "version", "number", *label_names(resource.model), "owner", "unit", "created_by", *resource.marked_by}
    names |= {name for name in ("state", CURRENCY) if name in resource.own}
    for spec in (*specs, *(resource.own[name] for name in resource.model.named_by)):
        names.update(spec.db_names())
    return sorted(names)


def label_of(resource: Resource, row: Mapping[str, Any], masks: Mapping[str, str]) -> str:
    """What a person calls a document: its name, or those of what it is about, as far as the reader may see them."""
    names = [_render(resource.own[name], row) for name in resource.model.named_by if masks.get(name, "readonly") == "readonly"]
    label = BETWEEN.join(name["label"] for name in names if name) or named(row, label_names(resource.model))
    return str(label or f"#{row['id']}")


def links(resource: Resource, row: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """Where texts that name another document lead, when the reader finds documents of that kind at all."""
    found = {}
    for name, (kind, key) in resource.model.links.items():
        if row[key] and name not in actor.profile.hidden(resource.key) and actor.may(row[kind], "read"):
            found[name] = {"_key": row[kind], "id": row[key]}
    return found


def envelope(resource: Resource, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
    shown = {
        "_key": resource.key,
        "id": row["id"],
        "version": row["version"],
        "number": row["number"],
        "_label": label_of(resource, row, masks),
    }
    if resource.has_state:
        shown["state"] = row["state"]
    if CURRENCY in resource.own and masks.get(CURRENCY, "readonly") == "readonly":
        shown[CURRENCY] = row[CURRENCY]
    return shown


def render_rows(resource: Resource, queryset: models.QuerySet[Any], specs: Mapping[str, Spec], actor: Actor) -> list[dict[str, Any]]:
    """Rows of a list: one query, whatever is shown."""
    masks = masks_of(resource.key, actor)
    rows = queryset.values(*db_names(resource, specs.values()))
    return [{**envelope(resource, row, masks(row["id"])), **render_row(specs, row, masks(row["id"]))} for row in rows]


def masks_of(key: str, actor: Actor) -> Masks:
    """What of each document of a type is hidden from a reader: by their roles, and by a step at which they decide about it."""
    masks, veils = actor.profile.masked(key), holding.veils(key, actor)
    return lambda pk: {**masks, **dict.fromkeys(veils[pk], "hide")} if pk in veils else masks


def possible(resource: Resource, row: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """What this reader may do with this row in its state."""
    verbs = [verb for verb, action in resource.verbs.items() if not action.when or row["state"] in action.when]
    if resource.editable(row):
        verbs += ["change"] * bool(resource.writable or resource.line_parts or resource.custom) + ["delete"] * resource.deletable
    allowed = actor.allowed(
        resource.model, verbs, SimpleNamespace(pk=row["id"], **{name: row[name] for name in ("owner", "created_by", "unit")})
    )
    can = {verb: verb in allowed for verb in ("change", "delete")}
    return {"_actions": [verb for verb in verbs if verb in allowed and verb not in can], "_can": can}


def render_document(resource: Resource, key: int, actor: Actor) -> dict[str, Any] | None:
    """A whole document: its fields, its lines, and what may be done with it. One query, and one per kind of lines."""
    specs, actor = resource.fields, holding.beholder(resource.key, key, actor)
    named = {name for pair in resource.model.links.values() for name in pair}
    columns = tuple(sorted({*db_names(resource, specs.values()), *named, *resource.unshown}))
    row = next(iter(statements.values(resource.model, "pk", columns)(key)), None)
    if row is None:
        return None
    masks = actor.profile.masked(resource.key)
    shown = {**envelope(resource, row, masks), **render_row(specs, row, masks), **possible(resource, row, actor)}
    lock = holding.lock_of(resource.key, key, actor)
    if lock is not None:
        shown |= {"_actions": [], "_can": {"change": bool(lock.editable), "delete": False}, "_approval": lock.told()}
    if why := resource.against(row, shown["_actions"], actor):
        shown |= {"_actions": [verb for verb in shown["_actions"] if verb not in why], "_blocked": why}
    if resource.model.links:
        shown["_links"] = links(resource, row, actor)
    for name, line_specs in resource.line_specs.items() if not resource.in_custom else ():
        kind: Any = line_model(resource.model, name)
        line_masks = {field.partition(".")[2]: how for field, how in masks.items() if field.startswith(f"{name}.")}
        names = sorted({"id", "seq", *(db for spec in line_specs.values() for db in spec.db_names())})
        found = statements.values(kind, kind.parent, tuple(names), ("seq", "id"))(key)
        shown[name] = [{"id": line["id"], "seq": line["seq"], **render_row(line_specs, line, line_masks)} for line in found]
    with telling(actor):
        shown |= resource.beside(row, masks)
    return shown


def values_of(instance: Any, specs: Mapping[str, Spec], labels: Mapping[tuple[type, int], str]) -> dict[str, Any]:
    """An instance in memory as a row of values, for a preview."""
    row: dict[str, Any] = {"custom": getattr(instance, "custom", {})}
    for spec in specs.values():
        if spec.custom:
            continue
        row[spec.attname] = getattr(instance, spec.attname)
        if spec.type == "ref":
            assert spec.target is not None
            row[spec.label_path] = labels.get((spec.target, row[spec.attname]), "") if row[spec.attname] else None
    return row
