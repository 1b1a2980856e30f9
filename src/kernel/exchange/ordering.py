"""Rows that refer to other rows of the same sheet (a category to its parent), in whatever order they stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kernel.exchange.matching import Pair
from kernel.exchange.reading import Reader
from kernel.exchange.references import names_of
from kernel.refusals import FieldError


@dataclass(frozen=True)
class Need:
    """A document of the sheet that has to be there first, and the path and text by which it is referred to."""

    path: str
    text: str
    position: int


class Order:
    """The documents of a sheet in waves: each after those it refers to."""

    def __init__(self, reader: Reader, pairs: list[Pair], found: dict[int, int]) -> None:
        self.reader, self.pairs = reader, pairs
        self.called = self._called()
        self.needs = self._needs(found)
        self.waves = self._waves()

    def _called(self) -> dict[str, list[int]]:
        """{name: positions of the documents that the sheet calls so}; empty when nothing refers to its own kind."""
        called: dict[str, list[int]] = defaultdict(list)
        model = self.reader.resource.model
        if not any(column.spec.target is model for column in self.reader.known.values()):
            return called
        for position, (_entry, told) in enumerate(self.pairs):
            for text in {str(told.own[name]) for name in names_of(model) if isinstance(told.own.get(name), str | int)}:
                called[text].append(position)
        return called

    def _needs(self, found: dict[int, int]) -> dict[int, list[Need]]:
        """Per position what it waits for: documents that are not there, or not yet under the name written."""
        needs: dict[int, list[Need]] = {}
        if not self.called:
            return needs
        for position, (_entry, told) in enumerate(self.pairs):
            for one in self.reader.references(told):
                if one.model is self.reader.resource.model:
                    there = {row.pk for row in self.reader.finder.named(one)}
                    missing = [other for other in self.called.get(one.text, ()) if found.get(other) not in there]
                    needs.setdefault(position, []).extend(Need(one.path, one.text, other) for other in missing)
        return needs

    def _waves(self) -> list[list[int]]:
        """Positions in waves; what refers to itself in a circle is told and stays out, and so does what waits for it."""
        waits = {position: {need.position for need in self.needs.get(position, ())} for position in range(len(self.pairs))}
        dependents: dict[int, list[int]] = defaultdict(list)
        for position, others in waits.items():
            for other in others:
                dependents[other].append(position)
        waves = []
        wave = [position for position, others in waits.items() if not others]
        while wave:
            waves.append(wave)
            following = []
            for position in wave:
                del waits[position]
                for dependent in dependents[position]:
                    waits[dependent].discard(position)
                    if not waits[dependent]:
                        following.append(dependent)
            wave = sorted(following)
        self._tell_circles(waits)
        return waves

    def _tell_circles(self, waits: dict[int, set[int]]) -> None:
        """Each member of a circle is told the whole of it; those behind it are told whom they wait for."""
        seen: set[int] = set()
        for start in waits:
            way: dict[int, None] = {}
            position = start
            while position not in way and position not in seen:
                way[position] = None
                position = min(waits[position])
            if position in way:
                self._tell_circle(list(way)[list(way).index(position) :])
            seen.update(way)
        for position in waits:
            if not self.pairs[position][0].errors:
                self._tell_waiting(position, next(need for need in self.needs[position] if need.position in waits))

    def _tell_circle(self, circle: list[int]) -> None:
        following = dict(zip(circle, [*circle[1:], circle[0]], strict=True))
        links = [next(need for need in self.needs[member] if need.position == following[member]) for member in circle]
        names = [need.text[:60] for need in links]
        detail = _("These rows refer to each other in a circle: %(names)s. Import one of them without this reference first.")
        for member, need in zip(circle, links, strict=True):
            self._tell(member, FieldError(need.path, "circle", detail % {"names": " → ".join([names[-1], *names])}))

    def _tell(self, position: int, error: FieldError) -> None:
        self.pairs[position][0].errors.append(error)

    def ready(self, wave: list[int]) -> list[int]:
        """Those of a wave that refer to nothing wrong; the others are told."""
        for position in wave:
            need = next((one for one in self.needs.get(position, ()) if self.pairs[one.position][0].errors), None)
            if need is not None:
                self._tell_waiting(position, need)
        return [position for position in wave if not self.pairs[position][0].errors or not self.needs.get(position)]

    def _tell_waiting(self, position: int, need: Need) -> None:
        row = self.reader.sheet.numbers[self.pairs[need.position][0].rows[0]]
        detail = _("“%(text)s” stands in row %(row)d, which is wrong itself. Correct that row first.")
        self._tell(position, FieldError(need.path, "depends", detail % {"text": need.text[:60], "row": row}))

    def written(self, wave: list[int]) -> None:
        """What has been written is found by those who come after it."""
        if self.needs:
            for position in wave:
                document: Any = self.pairs[position][0].document
                if document is not None:
                    self.reader.finder.add(document)
