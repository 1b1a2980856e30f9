"""Printed forms over the API."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, events, preview, printing, registry
from kernel.access import visible
from kernel.api.exchange import download
from kernel.api.me import MemberView
from kernel.api.views import ResourceView
from kernel.printing import blocks, seals
from kernel.printing.content import rendered
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import Spec

MOST_PAGES = 5
MOST_DRAWN = 12
UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


def language_of(request: Request, *more: str) -> str:
    """The language of a paper: the one asked for, else the reader's."""
    return known_language(request.query_params.get("language"), *more)


def known_language(asked: Any, *more: str) -> str:
    language, known = asked or get_language() or settings.LANGUAGE_CODE, [*dict(settings.LANGUAGES), *more]
    if language not in known:
        raise Refused("bad_language", _("language is one of: %(names)s.") % {"names": ", ".join(known)}, status=400)
    return str(language)


class Print(ResourceView):
    """A document as PDF; `as` has it in Word or Excel. `template` names the form, in whose place the layout of the series of its goods stands
    unless `exact=1`; `language` another language than the reader's, or `both`; `seal=1` has the company's seal on it."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, pk: int) -> HttpResponse:
        document, key = self.document(pk), request.query_params.get("template", "")
        language = language_of(request, printing.BOTH)
        exact = request.query_params.get("exact", "") == "1"
        form = printing.form_of(self.resource, key) if exact else printing.chosen(self.resource, key, pk, language)
        self.actor.require(self.resource.key, "print", document, str(form.label))
        way = request.query_params.get("as") or printing.PDF
        sealed = request.query_params.get("seal", "") == "1"
        if sealed and way != printing.PDF:
            raise Refused("no_seal", _("The seal is printed on PDF only: Word and Excel can be changed afterwards."))
        if sealed:
            self.actor.require(self.resource.key, printing.SEAL, document, _("Print with the seal"))
            seals.require(printing.seal_of(form), document)
        content = printing.render(self.resource, form, pk, self.actor, language, sealed=sealed, way=way)
        if sealed:
            self.note(document, str(form.label))
        name = UNFIT.sub(" ", f"{form.label} {document}")[:120].strip()
        if way in printing.WRITERS:
            return download(content, f"{name}.{way}", printing.WRITERS[way].type)
        return download(content, f"{name}.pdf", "application/pdf", inline=True)

    def note(self, document: Any, form: str) -> None:
        """Who put the seal on it, in its history."""
        with calls.call() as call:
            call.events.append(events.make("sealed", document, by=self.actor, at=clock.now(), changes={}, data={"text": form}))


class Forms(ResourceView):
    """As what a document can be printed: the forms of its menu, every layout, and which layout it calls for by language."""

    def get(self, request: Request, pk: int) -> Response:
        document = self.document(pk)
        self.actor.require(self.resource.key, "print", document, _("Print"))
        may = self.actor.may(self.resource.key, printing.SEAL)
        every = [*printing.forms(self.resource), *printing.layouts(self.resource)]
        return Response({"forms": [self.told(one, document, may) for one in every], "instead": self.instead(pk)})

    def told(self, form: printing.Form, document: Any, may: bool) -> dict[str, Any]:
        seal = printing.seal_of(form) if may else {}
        sealed = bool(seal) and (not seal["states"] or document.state in seal["states"])
        layout = (
            {"stands_for": form.stands_for, "language": form.language} if isinstance(form, printing.Designed) and form.stands_for else {}
        )
        offered = {"ways": printing.ways(self.resource, form), "languages": printing.languages(self.resource, form), "seal": sealed}
        return {"key": form.key, "label": str(form.label), **offered, **layout}

    def instead(self, pk: int) -> dict[str, dict[str, str]]:
        """{form: {language: layout}}"""
        found = {
            form.key: {
                language: layout.key for language in printing.LANGUAGES if (layout := printing.instead(self.resource, form, pk, language))
            }
            for form in (self.resource.prints if printing.layouts(self.resource) else ())
        }
        return {key: layouts for key, layouts in found.items() if layouts}


class Sketch(ResourceView):
    """The paper of what is typed, before it is saved, as drawings: of what can be worked out, else as last saved (`of`). `template` and
    `language` as for `print/`; the layout is that of the goods as they are typed."""

    only_reads = True
    while_read_only = True

    def post(self, request: Request) -> Response:
        data, key, language = self.body(request), request.query_params.get("template", ""), language_of(request, printing.BOTH)
        self.actor.require(self.resource.key, "read", label=self.resource.label)
        document = preview.asked(data, self.document)
        pk = getattr(document, "pk", None)
        self.actor.require(self.resource.key, "print", document, str(printing.form_of(self.resource, key).label))
        made = preview.tried(self.resource, data, document=document, by=self.actor, at=clock.now())
        of = "typed" if made.computed else "saved" if pk else ""
        found = {"typed": lambda: self.typed(made), "saved": lambda: rendered(self.resource, pk or 0, self.actor)}
        pages = []
        if of:
            form = printing.chosen(self.resource, key, pk, language, made.lines if of == "typed" else None)
            pages = printing.sketch(self.resource, form, found[of], self.actor, language)
        told = {"of": of, "pages": pages[:MOST_DRAWN], "more": max(len(pages) - MOST_DRAWN, 0)}
        return Response({**told, "errors": preview.told(made.errors)})

    def typed(self, made: preview.Tried) -> dict[str, Any]:
        number = made.document.number
        return {**preview.shown(self.resource, made, self.actor), "number": number, "_label": str(number or self.resource.label)}


class TryOut(MemberView):
    """A form as it is being designed, filled with a real document: its pages as pictures."""

    persons_only = True

    def post(self, request: Request) -> Response:
        """`resource`, `blocks`, `name`, `name_en`, `language`; `document` names one, else the newest is shown that the layout `template` is
        meant for; without `blocks`: some to begin with."""
        self.actor.require("kernel.printtemplate", "read", label=_("Print templates"))
        data = self.body()
        key, given = str(data.get("resource", "")), data.get("blocks")
        blocks.check(key, given or [])
        seal = seals.checked(key, data.get("seal") or {})
        resource = registry.here()[key]
        chosen = given or blocks.first(resource)
        form = printing.Designed("", str(data.get("name") or resource.label)[:60], str(data.get("name_en") or "")[:60], chosen, seal)
        pk = self.document(resource, data.get("document"), data.get("template"))
        pages = printing.show(resource, form, pk, self.actor, known_language(data.get("language"), printing.BOTH)) if pk else []
        told = [b64encode(page).decode() for page in pages[:MOST_PAGES]]
        return Response({"blocks": chosen, "pages": told, "document": pk, "parts": parts_of(resource)})

    def document(self, resource: Resource, pk: Any, layout: Any) -> int | None:
        """One that this member may see."""
        rows = visible(self.actor, resource.queryset(), resource.key)
        if isinstance(pk, int) and not isinstance(pk, bool):
            rows = rows.filter(pk=pk)
        elif isinstance(layout, int) and not isinstance(layout, bool):
            meant = resource.fitting(rows, layout).order_by("-pk").values_list("pk", flat=True).first()
            if meant:
                return int(meant)
        return rows.order_by("-pk").values_list("pk", flat=True).first()


def parts_of(resource: Resource) -> dict[str, Any]:
    """What can stand on its forms: fields, and columns of lines."""
    lines = [
        {"value": kind, "label": str(resource.line_parts[kind].title), "columns": [_option(name, spec) for name, spec in specs.items()]}
        for kind, specs in resource.line_specs.items()
    ]
    ready = [{"value": one.key, "label": str(one.label), "alone": one.paper is None} for one in resource.prints]
    states = resource.own["state"].options() if resource.has_state else []
    return {
        "ready": ready,
        "states": states,
        "fields": [_option(name, spec) for name, spec in resource.fields.items() if spec.type != "json"],
        "lines": lines,
    }


def _option(name: str, spec: Spec) -> dict[str, str]:
    return {"value": name, "label": str(spec.label), "type": spec.type}
