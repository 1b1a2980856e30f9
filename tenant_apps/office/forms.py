"""The published forms of the company asking, kept until one is published or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from kernel import config
from kernel.resources import Resource
from tenant_apps.office import reading
from tenant_apps.office.design import Design
from tenants.context import PUBLIC

NAME = "office-forms"
_tried: ContextVar[dict[str, Published] | None] = ContextVar("tried", default=None)


@dataclass(frozen=True)
class Published:
    """A form with all its versions, the newest last."""

    form: Any
    designs: Mapping[int, Design]

    @property
    def revision(self) -> int:
        return int(self.form.revision)

    @property
    def design(self) -> Design:
        return self.designs[self.revision]


def published() -> dict[str, Published]:
    """By key; withdrawn ones too, since their entries can still be read."""
    from tenant_apps.office.models import Form

    def load() -> dict[str, Published]:
        rows = Form.objects.filter(revision__gt=0).order_by("place", "id").defer("design")
        return {row.key: Published(row, {one["revision"]: reading.read(one["design"], kept=True) for one in row.versions}) for row in rows}

    kept = config.cached(NAME, load)
    tried = _tried.get()
    return {**kept, **tried} if tried else kept


@contextmanager
def trying(found: Published) -> Iterator[None]:
    """Within it a form that is only being drawn is there like a published one."""
    token = _tried.set({found.form.key: found})
    try:
        yield
    finally:
        _tried.reset(token)


def version(key: str, revision: int) -> Design:
    """A version of a form; 0 is the newest."""
    found = published()[key]
    return found.designs[revision or found.revision]


def latest(key: str) -> tuple[int, str, int]:
    found = published()[key]
    return found.form.pk, key, found.revision


def begin(design: Design, entered: Mapping[str, Any]) -> dict[str, Any]:
    """What a new entry holds before anybody typed: the defaults of fields that were not sent."""
    return {one.name: one.spec.parse(one.spec.default) for one in design.fields.values() if one.spec.default is not None and one.name not in entered}  # fmt: skip


def kinds() -> dict[str, Resource]:
    """The company's forms as document types, by key (`office.leave`)."""
    from tenant_apps.office.entries import EntryResource

    if config.schema() == PUBLIC:
        return {}

    def load() -> dict[str, Resource]:
        return {f"office.{key}": EntryResource(found) for key, found in published().items()}

    return config.cached("office-kinds", load)
