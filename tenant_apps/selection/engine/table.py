"""A selection table as it was read: options with their values, rules, price steps, code, questions, test cases (spec 2.2)."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from kernel import words
from kernel.formulas import Formula
from tenant_apps.selection.engine.grid import Grid

Text = Mapping[str, str]
Json = dict[str, Any]

SINGLE, MULTI, QUANTITY, NUMBER, TEXT, FILE, DERIVED = KINDS = ("single", "multi", "quantity", "number", "text", "file", "derived")
REQUIRES, EXCLUDES, COMBINATION, BOUND = HARD = ("requires", "excludes", "combination", "bound")
SETS, DEFAULT, VISIBLE = PROVIDING = ("quantity", "default", "visibility")
WARNING, REVIEW = TELLING = ("warning", "review")
RULES = (*HARD, *PROVIDING, *TELLING)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell of a table or one choice; `path` is written as in the request."""

    path: str
    code: str
    sentence: str


@dataclass(frozen=True)
class Part:
    """A line that a value adds to the bill of materials, or takes from it (negative quantity). `{F}` in texts is a choice."""

    item: str
    name: Text
    quantity: Formula
    operation: int = 0
    supply: str = "buy"
    lead_days: int = 0
    when: Formula | None = None
    place: str = ""


@dataclass(frozen=True)
class Operation:
    """Hours that a value adds to a step of the routing."""

    seq: int
    name: Text
    centre: str
    hours: Formula
    when: Formula | None = None
    place: str = ""


@dataclass(frozen=True)
class Effects:
    """What follows from a choice. Price and cost are formulas per piece: price incl. VAT, cost without."""

    price: Formula | None = None
    cost: Formula | None = None
    days: Formula | None = None
    weight: Formula | None = None
    parts: Sequence[Part] = ()
    operations: Sequence[Operation] = ()
    crates: Sequence[Json] = ()
    documents: Sequence[str] = ()


@dataclass(frozen=True)
class Value:
    """One value of a choice; `mark` is how it stands in the model code."""

    code: str
    name: Text
    mark: str
    spec: Text
    effects: Effects
    most: int = 99

    @property
    def plain(self) -> Decimal | str:
        """As formulas know it: a number where the code is one."""
        return plain(self.code)


@dataclass(frozen=True)
class Option:
    """One position of the table."""

    name: str
    label: Text
    kind: str
    group: Text
    required: bool = True
    default: str = ""
    unit: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    step: Decimal = Decimal(0)
    formula: Formula | None = None
    mark: str = ""
    spec: Text = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)

    @property
    def finite(self) -> bool:
        return self.kind in (SINGLE, MULTI)

    @property
    def numeric(self) -> bool:
        return self.kind in (NUMBER, QUANTITY)

    @cached_property
    def grid(self) -> Grid:
        """The numbers that can be entered."""
        return Grid.between(self.least, self.most, self.step)


@dataclass(frozen=True)
class Rule:
    """A rule with the code and sentence by which people are told of it."""

    code: str
    kind: str
    sentence: Text
    when: Formula | None = None
    then: Formula | None = None
    option: str = ""
    value: str = ""
    least: Formula | None = None
    most: Formula | None = None
    options: Sequence[str] = ()
    rows: frozenset[tuple[str, ...]] = frozenset()
    place: str = ""

    @property
    def formulas(self) -> list[Formula]:
        return [one for one in (self.when, self.then, self.least, self.most) if one is not None]

    def names(self) -> set[str]:
        """The options it reads."""
        read = {name.partition(".")[0] for one in self.formulas for name in one.names} | set(self.options)
        return read | ({self.option} if self.kind == BOUND else set())


@dataclass(frozen=True)
class Step:
    """A step of the price: a sum of options and earlier steps, or a formula over them, perhaps rounded up to whole `to`."""

    name: str
    label: Text
    of: Sequence[str] = ()
    formula: Formula | None = None
    to: Decimal = Decimal(0)


@dataclass(frozen=True)
class Segment:
    """A place of the model code: the option whose mark stands there, and the sign before it."""

    option: str
    before: str = ""


@dataclass(frozen=True)
class Question:
    """What a customer is asked, and how the answer chooses values: the first for which `choose[option]` holds."""

    name: str
    label: Text
    unit: str
    choose: Mapping[str, Formula]
    warn: Sequence[tuple[Formula, Text]]


@dataclass(frozen=True)
class Table:
    """A whole selection table."""

    options: Mapping[str, Option]
    rules: Sequence[Rule]
    steps: Sequence[Step]
    prefix: str
    segments: Sequence[Segment]
    questions: Sequence[Question]
    base: Effects
    presets: Sequence[Json]
    cases: Sequence[Json]
    priced: Sequence[str]
    """Options and steps in the order in which their prices follow from each other (`price.F` before `price.frame`)."""
    settled: Sequence[str]
    """Options in the order in which their values follow from each other."""


def plain(code: str) -> Decimal | str:
    return Decimal(code) if _NUMBER.fullmatch(code) else code


def size_of(formula: Formula) -> int:
    """Of how many parts a formula consists: what it costs to work it out."""
    return sum(isinstance(node, ast.expr) for node in ast.walk(formula.tree))


def language_of() -> str:
    """The language of a table's texts in which somebody asks."""
    return words.spoken("zh", "en")
