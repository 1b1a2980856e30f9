"""Printed forms: a document and the company's letterhead, set by a template of its app, or by the company's own design, into a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.http import Http404
from django.utils.translation import get_language, override

from kernel import config
from kernel.access import Actor
from kernel.printing import blocks, typesetting
from kernel.printing.content import content_of
from kernel.resources import Print, Resource

__all__ = ["Designed", "form_of", "forms", "render", "show"]

DESIGNED = Path(__file__).parent / "designed.typ"


class Designed(NamedTuple):
    """A form that the company has put together."""

    key: str
    name: str
    name_en: str
    blocks: list[blocks.Block]

    @property
    def label(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


def forms(resource: Resource) -> list[Print | Designed]:
    """All forms of a kind of document: the company's own and those of the product."""
    return [*_designed().get(resource.key, []), *resource.prints]


def _designed() -> dict[str, list[Designed]]:
    from kernel.models import PrintTemplate

    def load() -> dict[str, list[Designed]]:
        found: dict[str, list[Designed]] = {}
        for row in PrintTemplate.objects.filter(active=True).order_by("position", "pk"):
            found.setdefault(row.resource, []).append(Designed(f"own-{row.pk}", row.name, row.name_en, row.blocks))
        return found

    return config.cached("print-templates", load)


def form_of(resource: Resource, key: str) -> Print | Designed:
    """The printed form asked for, the first when none is named."""
    for one in forms(resource):
        if key in ("", one.key):
            return one
    raise Http404


def render(resource: Resource, form: Print | Designed, pk: int, actor: Actor, language: str) -> bytes:
    """A document as PDF, in a language, showing what the reader may see."""
    with override(language):
        content = content_of(resource, str(form.label), pk, actor)
        if isinstance(form, Designed):
            return typesetting.pdf(DESIGNED, content | {"blocks": blocks.filled(resource, form.blocks, content)})
    return typesetting.pdf(Path(apps.get_app_config(resource.app).path) / "print" / f"{form.template}.typ", content)


def show(resource: Resource, form: Designed, pk: int, actor: Actor, language: str) -> list[bytes]:
    """The pages of a form that is being designed, as pictures (PNG)."""
    with override(language):
        content: dict[str, Any] = content_of(resource, form.label, pk, actor)
        return typesetting.pictures(DESIGNED, content | {"blocks": blocks.filled(resource, form.blocks, content)})
