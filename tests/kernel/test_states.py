"""No state that nothing leads to, and no verb that is never possible."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import models

from kernel import registry
from kernel.resources import Resource

WITH_STATES = {key: resource for key, resource in registry.everything().items() if resource.has_state}
each = pytest.mark.parametrize("resource", WITH_STATES.values(), ids=WITH_STATES)
MOVERS = {"move", "set_state"}


def ours() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if name.startswith("tenant_apps.") and getattr(module, "__file__", None)]


def moved_to() -> set[tuple[type, str]]:
    """(states, state) set otherwise than by an action's `then`: by `move`, `set_state`, a function that tells a state, or at birth."""
    found = set()
    for module in ours():
        tree = ast.parse(Path(inspect.getfile(module)).read_text())
        for place in places(tree):
            found |= {(type(state), str(state)) for node in ast.walk(place) if (state := state_at(node, module)) is not None}
    return found


def places(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MOVERS:
            yield from node.args[1:]
        elif isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        elif isinstance(node, ast.Dict):
            yield from (
                value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant) and key.value == "state"
            )


def state_at(node: ast.AST, module: ModuleType) -> models.TextChoices | None:
    """What `Order.State.SHIPPED`, or `S.SHIPPED`, means in a module."""
    if not isinstance(node, ast.Attribute):
        return None
    names: list[str] = []
    at: Any = node
    while isinstance(at, ast.Attribute):
        names, at = [at.attr, *names], at.value
    value: Any = getattr(module, at.id, None) if isinstance(at, ast.Name) else None
    for name in names:
        value = getattr(value, name, None)
    return value if isinstance(value, models.TextChoices) else None


MOVED = moved_to()


@each
def test_every_state_can_be_reached(resource: Resource):
    states = resource.model.State
    reached = {states.values[0]} | {state for of, state in MOVED if of is states}
    while more := {action.then for action in resource.actions if action.then and (not action.when or action.when & reached)} - reached:
        reached |= more
    assert set(states.values) - reached == set()


@each
def test_every_verb_is_possible_somewhere(resource: Resource):
    assert {
        verb for verb, action in resource.verbs.items() if action.then is not None and action.then not in resource.model.State.values
    } == set()
    assert {verb for verb, action in resource.verbs.items() if action.when - set(resource.model.State.values)} == set()


@each
def test_its_first_state_is_where_it_starts(resource: Resource):
    assert resource.model._meta.get_field("state").default == resource.model.State.values[0]
    assert all(str(label) for _value, label in resource.model.State.choices)
    assert resource.editable_when is None or resource.editable_when <= set(resource.model.State.values)
