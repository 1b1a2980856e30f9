"""Why somebody can, or cannot, do something with a record: every level answers, and the first that says no decides (2.15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kernel import clock, limits, reach, scopes, shares
from kernel.access import Actor, reach_in, without
from kernel.reach import COMPANY, RULE, condition
from kernel.resources import Resource
from tenant_apps.organization import catalogue, chart
from tenant_apps.organization.models import Member, Role
from tenant_apps.organization.roles import held


@dataclass
class Explanation:
    """The levels one after the other."""

    steps: list[dict[str, Any]] = field(default_factory=list)

    def say(self, level: str, ok: bool, text: str, **more: Any) -> bool:
        self.steps.append({"level": level, "ok": ok, "text": text, **more})
        return ok

    def told(self) -> dict[str, Any]:
        return {"allowed": all(step["ok"] for step in self.steps), "steps": self.steps}


def explain(member: Member, actor: Actor | None, resource: Resource, verb: str, document: Any = None) -> dict[str, Any]:
    """What each level says of a verb of a member, on a document or in general."""
    told = Explanation()
    if actor is None:
        told.say("person", False, _("%(name)s has no log-in here, or has left. Invite them, or enable them again.") % {"name": member.name})
        return told.told()
    _plan(told, resource, verb)
    roles = roles_of(member)
    if _method(told, resource, verb, roles, actor) and document is not None:
        _rows(told, resource, verb, actor, document)
        _state(told, resource, verb, document)
    _masks(told, resource, roles)
    return told.told()


def roles_of(member: Member) -> list[Role]:
    """Those given to them, those of their posts, those held for a time."""
    keys = dict.fromkeys([*chart.roles_of(member.pk), *held(member.pk, clock.now().date())])
    found = Role.objects.in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def _plan(told: Explanation, resource: Resource, verb: str) -> None:
    if not limits.opens(resource.app):
        closed = verb not in scopes.READING
        told.say("app", not closed, _("The company's plan does not include this part: what is there can be read, nothing new is made."))


def _method(told: Explanation, resource: Resource, verb: str, roles: list[Role], actor: Actor) -> bool:
    """Which roles open the app, the screen and the method, one by one."""
    names = catalogue.reaches()
    lines, granting = [], []
    for role in roles:
        off = role.screens.get("off", ())
        found = reach_in(without(role.grants, off), resource.key, verb)
        if found:
            granting.append(role)
        closed = resource.app in off or resource.key in off
        text = _("switched off in this role") if closed else ", ".join(called(one, names) for one in sorted(found)) or names["none"]
        lines.append({"id": role.pk, "label": role.name, "ok": bool(found), "text": text})
    if granting:
        return told.say("method", True, _("Granted by a role."), roles=lines)
    if actor.profile.reach(resource.key, verb):
        return told.say("method", True, _("Everybody may, with what is their own, or the settings of the form let them."), roles=lines)
    if not roles:
        return told.say("method", False, _("They have no role. Give them one under Members."))
    sentence = _("None of their roles grants this method of the screen. Grant it in a role, or give them another role.")
    return told.say("method", False, sentence, roles=lines)


def _rows(told: Explanation, resource: Resource, verb: str, actor: Actor, document: Any) -> None:
    """Which of the reaches that the roles give covers this very record."""
    given = actor.profile.reach(resource.key, verb)
    names, lines = catalogue.reaches(), []
    for one in sorted(given):
        lines.append({"label": called(one, names), "ok": covers(resource, frozenset({one}), verb, actor, document)})
    for shared in shares.let_in("pk", resource.key, actor, "" if verb in scopes.READING else "may_change"):
        lines.append({"label": _("Shared with them"), "ok": resource.model._default_manager.filter(shared, pk=document.pk).exists()})
    if any(line["ok"] for line in lines):
        told.say("rows", True, _("The record is among the rows that the roles reach."), reaches=lines)
    else:
        text = _(
            "The record is not among the rows that the roles reach. Share it with them, make them its owner, or let a role reach further."
        )
        told.say("rows", False, text, reaches=lines)


def covers(resource: Resource, reached: reach.Reach, verb: str, actor: Actor, document: Any) -> bool:
    """Whether one reach by itself covers a record; asked of the database like a list would."""
    found = condition(resource.model, reached, verb, actor)
    if found is None:
        return True
    here = reach.Condition(
        found.here, () if not any(one.startswith(RULE) or one in ("team", "regions") for one in reached) else found.there
    )
    return resource.model._default_manager.filter(here.q(), pk=document.pk).exists()


def called(one: str, names: dict[str, str]) -> str:
    return (
        _("Rule: %(rule)s") % {"rule": one.removeprefix(RULE).strip()}
        if one.startswith(RULE)
        else names.get(one, one.removeprefix(COMPANY))
    )


def _state(told: Explanation, resource: Resource, verb: str, document: Any) -> None:
    """The state of the record may forbid what the roles allow."""
    action = resource.verbs.get(verb)
    if action is not None and not action.possible(document):
        states = dict(type(document).State.choices)
        text = _("It is now “%(state)s”; this is possible when it is: %(allowed)s.") % {
            "state": states.get(document.state, document.state), "allowed": ", ".join(str(states[one]) for one in sorted(action.when)),
        }  # fmt: skip
        told.say("state", False, text)
    elif verb == "change" and not resource.editable(document):
        told.say("state", False, _("In its present state it is no longer edited by hand."))


def _masks(told: Explanation, resource: Resource, roles: list[Role]) -> None:
    masks = catalogue.masks()
    names = {one["name"]: one["label"] for one in catalogue.fields(resource)}
    lines = [
        {"label": names.get(name, name), "text": masks.get(how, how), "role": role.name}
        for role in roles
        for name, how in role.masks.get(resource.key, {}).items()
    ]
    if lines:
        told.say("fields", True, _("Some fields are masked; a mask in any role wins."), fields=lines)
