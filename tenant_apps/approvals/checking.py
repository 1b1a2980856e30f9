"""Whether a flow can be drawn like this: its form when it is saved, the whole of it when it is published. Each fault names its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kernel import formulas, registry, words
from kernel.refusals import FieldError, Invalid, Refused
from kernel.resources import Resource
from kernel.webhooks.models import Webhook
from tenant_apps.approvals import hiding, vocabulary
from tenant_apps.approvals.approvers import SOURCES
from tenant_apps.approvals.drawing import HUMAN, KINDS, Drawing
from tenant_apps.approvals.models import Flow, condition_of

MOST = 200
MODES = ("all", "ratio", "any", "first_approval", "sequence", "random")
CHOICES = {
    "mode": MODES, "same_as_initiator": ("self", "skip", "head"), "repeated": ("none", "once", "consecutive"), "result": ("approved", "rejected"),
}  # fmt: skip
THEN = ("", "escalate", "transfer", "approve", "reject")
NEEDS: dict[str, tuple[str, type]] = {
    "role": ("role", int), "position": ("position", int), "person": ("members", list), "linked_owner": ("field", str), "field": ("field", str),
    "expression": ("formula", str),
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One fault as the designer shows it."""

    path: str
    code: str
    detail: str
    node: str = ""
    edge: tuple[str, str] | None = None
    at: Any = None

    def told(self) -> dict[str, Any]:
        where = {"edge": f"{self.edge[0]}>{self.edge[1]}"} if self.edge else {"node": self.node} if self.node else {}
        return {**where, "path": self.path, "code": self.code, "detail": self.detail, "at": self.at}

    def as_error(self) -> FieldError:
        if self.edge:
            return FieldError(f"drawing.edges.{self.edge[0]}.{self.edge[1]}.{self.path}", self.code, self.detail)
        return FieldError(f"drawing.nodes.{self.node}.{self.path}" if self.node else "drawing", self.code, self.detail)


def sentence(code: str, step: str, split: str) -> str:
    table: dict[str, Callable[[], str]] = {
        "no_start": lambda: _("There is no start."),
        "two_starts": lambda: _("There is a second start: “%(step)s”."),
        "no_end": lambda: _("There is no end."),
        "unreachable": lambda: _("No way leads to “%(step)s”."),
        "loop": lambda: _("The ways lead in a circle at “%(step)s”. To go back, let those who decide send it back."),
        "leads_nowhere": lambda: _("“%(step)s” leads nowhere. Lead it on to the end."),
        "after_end": lambda: _("Nothing comes after the end “%(step)s”."),
        "join_incomplete": lambda: _("“%(step)s” does not bring together all branches of “%(split)s”."),
        "join_mismatch": lambda: _("“%(step)s” brings together branches of different splits."),
        "meets_without_join": lambda: _("Branches that run at the same time meet at “%(step)s”. Put a join there."),
        "ends_in_branch": lambda: _("A branch that runs beside others ends at “%(step)s”. Join it first."),
        "twice_the_same_way": lambda: _("Two ways lead from “%(step)s” to the same step."),
        "one_otherwise": lambda: _("“%(step)s” needs at least two ways, exactly one of them without a condition: the otherwise."),
        "two_branches": lambda: _("“%(step)s” needs at least two branches."),
        "one_way": lambda: _("Only one way leads on from “%(step)s”."),
    }
    return table[code]() % {"step": step, "split": split}


def settled(flow: Flow) -> None:
    """What every draft must be: about something there is, and drawn in steps and ways that can be read."""
    resource = vocabulary.resources().get(flow.resource)
    if resource is None:
        raise Invalid([FieldError("resource", "not_found", _("There is no document type “%(key)s”.") % {"key": flow.resource})])
    if flow.verb not in vocabulary.verbs(resource):
        raise Invalid([FieldError("verb", "not_found", _("There is no action “%(verb)s” here.") % {"verb": flow.verb})])
    condition_of(flow.condition, vocabulary.names(resource, flow.verb))
    flow.drawing = flow.drawing or {"nodes": [], "edges": []}
    problems = form(flow.drawing) or written(flow.drawing, resource, flow.verb)
    problems = problems or [one for one in shape(flow.drawing) if one.code == "loop"]
    if problems:
        raise Invalid([one.as_error() for one in problems])


