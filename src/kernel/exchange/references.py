"""References as people write them in a sheet: by number, code or name. All of one kind are found with one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from kernel import people, registry
from kernel.access import Actor, visible
from kernel.refusals import FieldError
from kernel.specs import Bad, Spec, key_of, label_names

MANY = 10_000
SEPARATORS = str.maketrans("、;；，", ",,,,")


def names_of(model: type[models.Model]) -> list[str]:
    """The fields by which a row may be named: its business keys and what people call it."""
    resource = registry.of(model)
    names = dict.fromkeys([*(resource.match if resource else ()), *label_names(model)])
    return [name for name in names if isinstance(model._meta.get_field(name), models.CharField)]


def parts(text: Any) -> list[str]:
    """A cell with several references."""
    return [part.strip() for part in str(text).translate(SEPARATORS).split(",") if part.strip()]


@dataclass(frozen=True)
class Reference:
    """What one cell refers to: the path of its value in the document, the column it stands in, and the text."""

    path: str
    column: str
    spec: Spec
    text: str

    @property
    def model(self) -> type[models.Model]:
        assert self.spec.target is not None
        return self.spec.target


class Finder:
    """Finds what is named, among the rows the member may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        self.found: dict[type[models.Model], dict[str, list[Any]]] = {}
        self.refused: dict[tuple[type[models.Model], str], FieldError] = {}
        """Why something that was to be made for a text could not be."""
        self.people = {kind: _by_name(names) for kind, names in (("member", people.members()), ("unit", people.units()))}

    def want(self, spec: Spec, text: Any) -> None:
        if spec.target is not None:
            self.wanted[spec.target].update(parts(text) if spec.type == "refs" else [str(text)])

    def load(self) -> None:
        """Look up everything wanted so far."""
        for model, texts in self.wanted.items():
            names = names_of(model)
            rows = visible(self.actor, model._default_manager.all(), key_of(model)) if registry.of(model) else model._default_manager.all()
            self.found.setdefault(model, defaultdict(list))
            for some in _some(sorted(texts)):
                named = Q(**{f"{aliases}__overlap": some}) if (aliases := getattr(model, "alias_field", "")) else Q()
                for name in names:
                    named |= Q(**{f"{name}__in": some})
                for row in rows.filter(named):
                    self._add(row, names, texts)
        self.wanted.clear()

    def add(self, row: models.Model) -> None:
        """From now on a row that was made or changed on the way is found as well."""
        self._add(row, names_of(type(row)))

    def _add(self, row: models.Model, names: Iterable[str], texts: set[str] | None = None) -> None:
        by_text = self.found.setdefault(type(row), defaultdict(list))
        aliases = getattr(row, getattr(row, "alias_field", "") or "_none", ())
        for text in {*(str(getattr(row, name)) for name in names), *aliases} - {""}:
            if (texts is None or text in texts) and row.pk not in [one.pk for one in by_text[text]]:
                by_text[text].append(row)

    def named(self, reference: Reference) -> list[Any]:
        """All rows that a reference may mean."""
        return self.found.get(reference.model, {}).get(reference.text, [])

    def one(self, spec: Spec, text: Any, own: Mapping[str, Any]) -> Any:
        """The row a text names; `own` are the document's references, by which a contact is told from another customer's."""
        rows = self._rows(spec, str(text))
        for theirs, ours in spec.lookup.items():
            if len(rows) > 1 and own.get(ours) is not None:
                rows = [row for row in rows if getattr(row, f"{theirs}_id", None) == own[ours].pk]
        return _single(spec, text, rows)

    def several(self, spec: Spec, text: Any) -> list[int]:
        return [_single(spec, part, self._rows(spec, part)).pk for part in parts(text)]

    def _rows(self, spec: Spec, text: str) -> list[Any]:
        assert spec.target is not None
        refused = self.refused.get((spec.target, text))
        if refused is not None:
            raise Bad(refused.code, str(refused.detail))
        return self.found[spec.target].get(text, [])

    def person(self, spec: Spec, text: Any) -> int:
        return int(_single(spec, text, self.people[spec.type].get(str(text), [])))


def _single(spec: Spec, text: Any, rows: list[Any]) -> Any:
    told = {"label": spec.label, "text": str(text)[:60]}
    if not rows:
        raise Bad("not_found", _("“%(text)s” is not known as %(label)s. Create it first, or write its number or exact name.") % told)
    if len(rows) > 1:
        raise Bad("ambiguous", _("Several are called “%(text)s”. Write the number of the one meant in %(label)s.") % told)
    return rows[0]


def _by_name(names: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, name in names.items():
        found[name].append(key)
    return found


def _some(texts: list[str]) -> Iterable[list[str]]:
    return (texts[start : start + MANY] for start in range(0, len(texts), MANY))
