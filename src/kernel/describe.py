"""The description from which a client draws its screens; it never contains what the reader may not see or do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kernel import arranging, config, holding, layouts, limits, own, people, printing, registry, typed
from kernel.access import Actor
from kernel.actions import Action
from kernel.registry import MENUS
from kernel.resources import Lines, Resource, Section
from kernel.specs import Spec
from tenants.context import PUBLIC

WIDTHS = {
    "ref": 220, "text": 180, "long": 240, "state": 110, "choice": 110, "money": 140, "price": 140, "decimal": 110, "percent": 90, "int": 90,
    "date": 120, "datetime": 170, "bool": 80, "member": 110, "unit": 130, "email": 200, "phone": 140,
}  # fmt: skip


def field(spec: Spec, masks: dict[str, str] | None = None) -> dict[str, Any]:
    how = (masks or {}).get(spec.name)
    told = replace(spec, readonly=True).meta() if how else spec.meta()
    if how and how != "readonly":
        told["masked"] = True
        told["filter"] = told["sort"] = told["sum"] = False
    if spec.type in ("member", "unit"):
        told["resource"] = people.here().member_key if spec.type == "member" else people.here().unit_key
    told["width"] = WIDTHS.get(spec.type, 140) if spec.type not in ("choice", "state") else _wide(told.get("options", ()))
    return told


def _wide(options: Iterable[dict[str, Any]]) -> int:
    """As wide as the longest of the options needs, within reason."""
    longest = max((sum(15 if ord(sign) > 0x2E7F else 8 for sign in one["label"]) for one in options), default=0)
    return min(max(longest + 34, 110), 170)


def action(found: Action) -> dict[str, Any]:
    return {
        "verb": found.verb,
        "label": str(found.label),
        "when": sorted(found.when),
        "then": found.then,
        "style": found.style,
        "confirm": str(found.confirm),
        "bulk": found.bulk,
        "help": found.help,
        "params": [field(spec) for spec in found.params.values()],
        "opens": found.opens,
    }


def can(resource: Resource, actor: Actor) -> dict[str, bool]:
    open_ = bought(resource)
    return {
        "create": open_ and resource.creatable and actor.may(resource.key, "create"),
        "change": open_ and actor.may(resource.key, "change"),
        "delete": open_ and resource.deletable and actor.may(resource.key, "delete"),
        "import": open_ and resource.importable and resource.creatable and actor.may(resource.key, "import"),
        "export": actor.may(resource.key, "export"),
    }


def bought(resource: Resource) -> bool:
    """Whether the company's plan holds it; what belongs to the platform is in every plan."""
    return resource.platform or limits.opens(resource.app)


def in_menu(resource: Resource) -> bool:
    """What the plan does not hold stands in the menu only where members have made something of it, which they can go on reading."""
    return bought(resource) or resource.key in config.cached("left-behind", left_behind)


def left_behind() -> frozenset[str]:
    """Kinds of documents beyond the plan of which members have made some."""
    closed = [resource for resource in registry.everything().values() if not bought(resource)]
    return frozenset(resource.key for resource in closed if resource.queryset().exclude(created_by=None).exists())


def brief(resource: Resource, actor: Actor) -> dict[str, Any]:
    return {
        "label": resource.label,
        "plural": str(resource.plural),
        "url": resource.url,
        "icon": resource.icon,
        "can": can(resource, actor),
        "approval": resource.key in holding.port.locking(),
    }


def readable(actor: Actor) -> list[Resource]:
    """What the reader finds in the menu and in searches: a company's documents, or the platform's."""
    return [resource for resource in registry.here().values() if actor.may(resource.key, "read")]


def offered(actor: Actor) -> list[tuple[Resource, Actor]]:
    """Every resource on the reader's screens and as whom they use it: the platform's own are seen by a company's member as its guest."""
    found = [(resource, actor) for resource in readable(actor)]
    guest = people.platform.guest(actor) if config.schema() != PUBLIC else None
    if guest is not None:
        found += [(resource, guest) for resource in registry.of_platform().values() if guest.may(resource.key, "read")]
    return found


