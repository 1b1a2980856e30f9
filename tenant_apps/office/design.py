"""The design of a form as it was checked: its sections and fields, its line table, its rules, how it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kernel.formulas import Formula
from kernel.specs import Spec
from tenant_apps.office.allowance import Account
from tenant_apps.office.spans import Span
from tenant_apps.office.words import Words

KINDS = (
    "text", "long", "int", "decimal", "money", "date", "datetime", "bool", "choice", "choices", "half", "member", "unit", "ref", "file",
    "computed", "working", "balance",
)  # fmt: skip
WORKED_OUT = {"computed", "working", "balance"}
"""What nobody types: a formula, the working time between two fields, what is left on an account."""
RESULTS = ("decimal", "int", "money", "text", "date", "bool")
"""What a formula may give."""


@dataclass(frozen=True)
class Field:
    """One field of a form or one column of its line table."""

    spec: Spec
    """What it is called and may hold; `required` without a rule."""
    formula: Formula | Span | None = None
    """What it is worked out by."""
    visible: Formula | None = None
    required: Formula | None = None
    """When it must be filled in although it need not always be."""
    in_list: bool = False
    wide: bool = False
    balance: bool = False
    """Whether it says what is left on the account the entry takes from."""

    @property
    def name(self) -> str:
        return self.spec.name


@dataclass(frozen=True)
class Part:
    """A titled group of fields."""

    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Table:
    """The line table."""

    name: str
    title: Words
    columns: tuple[Field, ...]
    totals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """What must hold, and the sentence said otherwise."""

    formula: Formula
    says: Words
    at: str = ""


@dataclass(frozen=True)
class Booking:
    """A thing that only one entry may have at a time: the fields that name the thing, the beginning and the end."""

    what: str
    since: str
    until: str


@dataclass(frozen=True)
class Paper:
    """How it is printed: how many fields stand beside each other, who signs, what stands below."""

    columns: int = 2
    signatures: tuple[Words, ...] = ()
    note: Words = field(default_factory=lambda: Words(""))


@dataclass(frozen=True)
class Design:
    """A form as it was published, or as it is being drawn."""

    parts: tuple[Part, ...]
    table: Table | None = None
    checks: tuple[Check, ...] = ()
    booking: Booking | None = None
    account: Account | None = None
    title: tuple[str, ...] = ()
    """Fields that tell an entry from its neighbours."""
    total: str = ""
    """The field that is its amount, for signing limits and sums."""
    paper: Paper = field(default_factory=Paper)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        return {one.name: one for part in self.parts for one in part.fields}

    @cached_property
    def columns(self) -> Mapping[str, Field]:
        return {one.name: one for one in self.table.columns} if self.table else {}

    @cached_property
    def balances(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.fields.values() if one.balance)

    @cached_property
    def computed(self) -> tuple[Field, ...]:
        """Fields worked out from others, each after those it reads."""
        return tuple(in_order([one for one in self.fields.values() if one.formula]))

    @cached_property
    def computed_columns(self) -> tuple[Field, ...]:
        return tuple(in_order([one for one in self.columns.values() if one.formula]))


def in_order(fields: list[Field]) -> Iterator[Field]:
    """Formulas in an order in which each finds what it reads; those that wait for each other are left out."""
    waiting = {one.name: one for one in fields}
    while waiting:
        ready = [one for one in waiting.values() if one.formula and not one.formula.names & waiting.keys()]
        if not ready:
            return
        for one in ready:
            yield waiting.pop(one.name)
