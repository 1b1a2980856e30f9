"""Chinese first: whatever the product says about itself, it says in Chinese; and in English when asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.translation import override
from kernel import cards, registry
from kernel.registry import MENUS
from kernel.resources import Lines, Resource
from kernel.specs import Spec
from kernel.words import HAN

CATALOGUE = settings.ROOT / "src/config/locale/zh_Hans/LC_MESSAGES/django.po"
translated = pytest.mark.skipif(not CATALOGUE.exists(), reason="the catalogue of the product is still being written")
EVERY = registry.everything()
every = pytest.mark.parametrize("resource", EVERY.values(), ids=EVERY)
UNIVERSAL = {"A", "B", "C", "D"}
"""Grades are written with the same letters everywhere."""


def of_spec(spec: Spec) -> Iterator[str]:
    yield from (str(spec.label), str(spec.help))
    yield from (str(label) for _value, label in spec.choices)


def labels(resource: Resource) -> Iterator[str]:
    yield resource.label
    for name, spec in resource.own.items():
        if name not in ("version", "search_text", "custom") and not private(resource, name):
            yield from of_spec(spec)
    for part in resource.form:
        yield str(part.title)
        if isinstance(part, Lines):
            for spec in resource.line_specs[part.name].values():
                yield from of_spec(spec)
    for action in resource.actions:
        yield from (str(action.label), str(action.confirm), str(action.says))
        for spec in action.params.values():
            yield from of_spec(spec)
    yield from (str(one.label) for one in resource.prints)


def private(resource: Resource, name: str) -> bool:
    """Whether a field is nowhere on a screen: it has no words of its own then."""
    return resource.model._meta.get_field(name)._verbose_name is None and name not in {*resource.columns, *resource.filters, *resource.writable}


@translated
@every
def test_every_label_is_chinese(resource: Resource):
    with override("zh-hans"):
        assert {label for label in labels(resource) if label and not HAN.search(label)} - UNIVERSAL == set()


@every
def test_every_label_is_english_when_asked(resource: Resource):
    with override("en"):
        assert {label for label in labels(resource) if HAN.search(label)} == set()


@translated
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_menus_and_cards_speak_the_language(language: str):
    with override(language):
        told = {str(menu.label) for menu in MENUS} | {str(card.title) for card in cards._cards.values()}
        assert {text for text in told if bool(HAN.search(text)) is not (language == "zh-hans")} == set()
