"""A document's number typed by hand instead of drawn (W-1.5.2): by whoever may, where the company's rule lets it be typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kernel import numbering, patterns
from kernel.exchange import numbers
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from kernel.access import Actor
    from kernel.documents import Document
    from kernel.resources import Resource

VERB = "number"


def may_type(resource: Resource, actor: Actor) -> bool:
    """Whether somebody may give a document of this kind its number."""
    return numbering.rule_of(resource.model).by_hand and actor.may(resource.key, VERB)


def take(resource: Resource, data: Mapping[str, Any], values: dict[str, Any], by: Actor, document: Document | None = None) -> None:
    """Put a typed number among a document's values. Once it has a number it keeps it, since others refer to it."""
    text = data.get("number")
    if text in (None, "") or (document is not None and document.number) or not may_type(resource, by):
        return
    values["number"] = number = _checked(resource.model, text)
    if not numbering.rule_of(resource.model).gap_free:
        numbers.pass_over(resource.model, [number])


def _checked(model: type[Document], text: Any) -> str:
    """The number as it is kept; refused when another document has it or the company's rule does not take it."""
    rule = numbering.rule_of(model)
    number = text.strip() if isinstance(text, str) else ""
    if not 0 < len(number) <= patterns.LONGEST or any(unicodedata.category(sign).startswith("C") for sign in number):
        raise _wrong("bad_number", _("A number has 1 to %(most)d characters.") % {"most": patterns.LONGEST})
    pattern = patterns.pattern_of(rule.pattern)
    fits = pattern.shape.fullmatch(number) is not None
    if rule.gap_free and fits:
        raise _wrong(
            "gap_free", _("Such numbers are drawn one after the other, without gaps. Leave it empty, or type another kind of text.")
        )
    if rule.by_hand_fits and not (fits and _true_digit(pattern, number)):
        sample = pattern.write(lambda part: patterns.written(part, date(2026, 11, 21)) or "X", 1)
        raise _wrong("bad_number", _("It does not fit the numbering rule. A number looks like %(sample)s.") % {"sample": sample})
    if model._default_manager.filter(number=number).exists():
        raise _wrong("duplicate", _("There is a document with the number %(number)s already.") % {"number": number})
    return number


def _true_digit(pattern: patterns.Pattern, number: str) -> bool:
    """Whether a check digit, where the rule has one at the end, is right."""
    ends = pattern.parts[-1].kind == "check" and pattern.pieces[-1] == ""
    return not ends or patterns.check_digit(number[:-1]) == number[-1]


def _wrong(code: str, sentence: str) -> Invalid:
    return Invalid([FieldError("number", code, sentence)])
