"""Printed forms over the API."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.request import Request

from kernel import printing
from kernel.api.exchange import download
from kernel.api.views import ResourceView
from kernel.refusals import Refused

UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


class Print(ResourceView):
    """A document as PDF. `template` names the form, `language` another language than the reader's."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, pk: int) -> HttpResponse:
        document = self.document(pk)
        form = printing.form_of(self.resource, request.query_params.get("template", ""))
        self.actor.require(self.resource.key, "print", document, str(form.label))
        language = request.query_params.get("language") or get_language() or settings.LANGUAGE_CODE
        if language not in dict(settings.LANGUAGES):
            raise Refused("bad_language", _("language is one of: %(names)s.") % {"names": ", ".join(dict(settings.LANGUAGES))}, status=400)
        content = printing.render(self.resource, form.key, pk, self.actor, language)
        name = UNFIT.sub(" ", f"{form.label} {document}")[:120].strip()
        return download(content, f"{name}.pdf", "application/pdf", inline=True)
