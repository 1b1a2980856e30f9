"""The two plain answers that need no company: nobody lives here, and the database is away."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import get_language_from_request, gettext_noop, override
from django.utils.translation import gettext as _

from tenants.states import REFUSALS, State

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style nonce="{nonce}">body{{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}}</style>
<h1>{title}</h1><p>{sentence}</p></html>"""
NOT_FOUND, BUSY = gettext_noop("Not found"), gettext_noop("Back in a moment")


def plain(request: HttpRequest, status: int, code: str, title: str, sentence: str) -> HttpResponse:
    """A page for people, problem details for programs."""
    language = get_language_from_request(request)
    with override(language):
        title, sentence = _(title), _(sentence)
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": sentence, "errors": []}
        response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")
    else:
        page = PAGE.format(lang=language, nonce=getattr(request, "csp_nonce", ""), title=escape(title), sentence=escape(sentence))
        response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def nobody_here(request: HttpRequest) -> HttpResponse:
    return plain(request, 404, "not_found", NOT_FOUND, gettext_noop("There is nothing at this address. Check how it is written."))


def read_only(request: HttpRequest, state: str) -> HttpResponse:
    """A change was asked for in a company where nothing changes any more."""
    return plain(request, 403, "read_only", gettext_noop("Read-only"), REFUSALS[State(state)])


def closed(request: HttpRequest) -> HttpResponse:
    sentence = gettext_noop("This company is being restored from a backup. Nothing was changed. Try again in a minute.")
    return later(request, "closed", sentence, seconds=30)


def away(request: HttpRequest) -> HttpResponse:
    sentence = gettext_noop("The service cannot answer right now. Nothing was changed. Try again in a few seconds.")
    return later(request, "busy", sentence, seconds=2)


def later(request: HttpRequest, code: str, sentence: str, seconds: int) -> HttpResponse:
    response = plain(request, 503, code, BUSY, sentence)
    response["Retry-After"] = str(seconds)
    return response