def whole(flow: Flow) -> None:
    """Refuse to publish a flow that could not run."""
    problems = everything(flow.drawing, registry.get(flow.resource), flow.verb)
    if problems:
        raise Refused(
            "flow_faulty",
            _("The flow cannot be published yet: %(why)s") % {"why": problems[0].detail},
            status=422,
            errors=[one.as_error() for one in problems],
        )


def everything(drawing: Any, resource: Resource, verb: str) -> list[Problem]:
    """All that is wrong with a drawing."""
    from tenant_apps.approvals import expanding

    found = form(drawing)
    if found:
        return found
    found = [*written(drawing, resource, verb), *complete(drawing), *shape(drawing)]
    return found or shape(expanding.expanded(drawing))


def form(drawing: Any) -> list[Problem]:
    """Whether it can be read at all."""
    nodes, edges = (drawing.get(name, []) for name in ("nodes", "edges")) if isinstance(drawing, Mapping) else (None, None)
    if not isinstance(nodes, list) or not isinstance(edges, list) or len(nodes) > MOST or len(edges) > 2 * MOST:
        return [Problem("", "bad_drawing", _("A drawing is {nodes: […], edges: […]} with at most %(n)d steps.") % {"n": MOST})]
    ids = [one.get("id") for one in nodes if isinstance(one, Mapping)]
    if len(set(map(str, ids))) < len(nodes) or not all(isinstance(one, str) and 0 < len(one) <= 40 and "." not in one for one in ids):
        return [Problem("", "bad_drawing", _("Every step has an id of its own of at most 40 characters, without a dot."))]
    found = [
        Problem("kind", "bad_kind", _("There is no step of the kind “%(kind)s”.") % {"kind": str(one.get("kind"))[:40]}, node=one["id"])
        for one in nodes
        if one.get("kind") not in KINDS
    ]
    for edge in edges:
        ends = (edge.get("from"), edge.get("to")) if isinstance(edge, Mapping) else (None, None)
        if not set(ends) <= set(ids) or not isinstance(edge.get("when") or "", str):
            found.append(Problem("", "bad_edge", _("A way leads from one step to another of the drawing.")))
    return found


def shape(drawing: Mapping[str, Any]) -> list[Problem]:
    read = Drawing.of(drawing)
    return [
        Problem("", fault.code, sentence(fault.code, _title(read, fault.place), str(fault.told.get("split", ""))), node=fault.place)
        for fault in read.faults()
    ]


def _title(read: Drawing, key: str) -> str:
    return read.nodes[key].title if key in read.nodes else key


# settings ------------------------------------------------------------------------------------------------------------
def written(drawing: Mapping[str, Any], resource: Resource, verb: str) -> list[Problem]:
    """Formulas that cannot be read and settings that mean nothing."""
    names = vocabulary.names(resource, verb)
    found: list[Problem] = []
    for edge in drawing.get("edges", ()):
        found += _formula(edge.get("when") or "", names, "when", edge=(edge["from"], edge["to"]))
    for node in drawing.get("nodes", ()):
        for field, text in _formulas(node):
            found += _formula(text, names, field, node=node["id"])
        found += _settings(node, resource)
    return found


