"""Everything that can be granted, level by level: apps, their screens, the methods of each, reaches over rows, fields (W-1.3.4 to 6)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel import describe, limits, numbering, printing, registry
from kernel.access import SYSTEM
from kernel.reach import COMPANY
from kernel.resources import Resource
from tenant_apps.organization.duties import STANDARD
from tenant_apps.organization.models import Company


def reaches() -> dict[str, str]:
    """What each reach is called."""
    return {
        "none": _("Not allowed"), "own": _("Own"), "subordinates": _("Own and subordinates'"), "team": _("Those of my teams"),
        "unit": _("Own department"), "below": _("Department and below"), "regions": _("Own regions"), "companies": _("Own company"),
        "all": pgettext("reach", "All"),
    }  # fmt: skip


def companies() -> dict[str, str]:
    """The legal entities that a grant may reach one by one, where there are several."""
    names = list(Company.objects.order_by("pk").values_list("name", "short_name"))
    return {f"{COMPANY}{name}": _("Company %(name)s") % {"name": short or name} for name, short in names} if len(names) > 1 else {}


def masks() -> dict[str, str]:
    """What each mask is called."""
    return {"hide": _("Hidden"), "middle": _("Middle hidden"), "readonly": _("Read only")}


def vocabulary() -> dict[str, str]:
    """What stands in grants, masks and screens of a role, in words."""
    more = {"*": _("Everything"), "off": _("Switched off"), "menu": _("Menu"), "columns": _("Columns"), "filters": _("Filters")}
    return {**more, **{verb: str(label) for verb, label in STANDARD.items()}, **reaches(), **companies(), **masks()}


def told() -> dict[str, Any]:
    """The whole table, and the menu as the product arranges it."""
    return {
        "apps": apps(),
        "reaches": [{"value": value, "label": label} for value, label in (reaches() | companies()).items()],
        "masks": [{"value": value, "label": label} for value, label in masks().items()],
        "menu": describe.menu(SYSTEM),
    }


def apps() -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "label": registry.titled(resources),
            "open": limits.opens(key),
            "screens": [screen(resource) for resource in resources],
        }
        for key, resources in registry.apps_here().items()
    ]


def screen(resource: Resource) -> dict[str, Any]:
    return {
        "key": resource.key,
        "label": str(resource.plural),
        "icon": resource.icon,
        "menu": resource.menu,
        "rows": resource.model.row_scoped,
        "verbs": [{"verb": verb, "label": label} for verb, label in verbs(resource).items()],
        "fields": fields(resource),
        "columns": list(resource.columns),
        "filters": list(resource.filters),
        "sort": resource.sort,
    }


def verbs(resource: Resource) -> dict[str, str]:
    """Methods of a screen: those that every kind of document has, then its own."""
    usual = {"create": resource.creatable, "delete": resource.deletable, "print": bool(printing.forms(resource))}
    usual |= {"number": numbering.rule_of(resource.model).by_hand, "seal": any(map(printing.seal_of, printing.forms(resource)))}
    usual |= {"import": resource.importable and resource.creatable, "change": bool(resource.writable or resource.line_parts)}
    found = {verb: str(label) for verb, label in STANDARD.items() if usual.get(verb, True)}
    found |= {verb: str(action.label) for verb, action in resource.verbs.items()}
    return found | {verb: str(label) for verb, label in resource.rights.items()}


def fields(resource: Resource) -> list[dict[str, str]]:
    """What can be masked: fields, and columns of lines as `lines.amount`."""
    found = [{"name": name, "label": str(spec.label)} for name, spec in resource.fields.items() if name != "state"]
    for kind, specs in resource.line_specs.items():
        title = resource.line_parts[kind].title
        found += [{"name": f"{kind}.{name}", "label": f"{title} · {spec.label}"} for name, spec in specs.items()]
    return found
