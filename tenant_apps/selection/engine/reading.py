"""From the JSON of a selection table to a `Table`; everything that is wrong with it is told with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from kernel.formulas import FUNCTIONS, Formula, parse
from kernel.refusals import Refused
from tenant_apps.selection.engine.table import Effects, Json, Operation, Part, Problem, Text, Value

T = TypeVar("T")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,29}")
CODE = re.compile(r"[^\s{}:,;]{1,40}")
MOST_OPTIONS, MOST_VALUES, MOST_RULES, LONGEST = 200, 300, 2000, 500
RESERVED = {"price", "cost", "custom", *(name.lower() for name in FUNCTIONS)}
HUGE = Decimal(1_000_000_000)


class Reader:
    """Reads cells and remembers what was wrong with which."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.names: Collection[str] = ()
        """What formulas about choices may name."""
        self.amounts: Collection[str] = ()
        """What formulas about prices may name besides."""

    def wrong(self, path: str, code: str, sentence: str) -> None:
        self.problems.append(Problem(path, code, sentence))

    def rows(self, source: Any, path: str, most: int = 100) -> list[tuple[str, Json]]:
        """A list of objects with the place of each."""
        if source is None:
            return []
        if not isinstance(source, list) or not all(isinstance(one, dict) for one in source):
            self.wrong(path, "not_a_list", _("A list of rows belongs here."))
            return []
        if len(source) > most:
            self.wrong(path, "too_many", _("At most %(most)d rows are possible here; there are %(n)d.") % {"most": most, "n": len(source)})
        return [(f"{path}.{at}", one) for at, one in enumerate(source[:most])]

    def object(self, source: Any, path: str) -> Json:
        if source is not None and not isinstance(source, dict):
            self.wrong(path, "not_an_object", _("An object of fields belongs here."))
        return source if isinstance(source, dict) else {}

    def texts(self, source: Json, name: str, path: str) -> list[str]:
        found = source.get(name) or []
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.wrong(f"{path}.{name}", "not_a_list", _("A list of texts belongs here."))
            return []
        return found

    def text(self, source: Json, name: str, path: str, otherwise: str = "") -> Text:
        """A text in both languages; one that is written once serves both."""
        found = source.get(name)
        if found is None:
            found = otherwise
        if isinstance(found, str):
            found = {"zh": found, "en": found}
        if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in found.values()):
            self.wrong(f"{path}.{name}", "not_a_text", _("A text belongs here, or one for each language."))
            return {"zh": otherwise, "en": otherwise}
        for language, other in (("zh", "en"), ("en", "zh")):
            if len(found.get(language, "")) > LONGEST:
                self.wrong(f"{path}.{name}.{language}", "too_long", _("At most %(most)d characters are possible.") % {"most": LONGEST})
            found = {**found, language: found.get(language) or found.get(other) or otherwise}
        return {"zh": found["zh"], "en": found["en"]}

    def word(self, source: Json, name: str, path: str, shape: re.Pattern[str] = CODE) -> str:
        found = source.get(name)
        found = str(found) if isinstance(found, int | Decimal) and not isinstance(found, bool) else found
        if not isinstance(found, str) or not shape.fullmatch(found):
            told = (
                _("Letters, digits and _ are possible here, a letter first.")
                if shape is NAME
                else _("A code is needed here: up to 40 signs without spaces.")
            )
            self.wrong(f"{path}.{name}", "bad_name", told)
            return ""
        return found

    def number(self, source: Json, name: str, path: str, least: Decimal = Decimal(0), otherwise: Decimal = Decimal(0)) -> Decimal:
        found = source.get(name)
        if found in (None, ""):
            return otherwise
        try:
            value = Decimal(str(found))
            if isinstance(found, bool) or not value.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            self.wrong(f"{path}.{name}", "not_a_number", _("A number belongs here."))
            return otherwise
        if not least <= value <= HUGE:
            self.wrong(
                f"{path}.{name}", "out_of_range", _("Between %(least)s and %(most)s is possible.") % {"least": least, "most": f"{HUGE:f}"}
            )
            return otherwise
        return value

    def formula(self, source: Json, name: str, path: str, *, amounts: bool = False, more: Collection[str] = ()) -> Formula | None:
        """A formula over choices; over prices too with `amounts`."""
        found = source.get(name)
        if found in (None, ""):
            return None
        if isinstance(found, int | float) and not isinstance(found, bool):
            found = str(found)
        if not isinstance(found, str):
            self.wrong(f"{path}.{name}", "bad_formula", _("A formula belongs here, for example F > 100."))
            return None
        try:
            return parse(found, {*self.names, *more, *(self.amounts if amounts else ())})
        except Refused as refused:
            self.wrong(f"{path}.{name}", refused.code, str(refused))
            return None

    def needed(self, found: T | None, path: str) -> T | None:
        if found is None:
            self.wrong(path, "required", _("This is needed."))
        return found

    # what follows from a choice ----------------------------------------------------------------------------------------
    def effects(self, source: Any, path: str) -> Effects:
        source = self.object(source, path)
        return Effects(
            price=self.formula(source, "price", path, amounts=True),
            cost=self.formula(source, "cost", path, amounts=True),
            days=self.formula(source, "days", path),
            weight=self.formula(source, "weight", path),
            parts=self._several(source.get("bom"), f"{path}.bom", self._part),
            operations=self._several(source.get("routing"), f"{path}.routing", self._operation),
            crates=self._several(source.get("crates"), f"{path}.crates", self._crate),
            documents=tuple(str(one)[:LONGEST] for one in self.texts(source, "documents", path)),
        )

    def _several(self, source: Any, path: str, read: Callable[[Json, str], T | None]) -> list[T]:
        found = [read(row, place) for place, row in self.rows(source, path)]
        return [one for one in found if one is not None]

    def _part(self, row: Json, path: str) -> Part | None:
        item = row.get("item")
        if not isinstance(item, str) or not 1 <= len(item) <= 60:
            self.wrong(f"{path}.item", "required", _("Name the item by its code, for example LC-{F}."))
            return None
        self.braces(item, f"{path}.item")
        quantity = self.formula({"quantity": "1"} | row, "quantity", path)
        supply = row.get("supply", "buy")
        if supply not in ("make", "buy", "service"):
            self.wrong(f"{path}.supply", "not_a_choice", _("Possible are make, buy and service."))
        if quantity is None:
            return None
        return Part(
            item,
            self.text(row, "name", path, item),
            quantity,
            int(self.number(row, "operation", path)),
            supply,
            int(self.number(row, "lead_days", path)),
            self.formula(row, "when", path),
            path,
        )

    def _operation(self, row: Json, path: str) -> Operation | None:
        hours = self.needed(self.formula(row, "hours", path), f"{path}.hours")
        seq = int(self.number(row, "seq", path, Decimal(1), Decimal(0)))
        if not seq:
            self.wrong(f"{path}.seq", "required", _("A step of the routing needs its number, for example 10."))
        if hours is None or not seq:
            return None
        centre = str(row.get("centre") or "")[:40]
        return Operation(seq, self.text(row, "name", path), centre, hours, self.formula(row, "when", path), path)

    def _crate(self, row: Json, path: str) -> Json:
        sizes = {name: int(self.number(row, name, path)) for name in ("length", "width", "height")}
        count = int(self.number(row, "quantity", path, otherwise=Decimal(1)))
        return {"name": self.text(row, "name", path), **sizes, "weight": self.number(row, "weight", path), "quantity": count}

    def braces(self, text: str, path: str) -> None:
        for name in re.findall(r"\{([^}]*)\}", text):
            if name not in self.names:
                self.wrong(path, "unknown", _("There is no option “%(name)s”.") % {"name": name[:60]})

    def value(self, row: Json, path: str) -> Value | None:
        code = self.word(row, "code", path)
        if not code:
            return None
        mark = row.get("mark", code)
        if not isinstance(mark, str) or len(mark) > 40 or "+" in mark or "*" in mark:
            self.wrong(f"{path}.mark", "bad_mark", _("The mark in the model code is a short text without + and *."))
            mark = code
        most = int(self.number(row, "most", path, Decimal(1), Decimal(99)))
        name = self.text(row, "name", path, code)
        spec = self.text(row, "spec", path) if "spec" in row else name
        return Value(code, name, mark, spec, self.effects(row, path), most)