def _formulas(node: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    values = node.get("values")
    if node["kind"] == "set" and isinstance(values, Mapping):
        yield from ((f"values.{field}", text) for field, text in values.items())
    for at, source in enumerate(_sources(node)):
        for name in ("formula", "field"):
            if source.get(name) and source.get("source") != "linked_owner":
                yield f"who.{at}.{name}", source[name]


def _sources(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    who = node.get("who") or []
    return [one for one in who if isinstance(one, Mapping)] if isinstance(who, list) else []


def _formula(text: Any, names: Mapping[str, Any], path: str, *, node: str = "", edge: tuple[str, str] | None = None) -> list[Problem]:
    if not text:
        return []
    try:
        formulas.parse(str(text), names)
    except Refused as refused:
        return [Problem(path, refused.code, str(refused.sentence), node, edge, refused.extra.get("at"))]
    return []


def _settings(node: Mapping[str, Any], resource: Resource) -> list[Problem]:
    key = node["id"]
    found = [
        Problem(
            name,
            "bad_choice",
            _("“%(value)s” is not one of: %(all)s.") % {"value": str(node[name])[:40], "all": ", ".join(options)},
            node=key,
        )
        for name, options in CHOICES.items()
        if node.get(name) and node[name] not in options
    ]
    ratio = node.get("ratio")
    if node.get("mode") == "ratio" and (isinstance(ratio, bool) or not isinstance(ratio, int) or not 0 < ratio <= 100):
        found.append(Problem("ratio", "bad_ratio", _("A share is a whole number of percent from 1 to 100."), node=key))
    fields = [*(node.get("editable") or []), *((node.get("values") or {}) if node["kind"] == "set" else [])]
    known = resource.writable | set(resource.line_parts) | {"custom"}
    found += [
        Problem(
            "editable" if node["kind"] in HUMAN else f"values.{field}",
            "unknown_field",
            _("“%(name)s” is no field that can be changed.") % {"name": field},
            node=key,
        )
        for field in fields
        if field not in known
    ]
    return found + _hidden(node, resource) + _deadline(node)


def _hidden(node: Mapping[str, Any], resource: Resource) -> list[Problem]:
    """What a step hides is a field, and not one that it lets be changed."""
    given, key = node.get("hidden") or [], node["id"]
    if not isinstance(given, list) or (given and node["kind"] not in HUMAN):
        return [Problem("hidden", "unknown_field", _("Only steps at which people decide hide fields."), node=key)]
    known, editable = hiding.hideable(resource), set(node.get("editable") or ())
    found = [
        Problem("hidden", "unknown_field", _("“%(name)s” is no field that can be hidden.") % {"name": str(name)[:60]}, node=key)
        for name in given
        if name not in known
    ]
    both = [known[name][0] for name in given if name in known and {name, name.partition(".")[0]} & editable]
    if both:
        found.append(
            Problem(
                "hidden",
                "hidden_and_changed",
                _("A step does not hide what it lets be changed: %(names)s.") % {"names": words.listed(both)},
                node=key,
            )
        )
    return found


def _deadline(node: Mapping[str, Any]) -> list[Problem]:
    rule = node.get("deadline") or {}
    if not rule:
        return []
    hours = rule.get("hours")
    good = isinstance(hours, int | float) and not isinstance(hours, bool) and 0 < hours <= 2000
    if not good or (rule.get("then") or "") not in THEN or not all(isinstance(one, int) for one in rule.get("remind") or []):
        return [
            Problem(
                "deadline", "bad_deadline", _("A deadline is a number of working hours up to 2,000 and what happens then."), node=node["id"]
            )
        ]
    if rule.get("then") == "transfer" and not isinstance(rule.get("to"), int):
        return [Problem("deadline.to", "nobody", _("Say to whom it goes when the time is over."), node=node["id"])]
    return []


def complete(drawing: Mapping[str, Any]) -> list[Problem]:
    """What every step still needs before it can run."""
    found: list[Problem] = []
    for node in drawing.get("nodes", ()):
        for path, detail in _missing(node):
            found.append(Problem(path, "incomplete", f"“{node.get('name') or node['id']}”: {detail}", node=node["id"]))
    return found


def _missing(node: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    kind = node["kind"]
    if kind in (*HUMAN, "copy"):
        if not _sources(node):
            yield "who", _("say who decides here.")
        for at, source in enumerate(_sources(node)):
            name, wanted = NEEDS.get(str(source.get("source")), ("", object))
            if source.get("source") not in SOURCES:
                yield f"who.{at}.source", _("there is no such way to choose people.")
            elif name and (not isinstance(source.get(name), wanted) or not source.get(name)):
                yield f"who.{at}.{name}", _("say who decides here.")
    if kind == "wait" and not node.get("event"):
        yield "event", _("say what is waited for.")
    if kind == "set" and not node.get("values"):
        yield "values", _("say what is set.")
    if kind == "webhook" and not Webhook.objects.filter(pk=_id(node.get("webhook"))).exists():
        yield "webhook", _("choose the webhook.")
    if kind == "subflow" and not Flow.objects.filter(pk=_id(node.get("flow")), series__in=_published()).exists():
        yield "flow", _("choose a published flow.")


def _id(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _published() -> Any:
    return Flow.objects.filter(state=Flow.State.PUBLISHED).values("series")
