"""Printed forms: a document and the company's letterhead, set by a template of its app into a PDF."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.http import Http404
from django.utils.translation import override

from kernel.access import Actor
from kernel.printing import typesetting
from kernel.printing.content import content_of
from kernel.resources import Print, Resource

__all__ = ["form_of", "render"]


def form_of(resource: Resource, key: str) -> Print:
    """The printed form asked for, the first when none is named."""
    for one in resource.prints:
        if key in ("", one.key):
            return one
    raise Http404


def render(resource: Resource, key: str, pk: int, actor: Actor, language: str) -> bytes:
    """A document as PDF, in a language, showing what the reader may see."""
    form = form_of(resource, key)
    with override(language):
        content = content_of(resource, form, pk, actor)
    return typesetting.pdf(Path(apps.get_app_config(resource.app).path) / "print" / f"{form.template}.typ", content)
