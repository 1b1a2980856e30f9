"""Work standards (P-3.2): asked before every action of a document type that has some; where there are none, nothing is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kernel import config, formulas, gates, holding, registry, words
from kernel.access import Actor
from kernel.formulas import Fields
from kernel.gates import gate_of_all
from kernel.refusals import FieldError, Invalid, Refused
from kernel.resources import Resource
from kernel.specs import Spec
from tenant_apps.process.models.standard import Standard
from tenants.context import PUBLIC

MOST_ITEMS, MOST_FIELDS = 30, 40


class Rule(NamedTuple):
    """A standard in use."""

    name: str
    condition: str
    required: list[str]
    items: list[str]


def _load() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for row in Standard.objects.filter(active=True).order_by("pk"):
        found.setdefault(f"{row.resource}.{row.verb}", []).append(Rule(row.name, row.condition, row.required, row.checklist.splitlines()))
    return found


@gate_of_all
def standard(kind: str, document: Any, *, by: Actor, at: datetime) -> None:
    """Refuse what lacks a field; whoever acts says what they have checked. The platform has no standards, and the product follows none."""
    rules = {} if by.id is None or config.schema() == PUBLIC else config.cached("standards", _load)
    if kind not in rules:
        return
    resource, concerned = registry.get(kind.rpartition(".")[0]), [one for one in rules[kind] if _concerns(one, document)]
    for rule in concerned:
        _filled_in(rule, resource, document)
    if not holding.replays():  # it was checked when the approval was asked for
        _checked([one for one in concerned if one.items], kind)


def _concerns(rule: Rule, document: Any) -> bool:
    try:
        return not rule.condition or bool(formulas.parse(rule.condition).holds(Fields(document)))
    except Refused:
        return True  # what cannot be told apart keeps the standard


def _filled_in(rule: Rule, resource: Resource, document: Any) -> None:
    missing = [
        spec for name in rule.required if (spec := _spec(resource, name)) is not None and _value(spec, document) in (None, "", [], {})
    ]
    if missing:
        told = {"standard": rule.name, "fields": words.listed(str(spec.label) for spec in missing)}
        sentence = _("%(standard)s: fill in %(fields)s first.") % told
        paths = [f"custom.{spec.name}" if spec.custom else spec.name for spec in missing]
        errors = [FieldError(path, "required", _("This must be filled in before the next step.")) for path in paths]
        raise Refused("fields_open", sentence, errors=errors)


def _value(spec: Spec, document: Any) -> Any:
    return (document.custom or {}).get(spec.name) if spec.custom else getattr(document, spec.attname)


def _spec(resource: Resource, name: str) -> Spec | None:
    return resource.custom.get(name.removeprefix("custom.")) if name.startswith("custom.") else resource.own.get(name)


def _checked(rules: list[Rule], kind: str) -> None:
    """Every item was ticked by whoever acts; what they ticked goes into the history."""
    items = list(dict.fromkeys(item for rule in rules for item in rule.items))
    if missing := gates.unchecked(kind, items):
        name = words.listed(rule.name for rule in rules)
        sentence = _("%(standard)s: check %(items)s first.") % {"standard": name, "items": words.listed(missing)}
        raise Refused("check_first", sentence, extra=gates.checklist(kind, name, items))


# kept only as it can work --------------------------------------------------------------------------------------------
def check(row: Standard) -> None:
    """Refuse, with the place of every fault, a standard that could not be followed."""
    resource = registry.here().get(row.resource)
    if resource is None or resource.platform:
        raise Invalid([FieldError("resource", "not_found", _("There is no document type “%(key)s”.") % {"key": row.resource[:80]})])
    errors = []
    if row.verb not in resource.verbs:
        errors.append(FieldError("verb", "unknown_verb", _("There is no action “%(verb)s” here.") % {"verb": row.verb[:60]}))
    named = row.required if isinstance(row.required, list) else [None]
    for name in named[: MOST_FIELDS + 1]:
        spec = _spec(resource, name) if isinstance(name, str) else None
        if spec is None or (not spec.custom and spec.name not in resource.writable):
            errors.append(FieldError("required", "unknown_field", _("There is no field “%(name)s” here.") % {"name": str(name)[:60]}))
    if len(named) > MOST_FIELDS or len(row.checklist.splitlines()) > MOST_ITEMS:
        errors.append(FieldError("required", "too_many", _("%(n)d rows at most.") % {"n": MOST_ITEMS}))
    if not named and not row.checklist:
        errors.append(FieldError("required", "required", _("Name fields to be filled in, or items to be checked.")))
    try:
        if row.condition.strip():
            formulas.parse(row.condition).condition(resource)
    except Refused as refused:
        errors.append(FieldError("condition", refused.code, str(refused.sentence)))
    if errors:
        raise Invalid(errors)