def menu(actor: Actor) -> list[dict[str, Any]]:
    groups = []
    mine = sorted([resource for resource, _as in offered(actor)], key=lambda resource: resource.place)
    for group in sorted(MENUS, key=lambda one: one.order):
        items = [
            {"key": resource.key, "label": str(resource.plural), **arranging.filters(resource, actor)}
            for resource in mine
            if resource.menu == group.key and in_menu(resource)
        ]
        items += [
            {"key": f"page.{page.name}", "label": str(page.label)}
            for page in registry.pages()
            if page.menu == group.key and page.may(actor)
        ]
        if items:
            groups.append({"key": group.key, "label": str(group.label), "icon": group.icon, "items": items})
    return arranging.menu(groups, actor)


def _part(part: Section | Lines, resource: Resource, masks: dict[str, str]) -> dict[str, Any]:
    if isinstance(part, Section):
        return {"kind": "fields", "title": str(part.title), "fields": list(part.fields)}
    line_masks = {name.partition(".")[2]: how for name, how in masks.items() if name.startswith(f"{part.name}.")}
    specs = resource.line_specs[part.name]
    return {
        "kind": "lines",
        "title": str(part.title),
        "name": part.name,
        "fields": {name: field(spec, line_masks) for name, spec in specs.items()},
        "columns": list(part.columns),
        "totals": list(part.totals),
        "fixed": part.fixed,
        "counted": dict(part.counted),
    }


def _own_groups(resource: Resource, fields: dict[str, Any]) -> list[str]:
    """The company's own fields by which a list may be grouped: its classifications."""
    return [name for name, spec in resource.custom.items() if spec.type in own.GROUPED and not fields[name].get("masked")]


def _states(resource: Resource) -> list[dict[str, Any]]:
    return resource.own["state"].options() if resource.has_state else []


def _search_hint(resource: Resource) -> str:
    names: Iterable[str] = dict.fromkeys((*resource.model.search, *resource.search))
    return " / ".join(str(resource.own[name].label) for name in names if name in resource.own)


def _print(form: Any, resource: Resource, actor: Actor) -> dict[str, Any]:
    """A printed form; with the states in which the reader may put the company's seal on it."""
    seal = printing.seal_of(form) if actor.may(resource.key, printing.SEAL) else {}
    ways = printing.ways(resource, form)[1:]
    return {"key": form.key, "label": str(form.label), **({"ways": ways} if ways else {}), **({"seal": seal["states"]} if seal else {})}


def whole(resource: Resource, actor: Actor) -> dict[str, Any]:
    """The full description of one resource for one reader."""
    masks = dict(actor.profile.masked(resource.key))
    open_ = bought(resource)
    mine = resource.model.company_field.removesuffix("_id") if actor.company is not None else ""  # a guest's rows are all of one company
    fields = {name: field(spec, masks) for name, spec in layouts.demanded(resource, actor, resource.fields).items()}
    form = [_part(part, resource, masks) for part in layouts.parts(resource, actor)]
    if not resource.in_custom and (left := layouts.own_left(resource, actor)):
        form.append({"kind": "fields", "title": _("Custom fields"), "fields": left})
    return {
        **brief(resource, actor),
        "key": resource.key,
        "title": resource.model.label_field,
        "fields": fields,
        "columns": [name for name in arranging.columns(resource, actor) if name != mine],
        "default_sort": arranging.sort(resource, actor),
        "access": not resource.platform,
        "closed": "" if open_ else str(limits.SENTENCES["apps"]),
        "filters": [name for name in resource.filters if name != mine],
        "groups": [*(name for name in resource.groups if name != mine), *_own_groups(resource, fields)],
        "search_hint": _search_hint(resource),
        "form": form,
        "summary": list(resource.summary),
        "states": _states(resource),
        "actions": {verb: action(found) for verb, found in resource.verbs.items() if open_ and actor.may(resource.key, verb)},
        "typed_number": typed.may_type(resource, actor),
        "editable_when": None if resource.editable_when is None else sorted(resource.editable_when),
        "prints": [_print(one, resource, actor) for one in printing.forms(resource)],
    }
