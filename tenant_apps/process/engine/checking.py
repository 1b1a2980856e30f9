"""Whether a rule makes sense, before it is kept: what it reads, from when it counts, and whom it tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldError as WrongField
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from kernel import clock, formulas, registry, specs
from kernel.refusals import FieldError, Invalid, Refused
from kernel.resources import Resource
from kernel.specs import Spec
from kernel.webhooks.models import kind_errors
from tenant_apps.organization.models import Member, Role
from tenant_apps.process.engine import matching
from tenant_apps.process.models.channel import Channel
from tenant_apps.process.models.rule import Rule

MOST_STEPS, MOST_FACTS, FARTHEST = 12, 8, 3660
MIXED = (ValidationError, WrongField, ValueError, TypeError, ArithmeticError)
WHO = ("owner", "creator", "superior", "head", "role", "member", "field", "administrators")


def check(rule: Rule) -> None:
    """Refuse, with the place of every fault, what could not work."""
    resource = registry.here().get(rule.resource)
    if resource is None:
        raise Invalid([FieldError("resource", "not_found", _("There is no document type “%(key)s”.") % {"key": rule.resource[:80]})])
    errors = [*_condition(rule, resource), *_anchor(rule, resource), *_steps(rule, resource), *_told(rule, resource)]
    if errors:
        raise Invalid(errors)
    _try(rule)


def _condition(rule: Rule, resource: Resource) -> Iterator[FieldError]:
    try:
        if rule.condition.strip():
            formulas.parse(rule.condition).condition(resource)
    except Refused as refused:
        yield FieldError("condition", refused.code, str(refused.sentence))
    except MIXED:
        yield _mixed()


def _mixed() -> FieldError:
    return FieldError(
        "condition", "formula_kinds", _("The condition compares things that do not go together, for example a text and a number.")
    )


def _anchor(rule: Rule, resource: Resource) -> Iterator[FieldError]:
    if rule.anchor == Rule.Anchor.DATE:
        spec = resource.own.get(rule.field)
        if spec is None or spec.type not in ("date", "datetime"):
            yield FieldError(
                "field", "no_date", _("“%(name)s” is no date of this document type. Choose one that is.") % {"name": rule.field}
            )
        elif rule.unit_of_time == Rule.Unit.HOURS and spec.type == "date":
            yield FieldError("unit_of_time", "no_hours", _("“%(label)s” is a day without a time: count in days.") % {"label": spec.label})
    if rule.anchor == Rule.Anchor.SILENT:
        yield from kind_errors(rule.kinds)
    if rule.repeat > FARTHEST:
        yield FieldError("repeat", "range", _("At most %(n)d.") % {"n": FARTHEST})


def _steps(rule: Rule, resource: Resource) -> Iterator[FieldError]:
    steps = rule.steps
    if not isinstance(steps, list) or not 0 < len(steps) <= MOST_STEPS or not all(isinstance(one, dict) for one in steps):
        yield FieldError("steps", "required", _("A ladder has 1 to %(n)d steps.") % {"n": MOST_STEPS})
        return
    before: int | None = None
    for place, one in enumerate(steps):
        days, at = one.get("days"), f"steps.{place}"
        if type(days) is not int or abs(days) > FARTHEST:
            yield FieldError(f"{at}.days", "invalid", _("Say how many days before or after, as a whole number."))
            continue
        if days < 0 and rule.anchor != Rule.Anchor.DATE:
            yield FieldError(f"{at}.days", "too_early", _("Only a rule counted from a date can tell beforehand."))
        if before is not None and days <= before:
            told = {"step": place + 1, "before": before, "days": days}
            yield FieldError(f"{at}.days", "backwards", _("Step %(step)d goes backwards: %(days)d comes after %(before)d.") % told)
        before = days
        yield from _people(one, at, resource)


def _people(step: dict[str, Any], at: str, resource: Resource) -> Iterator[FieldError]:
    people, ways = step.get("to"), step.get("channels", [])
    if not isinstance(people, list) or not people or not all(isinstance(one, dict) for one in people):
        yield FieldError(f"{at}.to", "required", _("Say who is told on this step."))
        return
    if not isinstance(ways, list) or not all(way in Channel.Kind.values for way in ways):
        yield FieldError(f"{at}.channels", "unknown", _("There is no such channel."))
    for place, one in enumerate(people):
        sentence = _person(one, resource)
        if sentence:
            yield FieldError(f"{at}.to.{place}", "recipient", sentence)


def _person(one: dict[str, Any], resource: Resource) -> str:
    """What is wrong with a recipient; nothing when it is empty."""
    who, key = one.get("who"), one.get("id")
    if who not in WHO:
        return _("Nobody is meant by this.")
    if who == "superior" and (type(one.get("level", 1)) is not int or not 0 < one.get("level", 1) <= 10):
        return _("A superior is the 1st to the 10th.")
    if who == "role" and (type(key) is not int or not Role.objects.filter(pk=key).exists()):
        return _("This role is not there any more. Choose another.")
    if who == "member":
        found = Member.objects.filter(pk=key).first() if type(key) is int else None
        if found is None or found.state == Member.State.DISABLED:
            return _("%(name)s has left. Choose somebody who is here.") % {"name": found or _("This colleague")}
    if who == "field":
        spec = spec_at(resource, str(one.get("field", "")))
        if spec is None or spec.type != "member":
            return _("“%(name)s” is no field that names a colleague.") % {"name": str(one.get("field", ""))[:60]}
    return ""


def spec_at(resource: Resource, path: str) -> Spec | None:
    """The field at the end of a path such as `warehouse.keeper`."""
    model: Any = resource.model
    *way, last = path.split(".")
    for name in way:
        found = specs.of_model(model).get(name)
        if found is None or found.type != "ref":
            return None
        model = found.target
    return specs.of_model(model).get(last)


def _told(rule: Rule, resource: Resource) -> Iterator[FieldError]:
    facts = rule.facts
    if not isinstance(facts, list) or len(facts) > MOST_FACTS or not all(isinstance(one, str) and one in resource.own for one in facts):
        yield FieldError("facts", "unknown_field", _("Choose up to %(n)d fields of this document type.") % {"n": MOST_FACTS})
    if rule.per and (rule.per not in resource.own or resource.own[rule.per].type in ("json", "refs", "long")):
        yield FieldError("per", "unknown_field", _("“%(name)s” is no field by which documents can be put together.") % {"name": rule.per})


def _try(rule: Rule) -> None:
    """What only the database can say: a text compared with a number, for example."""
    try:
        with transaction.atomic():
            list(matching.rows(rule, clock.now())[:1])
    except (DatabaseError, *MIXED) as error:
        raise Invalid([_mixed()]) from error
