"""Printed forms: what a paper says of a document, under the company's letterhead, set as PDF, Word or Excel (records 0024, 0140, 0175)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.http import Http404
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kernel import config
from kernel.access import Actor
from kernel.printing import blocks, paper, seals, typesetting
from kernel.printing.content import content, rendered
from kernel.printing.seals import VERB as SEAL
from kernel.refusals import Refused
from kernel.resources import Print, Resource

__all__ = ["PDF", "SEAL", "WRITERS", "Designed", "Writer", "form_of", "forms", "render", "seal_of", "show", "ways"]

PAPER = Path(__file__).parent / "paper.typ"
PDF = "pdf"


class Writer(NamedTuple):
    """A program that a paper can be worked on with further; read when somebody wants it."""

    type: str
    module: str
    function: str

    def write(self, told: Mapping[str, Any], blocks: Sequence[paper.Block]) -> bytes:
        made: bytes = getattr(import_module(self.module), self.function)(told, blocks)
        return made


OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS: Mapping[str, Writer] = {
    "docx": Writer(f"{OFFICE}.wordprocessingml.document", "kernel.printing.word", "document"),
    "xlsx": Writer(f"{OFFICE}.spreadsheetml.sheet", "kernel.printing.excel", "workbook"),
}


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


def ways(resource: Resource, form: Print | Designed) -> list[str]:
    """As what it can be had: PDF always; Word and Excel where it is put together of blocks."""
    ready = _ready(resource, form)
    return [PDF] if ready is not None and ready.paper is None else [PDF, *WRITERS]


def render(
    resource: Resource, form: Print | Designed, pk: int, actor: Actor, language: str, *, sealed: bool = False, way: str = PDF
) -> bytes:
    """A document on paper, in a language, showing what the reader may see; with the company's seal if wanted."""
    if way not in ways(resource, form):
        raise Refused(
            "bad_format",
            _("“%(form)s” can be had as: %(ways)s.") % {"form": form.label, "ways": ", ".join(ways(resource, form))},
            status=400,
        )
    with override(language):
        document = rendered(resource, pk, actor)
        told = content(resource, str(form.label), document, actor)
        if way in WRITERS:
            return WRITERS[way].write(told, _blocks(resource, form, told))
        seal = {"seal": seals.placed(seal_of(form), document)} if sealed else {}
        return typesetting.pdf(*_set(resource, form, told | seal))


def show(resource: Resource, form: Designed, pk: int, actor: Actor, language: str) -> list[bytes]:
    """The pages of a form that is being designed, as pictures (PNG); of the seal only its outline."""
    with override(language):
        seal = {"seal": seals.outlined(form.seal)} if form.seal else {}
        return typesetting.pictures(*_set(resource, form, content(resource, form.label, rendered(resource, pk, actor), actor) | seal))


def _set(resource: Resource, form: Print | Designed, told: dict[str, Any]) -> tuple[Path, dict[str, Any]]:
    """The template of a form and what it is filled with."""
    ready = _ready(resource, form)
    if ready is not None and ready.template:
        return Path(apps.get_app_config(resource.app).path) / "print" / f"{ready.template}.typ", told
    kept = {name: told[name] for name in SET if name in told}
    return PAPER, kept | {"blocks": _blocks(resource, form, told)}


SET = ("language", "title", "draft", "currency", "company", "number", "words", "seal")
"""What the letterhead needs besides the blocks."""


def _blocks(resource: Resource, form: Print | Designed, told: dict[str, Any]) -> list[paper.Block]:
    ready = _ready(resource, form)
    if ready is None:
        return paper.ready(blocks.filled(resource, form.blocks, told))  # type: ignore[union-attr]
    assert ready.paper is not None
    return paper.ready(ready.paper(paper.Told(told)))


def _ready(resource: Resource, form: Print | Designed) -> Print | None:
    """The product's own form behind it; None for one that the company has put together."""
    return form if isinstance(form, Print) else blocks.ready_form(resource, form.blocks)
