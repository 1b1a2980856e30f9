"""What a flow can be about and what its formulas may name."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from kernel import people, registry
from kernel.documents import Document
from kernel.formulas import Fields
from kernel.resources import Resource
from kernel.specs import Spec, of_model

PLAIN = {
    "text",
    "long",
    "int",
    "decimal",
    "money",
    "price",
    "percent",
    "date",
    "datetime",
    "bool",
    "choice",
    "state",
    "ref",
    "member",
    "unit",
    "email",
    "phone",
}
OWN_APP = "approvals"


def verbs(resource: Resource) -> dict[str, str]:
    """What of a document type can be put under approval: making, changing and deleting it, and its actions."""
    made = {"create": _("Create")} if resource.creatable else {}
    changed = {"change": _("Change")} if resource.writable or resource.line_parts else {}
    deleted = {"delete": _("Delete")} if resource.deletable else {}
    return {**made, **changed, **deleted, **{verb: str(action.label) for verb, action in resource.verbs.items()}}


def resources() -> dict[str, Resource]:
    """Document types whose actions can wait for an approval: all but approvals themselves."""
    return {key: one for key, one in registry.everything().items() if one.app != OWN_APP}


@cache
def _of_target(model: type[Document]) -> dict[str, Spec]:
    return {name: spec for name, spec in of_model(model).items() if spec.type in PLAIN}


def names(resource: Resource, verb: str = "") -> dict[str, tuple[str, Spec]]:
    """{name: (label, spec)} of what a formula about a document may read: its fields, those one reference away, its lines, what was asked."""
    found = {name: (str(spec.label), spec) for name, spec in resource.own.items() if spec.type in PLAIN}
    for name, spec in resource.own.items():
        if spec.type == "ref" and spec.target is not None and issubclass(spec.target, Document):
            found |= {f"{name}.{one}": (f"{spec.label} · {other.label}", other) for one, other in _of_target(spec.target).items()}
    found |= {f"custom.{name}": (str(spec.label), spec) for name, spec in resource.custom.items()}
    for kind, specs in resource.line_specs.items():
        title = resource.line_parts[kind].title
        found |= {f"{kind}.{name}": (f"{title} · {spec.label}", spec) for name, spec in specs.items() if spec.type in PLAIN}
    action = resource.verbs.get(verb)
    asked = action.params if action else {}
    found |= {f"asked.{name}": (f"{action.label} · {spec.label}", spec) for name, spec in asked.items() if action and spec.type in PLAIN}
    return found | initiator_names()


def initiator_names() -> dict[str, tuple[str, Spec]]:
    member = of_model(registry.get(people.directory.member_key).model)
    wanted = [("initiator", _("Initiator"), Spec("initiator", _("Initiator"), "member"))]
    wanted += [(f"initiator.{name}", f"{_('Initiator')} · {member[name].label}", member[name]) for name in ("department", "position")]
    return {name: (label, spec) for name, label, spec in wanted}


class Names(Fields):
    """The values of those names for one document and one call."""

    def __init__(self, document: Any, initiator: int, asked: dict[str, Any]) -> None:
        super().__init__(document)
        self.initiator, self.asked = initiator, asked

    def get(self, name: str) -> Any:
        first, _dot, rest = name.partition(".")
        if first == "asked":
            return self.asked.get(rest)
        if first == "initiator":
            return self._of_initiator(rest)
        return super().get(name)

    def _of_initiator(self, name: str) -> Any:
        from tenant_apps.organization import chart

        if not name:
            return self.initiator
        posts = chart.chart().posts_of.get(self.initiator, [])
        return chart.unit_of(self.initiator) if name == "department" else next(iter(posts), None)
