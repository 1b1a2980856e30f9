"""Document numbers (spec 2.22): drawn in the transaction of their document, by its date, so none is lost or given twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from kernel import config, people
from kernel.formulas import Fields
from kernel.formulas.reading import plain
from kernel.patterns import Part, Pattern, pattern_of, tidy, written
from kernel.refusals import Refused

if TYPE_CHECKING:
    from kernel.documents import Document

IN_NUMBERS = ("text", "choice", "state", "int", "ref")
"""Kinds of fields that can stand in a number."""


class Rule(NamedTuple):
    pattern: str
    gap_free: bool
    reuse: bool = False
    by_hand: bool = False
    by_hand_fits: bool = False


def rule_of(model: type[Document]) -> Rule:
    """The company's rule for a kind of document, or else the kind's own."""
    from kernel.specs import key_of

    return _rules().get(key_of(model)) or Rule(model.number_format, model.gap_free)


def _rules() -> dict[str, Rule]:
    from kernel.models import NumberRule

    def load() -> dict[str, Rule]:
        return {
            row.resource: Rule(row.pattern, row.gap_free_numbers, row.reuse_last, row.by_hand, row.by_hand_fits)
            for row in NumberRule.objects.all()
        }

    return config.cached("numbering", load)


def series(pattern: Pattern, document: Document, today: date) -> str:
    """The series a document belongs to."""
    return pattern.series(lambda part: read(part, document, today))


def read(part: Part, document: Document, today: date) -> str:
    """A part of a document's number."""
    if part.kind == "date":
        return written(part, document.business_date or today)
    if part.kind == "unit":
        return tidy(people.units().get(document.unit or 0, ""))
    if part.kind == "company":
        return tidy(people.here().company_of(document.unit))
    if part.kind == "source":
        return str(getattr(document, "source_label", ""))
    return _field(document, part.how)


def _field(document: Document, name: str) -> str:
    value = Fields(document).get(name)
    label = getattr(value, "label_field", "")
    return tidy(getattr(value, label) if label else plain(value))


def check_fields(model: type[Document], pattern: Pattern) -> None:
    """Refuse a pattern that names a field which is not there, or one that is no word or whole number."""
    for part in (*pattern.parts, *pattern.resets):
        if part.kind == "field" and _kind(model, part.how.split(".")) not in IN_NUMBERS:
            raise Refused(
                "unknown_field",
                _("“%(name)s” cannot stand in a number: choose a text, a choice, a whole number or a reference of the document.")
                % {"name": part.how[:60]},
                status=422,
            )


def _kind(model: Any, names: list[str]) -> str:
    from kernel.specs import of_model

    spec = of_model(model).get(names[0])
    if spec is None:
        return ""
    if len(names) == 1:
        return spec.type
    return _kind(spec.target, names[1:]) if spec.type == "ref" else ""


def key(model: type[Document], series: str) -> str:
    """Under which name the counter of a series is kept."""
    from kernel.specs import key_of

    return f"{key_of(model)}|{series}"


def draw(documents: Sequence[Document], today: date) -> list[str]:
    """Numbers for new documents of one kind, in order, each by its own date and fields.

    The counter's row stays locked until the transaction ends: a number is used or was never drawn.
    """
    model = type(documents[0])
    pattern = pattern_of(rule_of(model).pattern)
    _bring(model, pattern, documents)
    belongs = [series(pattern, document, today) for document in documents]
    drawn = {name: _advance(key(model, name), belongs.count(name)) - belongs.count(name) for name in sorted(set(belongs))}
    numbers = []
    for name, document in zip(belongs, documents, strict=True):
        drawn[name] += 1
        numbers.append(pattern.write(partial(read, document=document, today=today), drawn[name]))
    return numbers


def _bring(model: type[Document], pattern: Pattern, documents: Sequence[Document]) -> None:
    """Read what fields of references tell for all documents at once."""
    named = {part.how.partition(".")[0] for part in (*pattern.parts, *pattern.resets) if part.kind == "field"}
    references = [name for name in named if model._meta.get_field(name).is_relation]
    if references:
        prefetch_related_objects(documents, *references)


def _advance(key: str, by: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (key, value) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = kernel_counter.value + EXCLUDED.value RETURNING value",
            [key, by],
        )
        row: Any = cursor.fetchone()
    return int(row[0])


def give(documents: Sequence[Document], today: date) -> None:
    """Number those documents that have none yet and should have one now."""
    if not documents or not rule_of(type(documents[0])).pattern:
        return
    without = [document for document in documents if not document.number]
    if without:
        for document, number in zip(without, draw(without, today), strict=True):
            document.number = number


def take_back(document: Document, today: date) -> None:
    """The last number of a series is given again when its document is deleted, where the company's rule says so."""
    from kernel.models import Counter

    model = type(document)
    rule = rule_of(model)
    if not rule.reuse or not document.number:
        return
    pattern = pattern_of(rule.pattern)
    if match := pattern.shape.fullmatch(document.number):
        last = int(match["seq"])
        Counter.objects.filter(key=key(model, series(pattern, document, today)), value=last).update(value=last - 1)
