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

from kernel import calls, clock, events, printing, registry
from kernel.access import visible
from kernel.api.exchange import download
from kernel.api.me import MemberView
from kernel.api.views import ResourceView
from kernel.printing import blocks, seals
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import Spec

MOST_PAGES = 5
UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


class Print(ResourceView):
    """A document as PDF; `as` has it in Word or Excel. `template` names the form, `language` another language than the reader's; `seal=1` has
    the company's seal on it."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, pk: int) -> HttpResponse:
        document = self.document(pk)
        form = printing.form_of(self.resource, request.query_params.get("template", ""))
        self.actor.require(self.resource.key, "print", document, str(form.label))
        language = request.query_params.get("language") or get_language() or settings.LANGUAGE_CODE
        if language not in dict(settings.LANGUAGES):
            raise Refused("bad_language", _("language is one of: %(names)s.") % {"names": ", ".join(dict(settings.LANGUAGES))}, status=400)
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


class TryOut(MemberView):
    """A form as it is being designed, filled with a real document: its pages as pictures."""

    persons_only = True

    def post(self, request: Request) -> Response:
        """`resource`, `blocks`, `name`; `document` names one, else the newest is shown; without `blocks`: some to begin with."""
        self.actor.require("kernel.printtemplate", "read", label=_("Print templates"))
        data = self.body()
        key, given = str(data.get("resource", "")), data.get("blocks")
        blocks.check(key, given or [])
        seal = seals.checked(key, data.get("seal") or {})
        resource = registry.here()[key]
        chosen = given or blocks.first(resource)
        form = printing.Designed("", str(data.get("name") or resource.label)[:60], "", chosen, seal)
        pk = self.document(resource, data.get("document"))
        pages = printing.show(resource, form, pk, self.actor, get_language() or settings.LANGUAGE_CODE) if pk else []
        told = [b64encode(page).decode() for page in pages[:MOST_PAGES]]
        return Response({"blocks": chosen, "pages": told, "document": pk, "parts": parts_of(resource)})

    def document(self, resource: Resource, pk: Any) -> int | None:
        """One that this member may see."""
        rows = visible(self.actor, resource.queryset(), resource.key)
        if isinstance(pk, int) and not isinstance(pk, bool):
            rows = rows.filter(pk=pk)
        return rows.order_by("-pk").values_list("pk", flat=True).first()


def parts_of(resource: Resource) -> dict[str, Any]:
    """What can stand on its forms: fields, and columns of lines."""
    lines = [
        {"value": kind, "label": str(resource.line_parts[kind].title), "columns": [_option(name, spec) for name, spec in specs.items()]}
        for kind, specs in resource.line_specs.items()
    ]
    ready = [{"value": one.key, "label": str(one.label)} for one in resource.prints]
    states = resource.own["state"].options() if resource.has_state else []
    return {
        "ready": ready,
        "states": states,
        "fields": [_option(name, spec) for name, spec in resource.fields.items() if spec.type != "json"],
        "lines": lines,
    }


def _option(name: str, spec: Spec) -> dict[str, str]:
    return {"value": name, "label": str(spec.label), "type": spec.type}
