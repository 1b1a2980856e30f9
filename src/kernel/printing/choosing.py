"""Which printed forms a kind of document has, and which of them a document calls for: the company's own, those of the product, layouts in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.http import Http404

from kernel import config, words
from kernel.printing import blocks
from kernel.printing.bilingual import BOTH, CHINESE, ENGLISH
from kernel.printing.seals import Seal
from kernel.resources import Print, Resource

PDF = "pdf"
LANGUAGES = (CHINESE, ENGLISH, BOTH)


class Designed(NamedTuple):
    """A form that the company has put together; a layout stands in the place of a form of the product."""

    key: str
    name: str
    name_en: str
    blocks: list[blocks.Block]
    seal: Seal
    stands_for: str = ""
    language: str = ""

    @property
    def label(self) -> str:
        return words.spoken(self.name, self.name_en)

    @property
    def id(self) -> int:
        return int(self.key.removeprefix("own-"))


Form = Print | Designed
Typed = Mapping[str, Sequence[Any]] | None
"""The lines of a document as somebody types them, by their kinds."""


def forms(resource: Resource) -> list[Form]:
    """The forms in the menu of a kind of document: the company's own and those of the product."""
    return [*(one for one in designed(resource) if not one.stands_for), *resource.prints]


def layouts(resource: Resource) -> list[Designed]:
    """What stands in the place of forms of the product, for the documents that call for it."""
    return [one for one in designed(resource) if one.stands_for]


def designed(resource: Resource) -> list[Designed]:
    return _designed().get(resource.key, [])


def _designed() -> dict[str, list[Designed]]:
    from kernel.models import PrintTemplate

    def load() -> dict[str, list[Designed]]:
        found: dict[str, list[Designed]] = {}
        for row in PrintTemplate.objects.filter(active=True).order_by("position", "pk"):
            form = Designed(f"own-{row.pk}", row.name, row.name_en, row.blocks, row.seal, row.stands_for, row.language)
            found.setdefault(row.resource, []).append(form)
        return found

    return config.cached("print-templates", load)


def form_of(resource: Resource, key: str) -> Form:
    """The printed form asked for, the first when none is named."""
    every = [*forms(resource), *(layouts(resource) if key else ())]
    found: Form | None = next((one for one in every if key in ("", one.key)), None)
    if found is None:
        raise Http404
    return found


def chosen(resource: Resource, key: str, pk: int | None, language: str, typed: Typed = None) -> Form:
    """The form asked for, or the layout that the document calls for in its place, as it is saved or as it is typed."""
    form = form_of(resource, key)
    return form if isinstance(form, Designed) else instead(resource, form, pk, language, typed) or form


def instead(resource: Resource, form: Print, pk: int | None, language: str, typed: Typed = None) -> Designed | None:
    """The layout that stands in the place of a form for a document, those of this very language first."""
    fitting = [one for one in layouts(resource) if one.stands_for == form.key and one.language in ("", language)]
    fitting.sort(key=lambda one: one.language == "")
    called = resource.laid_out(pk, [one.id for one in fitting], typed) if fitting else None
    return next((one for one in fitting if one.id == called), None)


def languages(resource: Resource, form: Form) -> list[str]:
    """In which languages it can be had; both at once where it is put together of blocks."""
    return [CHINESE, ENGLISH] if template_of(resource, form) else [CHINESE, ENGLISH, BOTH]


def seal_of(form: Form) -> Seal:
    """Where a form carries the company's seal; empty when it carries none."""
    return form.seal if isinstance(form, Designed) else {}


def template_of(resource: Resource, form: Form) -> str:
    """The Typst template of its app that sets it; empty for a form that is put together of blocks."""
    ready: Any = form if isinstance(form, Print) else blocks.alone(resource, form.blocks)
    return ready.template if ready is not None else ""
