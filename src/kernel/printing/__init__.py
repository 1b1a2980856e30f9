"""Printed forms: a document and the company's letterhead, set by a template of its app, or by the company's own design, into a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.http import Http404
from django.utils.translation import get_language, override

from kernel import config
from kernel.access import Actor
from kernel.printing import blocks, seals, typesetting
from kernel.printing.content import content, rendered
from kernel.printing.seals import VERB as SEAL
from kernel.resources import Print, Resource

__all__ = ["SEAL", "Designed", "form_of", "forms", "render", "seal_of", "show"]

DESIGNED = Path(__file__).parent / "designed.typ"


class Designed(NamedTuple):
    """A form that the company has put together."""

    key: str
    name: str
    name_en: str
    blocks: list[blocks.Block]
    seal: seals.Seal

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
            found.setdefault(row.resource, []).append(Designed(f"own-{row.pk}", row.name, row.name_en, row.blocks, row.seal))
        return found

    return config.cached("print-templates", load)


def form_of(resource: Resource, key: str) -> Print | Designed:
    """The printed form asked for, the first when none is named."""
    for one in forms(resource):
        if key in ("", one.key):
            return one
    raise Http404


def seal_of(form: Print | Designed) -> seals.Seal:
    """Where a form carries the company's seal; empty when it carries none."""
    return form.seal if isinstance(form, Designed) else {}


def render(resource: Resource, form: Print | Designed, pk: int, actor: Actor, language: str, *, sealed: bool = False) -> bytes:
    """A document as PDF, in a language, showing what the reader may see; with the company's seal if wanted."""
    with override(language):
        document = rendered(resource, pk, actor)
        seal = {"seal": seals.placed(seal_of(form), document)} if sealed else {}
        return typesetting.pdf(*_set(resource, form, content(resource, str(form.label), document, actor) | seal))


def show(resource: Resource, form: Designed, pk: int, actor: Actor, language: str) -> list[bytes]:
    """The pages of a form that is being designed, as pictures (PNG); of the seal only its outline."""
    with override(language):
        seal = {"seal": seals.outlined(form.seal)} if form.seal else {}
        return typesetting.pictures(*_set(resource, form, content(resource, form.label, rendered(resource, pk, actor), actor) | seal))


def _set(resource: Resource, form: Print | Designed, told: dict[str, Any]) -> tuple[Path, dict[str, Any]]:
    """The template of a form and what it is filled with."""
    if isinstance(form, Print):
        return _template(resource, form), told
    if ready := blocks.ready_form(resource, form.blocks):
        return _template(resource, ready), told
    return DESIGNED, told | {"blocks": blocks.filled(resource, form.blocks, told)}


def _template(resource: Resource, form: Print) -> Path:
    return Path(apps.get_app_config(resource.app).path) / "print" / f"{form.template}.typ"
