"""The columns of a spreadsheet: which values of a document they carry, what they are called, and which heading means which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import override

from kernel import numbering
from kernel.access import Actor
from kernel.resources import Resource, Section
from kernel.specs import Spec

UNTYPED = {"json"}
NOISE = re.compile(r"[\s*·:\-_/()\[\]【】.。、,]+")


@dataclass(frozen=True)
class Column:
    """One column. `path` is `name`, `custom.colour`, or `contacts.phone` for a value of a line."""

    path: str
    spec: Spec
    kind: str = ""
    title: Any = ""

    @property
    def heading(self) -> str:
        return f"{self.title}·{self.spec.label}" if self.kind else str(self.spec.label)

    @property
    def required(self) -> bool:
        return self.spec.required

    def told(self) -> dict[str, Any]:
        return {"path": self.path, "label": self.heading, "required": self.required}


def importable(resource: Resource, actor: Actor) -> dict[str, Column]:
    """What an import may fill in: the number, the form's fields, the company's own fields, the columns of lines."""
    masked = actor.profile.masked(resource.key)
    found: dict[str, Column] = {}
    if numbering.rule_of(resource.model).pattern:
        found["number"] = Column("number", resource.own["number"])
    for part in resource.form:
        if isinstance(part, Section):
            found |= {name: Column(name, resource.own[name]) for name in part.fields if name in resource.writable and name not in masked}
    found |= {f"custom.{name}": Column(f"custom.{name}", spec) for name, spec in resource.custom.items() if name not in masked}
    for name, part in resource.line_parts.items():
        if not part.fixed:
            usable = {
                column: spec for column, spec in resource.line_specs[name].items() if not spec.readonly and f"{name}.{column}" not in masked
            }
            found |= {f"{name}.{column}": Column(f"{name}.{column}", spec, name, part.title) for column, spec in usable.items()}
    return {path: column for path, column in found.items() if column.spec.type not in UNTYPED}


def exportable(resource: Resource) -> dict[str, Column]:
    """What an export may show, by path."""
    hidden = {"version", "search_text", "custom"}
    found = {name: Column(name, spec) for name, spec in resource.own.items() if name not in hidden}
    found |= {f"custom.{name}": Column(f"custom.{name}", spec) for name, spec in resource.custom.items()}
    for name, part in resource.line_parts.items():
        found |= {
            f"{name}.{column}": Column(f"{name}.{column}", spec, name, part.title) for column, spec in resource.line_specs[name].items()
        }
    return found


def normal(heading: str) -> str:
    """A heading without width, case, spaces, stars and punctuation."""
    return NOISE.sub("", unicodedata.normalize("NFKC", heading).lower())


def distinct(headings: Iterable[str]) -> list[str]:
    """Headings with a number added where one is repeated, so that each names one column of the sheet."""
    seen: dict[str, int] = {}
    told = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        told.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return told


def automap(headings: Iterable[str], columns: Mapping[str, Column]) -> dict[str, str | None]:
    """Which column each heading means: by its label in any language of the product or by its name. Each column is meant once."""
    known = _names(columns)
    taken: set[str] = set()
    mapping: dict[str, str | None] = {}
    for heading in headings:
        path = known.get(normal(heading))
        mapping[heading] = path if path not in taken else None
        if path is not None:
            taken.add(path)
    return mapping


def _names(columns: Mapping[str, Column]) -> dict[str, str]:
    """{normal heading: path}; a document's own columns before those of its lines, full headings before bare labels."""
    known: dict[str, str] = {}
    languages = [code for code, _name in settings.LANGUAGES]
    for column in sorted(columns.values(), key=lambda one: bool(one.kind)):
        names = [column.path, column.spec.name]
        for language in languages:
            with override(language):
                names += [column.heading, str(column.spec.label)]
        for name in names:
            known.setdefault(normal(name), column.path)
    return known
