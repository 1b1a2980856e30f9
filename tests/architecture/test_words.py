"""Everything the product says, it says in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import gettext, override

from infra import messages
from kernel import cards, describe, registry
from kernel.access import SYSTEM
from kernel.limits import Allowances
from kernel.resources import Resource

EVERY = registry.everything() | registry.of_platform()
every = pytest.mark.parametrize("resource", EVERY.values(), ids=EVERY)
HAN = re.compile(r"[\u4e00-\u9fff]")
SHOWN = ("label", "plural", "title", "help", "confirm", "search_hint")
SAME_EVERYWHERE = {"A", "B", "C", "D"}
UNCOUNTED = {"catalog.series", "console.feedback", "console.material", "console.supportaccess", "inventory.balance"}
"""What English does not count."""


@pytest.fixture(autouse=True)
def no_custom_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a company calls its own fields and codes is its own affair."""
    monkeypatch.setattr("kernel.resources.custom_fields", dict)
    monkeypatch.setattr("kernel.codes._rows", dict)
    monkeypatch.setattr("kernel.printing.choosing._designed", dict)
    monkeypatch.setattr("kernel.numbering._rules", dict)
    monkeypatch.setattr("kernel.limits.port.allowed", Allowances)
    monkeypatch.setattr("kernel.holding.port.locking", frozenset)
    monkeypatch.setattr("kernel.registry._sources", {})
    monkeypatch.setattr("shared_apps.billing.plan_names._known", list)


def texts(told: Any, name: str = "") -> Iterator[str]:
    """The texts for people in a description."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from texts(value, key)
    elif isinstance(told, list):
        for value in told:
            yield from texts(value, name)
    elif name in SHOWN and isinstance(told, str) and told:
        yield told


def described(resource: Resource) -> list[str]:
    """All texts of a resource's screens but the column that is its title."""
    return list(texts(describe.whole(resource, SYSTEM) | {"title": ""}))


def test_every_sentence_is_translated_and_none_is_left_over():
    assert messages.faults() == []


def test_a_sentence_of_python_templates_and_actions_is_found():
    found = messages.used()
    assert {("", "Please log in."), ("menu", "Sales"), ("", "Take the goods out of stock and send them off.")} <= found
    assert ("", "Is %(email)s your address?") in found


def test_django_speaks_our_chinese():
    with override("zh-hans"):
        assert gettext("Sales order") == "销售订单"


@pytest.mark.parametrize("said", ["%(n)s 个", "%(name)s", "%(n)d 个 %(n)d", "没有"])
def test_another_placeholder_is_a_fault(said: str):
    assert not messages._fits("%(n)d records", (said,))


@every
def test_a_screen_is_chinese_throughout(resource: Resource):
    with override("zh-hans"):
        assert [text for text in described(resource) if not HAN.search(text) and text not in SAME_EVERYWHERE] == []


@every
def test_a_screen_is_english_throughout(resource: Resource):
    with override("en"):
        assert [text for text in described(resource) if HAN.search(text)] == []


@every
def test_several_are_called_as_several(resource: Resource):
    """In English; Chinese makes no difference, though a list may be called otherwise than what is in it."""
    with override("en"):
        assert (str(resource.plural) == resource.label) == (resource.key in UNCOUNTED)


@every
def test_what_an_action_asks_has_a_label(resource: Resource):
    for action in resource.actions:
        assert [name for name, spec in action.params.items() if isinstance(spec.label, str)] == [], f"params of {action.kind}"
        assert action.help


@every
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_fields_of_a_form_have_the_same_name(resource: Resource, language: str):
    with override(language):
        forms = [[resource.own[name] for name in resource.own if name in resource.writable or name in resource.columns]]
        for specs in forms + [list(specs.values()) for specs in resource.line_specs.values()]:
            assert [label for label, times in Counter(str(spec.label) for spec in specs).items() if times > 1] == []


@pytest.mark.parametrize("schema", ["a_company", "public"])
def test_menu_and_cards_are_chinese(schema: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kernel.config.schema", lambda: schema)
    monkeypatch.setattr("tenant_apps.office.forms.published", dict)
    with override("zh-hans"):
        labels = [group["label"] for group in describe.menu(SYSTEM)] + [card.told()["title"] for card in cards.of(SYSTEM)]
    assert len(labels) > 1
    assert [label for label in labels if not HAN.search(label)] == []
