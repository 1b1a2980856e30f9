"""How the product says no: with a code for programs, a sentence for people, and a way to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one value. `path` is written as in the request, `lines.3.quantity`."""

    path: str
    code: str
    detail: str


@dataclass(frozen=True)
class Help:
    """A next step offered with a refusal: open a form (`finance.receipt.create`) with values filled in."""

    label: str
    action: str
    values: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """The business says no. Nothing was changed. The sentence tells what to do instead."""

    def __init__(
        self,
        code: str,
        sentence: Any,
        *,
        status: int = 409,
        errors: Sequence[FieldError] = (),
        help: Sequence[Help] = (),
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(code, sentence)
        self.code, self.sentence, self.status = code, sentence, status
        self.errors, self.help, self.extra = list(errors), list(help), extra or {}

    def __str__(self) -> str:
        return str(self.sentence)


class Invalid(Refused):
    """Values that cannot be taken as they are (422). Each error names its field."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("invalid", errors[0].detail if errors else "", status=422, errors=errors)
