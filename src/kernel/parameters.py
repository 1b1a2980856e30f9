"""Switches and figures by which a company changes how the product behaves (运行时参数, W-1.5.1).

    GRACE = Parameter("finance.dunning_grace", "int", 3, _("Days before the first reminder"), least=0, most=30, scopes=("tenant", "company"))
    GRACE.value(by)

Declared in `<app>/parameters.py`. The nearest value counts: the person's, their department's or one above it, their company's, the
whole tenant's, the default. Nothing is read from the database when warm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t

from kernel import config
from kernel.access import Actor
from kernel.parsers import Bad
from kernel.specs import Spec

Text = str | Promise
Place = tuple[str, int | None]
SCOPES = ("tenant", "company", "unit", "user")
KINDS = ("bool", "int", "decimal", "money", "percent", "text", "choice", "date", "json")
SCALES = {"money": 2, "decimal": 6, "percent": 6}
KNOWN: dict[str, Parameter] = {}
"""All parameters of the product by name."""


class Port:
    """Filled in by the app that keeps the values."""

    load: Callable[[], dict[tuple[str, str, int | None], Any]] = dict
    """{(name, scope, place): value} of the company at work."""
    places: Callable[[Actor], Sequence[Place]] = staticmethod(lambda by: ())
    """Where a person is, nearest first: themselves, their department, those above it, their company."""


port = Port()


class Parameter:
    """One switch or figure: its kind, its default, what it may be and for whom it may differ."""

    def __init__(
        self,
        name: str,
        kind: str,
        default: Any,
        label: Text,
        help: Text = "",
        *,
        least: Any = None,
        most: Any = None,
        choices: Sequence[tuple[str, Text]] = (),
        scopes: Sequence[str] = ("tenant",),
        check: Callable[[Any], None] | None = None,
    ) -> None:
        if kind not in KINDS or not set(scopes) <= set(SCOPES) or name in KNOWN:
            raise ValueError(f"Parameter {name}: unknown kind or scope, or declared twice.")
        self.name, self.kind, self.default, self.label, self.help = name, kind, default, label, help
        self.least, self.most, self.scopes = least, most, tuple(scopes)
        self.check = check
        """What a `json` value must be, which a screen of its own puts together; raises Bad."""
        length = 200 if kind == "text" else 0
        self.spec = Spec(
            name="value", label=label, type=kind, required=kind not in ("text", "json"), choices=tuple(choices), scale=SCALES.get(kind, 0),
            max_length=length, null=False,
        )  # fmt: skip
        KNOWN[name] = self

    def value(self, by: Actor | None = None) -> Any:
        """What holds for this person; for nobody in particular, what holds everywhere."""
        values = _values()
        for scope, place in (*(port.places(by) if by is not None else ()), ("tenant", None)) if self.name in _named(values) else ():
            found = values.get((self.name, scope, place))
            if found is not None:
                return found
        return self.default

    def parse(self, raw: Any) -> Any:
        """A value as people and programs send it; Bad says why it cannot be."""
        value = self.spec.parse(raw)
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise Bad(
                "range",
                _t("“%(label)s” is between %(least)s and %(most)s.") % {"label": self.label, "least": self.least, "most": self.most},
            )
        return value

    def stored(self, value: Any) -> Any:
        """A value as it is kept: JSON."""
        return str(value) if isinstance(value, Decimal) or self.kind == "date" else value


def _values() -> dict[tuple[str, str, int | None], Any]:
    def load() -> dict[tuple[str, str, int | None], Any]:
        found = {}
        for key, value in port.load().items():
            with suppress(Bad, KeyError):  # its kind or range has changed since, or it is gone: the default holds
                found[key] = KNOWN[key[0]].parse(value)
        return found

    return config.cached("parameters", load)


def _named(values: dict[tuple[str, str, int | None], Any]) -> frozenset[str]:
    return config.cached("parameter-names", lambda: frozenset(name for name, _scope, _place in values))
