"""Printed forms: what a paper says of a document, under the company's letterhead, set as PDF, Word or Excel (records 0024, 0140, 0175)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.access import Actor
from kernel.printing import bilingual, blocks, paper, seals, typesetting
from kernel.printing.bilingual import BOTH, CHINESE, ENGLISH
from kernel.printing.choosing import (
    LANGUAGES,
    PDF,
    Designed,
    Form,
    chosen,
    form_of,
    forms,
    instead,
    languages,
    layouts,
    seal_of,
    template_of,
)
from kernel.printing.content import content, rendered
from kernel.printing.seals import VERB as SEAL
from kernel.refusals import Refused
from kernel.resources import Resource

__all__ = [
    "BOTH", "LANGUAGES", "PDF", "SEAL", "WRITERS", "Designed", "Form", "Writer", "chosen", "form_of", "forms", "instead", "languages", "layouts",
    "render", "seal_of", "show", "sketch", "ways",
]  # fmt: skip

PAPER = Path(__file__).parent / "paper.typ"
Find = Callable[[], Mapping[str, Any]]


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


def ways(resource: Resource, form: Form) -> list[str]:
    """As what it can be had: PDF always; Word and Excel where it is put together of blocks."""
    return [PDF] if template_of(resource, form) else [PDF, *WRITERS]


def render(resource: Resource, form: Form, pk: int, actor: Actor, language: str, *, sealed: bool = False, way: str = PDF) -> bytes:
    """A document on paper, in a language or in both, showing what the reader may see; with the company's seal if wanted."""
    if way not in ways(resource, form):
        raise Refused(
            "bad_format",
            _("“%(form)s” can be had as: %(ways)s.") % {"form": form.label, "ways": ", ".join(ways(resource, form))},
            status=400,
        )
    template, told = _set(resource, form, lambda: rendered(resource, pk, actor), actor, language)
    if way in WRITERS:
        return WRITERS[way].write(told, told["blocks"])
    seal = {"seal": seals.placed(seal_of(form), rendered(resource, pk, actor))} if sealed else {}
    return typesetting.pdf(template, told | seal)


def show(resource: Resource, form: Designed, pk: int, actor: Actor, language: str) -> list[bytes]:
    """The pages of a form that is being designed, as pictures (PNG); of the seal only its outline."""
    template, told = _set(resource, form, lambda: rendered(resource, pk, actor), actor, language)
    return typesetting.pictures(template, told | ({"seal": seals.outlined(form.seal)} if form.seal else {}))


def sketch(resource: Resource, form: Form, find: Find, actor: Actor, language: str) -> list[str]:
    """The pages of a document, saved or not, as drawings (SVG); without a seal."""
    return typesetting.drawings(*_set(resource, form, find, actor, language))


def _set(resource: Resource, form: Form, find: Find, actor: Actor, language: str) -> tuple[Path, dict[str, Any]]:
    """The template of a form and what it is filled with; the document is asked for once a language, whose names it bears."""
    if language not in languages(resource, form):
        told = {"names": ", ".join(languages(resource, form))}
        raise Refused("bad_language", _("language is one of: %(names)s.") % told, status=400)
    template = template_of(resource, form)
    if template:
        with override(language):
            path = Path(apps.get_app_config(resource.app).path) / "print" / f"{template}.typ"
            return path, content(resource, str(form.label), find(), actor)
    if language != BOTH:
        return PAPER, _read(resource, form, find, actor, language)
    chinese, english = (_read(resource, form, find, actor, one) for one in (CHINESE, ENGLISH))
    return PAPER, bilingual.content(chinese, english) | {"blocks": bilingual.blocks(chinese["blocks"], english["blocks"])}


SET = ("language", "title", "draft", "currency", "company", "number", "words")
"""What the letterhead needs besides the blocks."""


def _read(resource: Resource, form: Form, find: Find, actor: Actor, language: str) -> dict[str, Any]:
    """What a paper says in one language."""
    with override(language):
        told = content(resource, str(form.label), find(), actor)
        if isinstance(form, Designed):
            found = blocks.filled(resource, form.blocks, told)
        else:
            assert form.paper is not None
            found = list(filter(None, form.paper(paper.Told(told))))
        return {name: told[name] for name in SET} | {"blocks": paper.ready(found)}
