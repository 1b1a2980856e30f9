"""The pages that carry the browser client, and the plain ones for when something is amiss."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from tenants.directory import address
from tenants.pages import away, nobody_here, plain

PLACE_OF_NONCE = b"NONCE_OF_THIS_ANSWER"
"""Put into every script and style of the built pages (src/web/vite.config.ts)."""
NOT_BUILT = gettext_noop("The browser client has not been built yet. Run `make run`, which builds it, and reload this page.")
FAULT = gettext_noop("Something went wrong on our side. Reload the page and check whether your last step was saved.")
REFUSED = gettext_noop("This page is out of date. Reload it and try again.")
UNCLEAR = gettext_noop("The request was not understood.")


@require_safe
def home(request: HttpRequest, **path: str) -> HttpResponse:
    """The workspace at a company's address, the sign-up at the main one."""
    return entry(request, "workspace" if request.tenant is not None else "door")  # type: ignore[attr-defined]


@require_safe
def door(request: HttpRequest, **path: str) -> HttpResponse:
    """Sign-up, log-in, invitations and forgotten passwords."""
    return entry(request, "door")


@require_safe
def status(request: HttpRequest, **path: str) -> HttpResponse:
    """How well the platform works, for everybody at the main address."""
    if request.tenant is not None:  # type: ignore[attr-defined]
        return redirect(address(settings.BASE_DOMAIN, "/status"))
    return entry(request, "door")


def entry(request: HttpRequest, name: str) -> HttpResponse:
    get_token(request)  # sets the cookie that changes are checked against
    page = settings.WEB_DIST / f"{name}.html"
    if not page.exists():
        return plain(request, 503, "not_built", "Millwright 匠程", NOT_BUILT)
    text = page.read_bytes().replace(PLACE_OF_NONCE, str(request.csp_nonce).encode())  # type: ignore[attr-defined]
    return HttpResponse(text, headers={"Cache-Control": "no-cache"})


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return plain(request, 400, "bad_request", gettext_noop("Bad request"), UNCLEAR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return plain(request, 403, "csrf", gettext_noop("Forbidden"), REFUSED)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return plain(request, 403, "forbidden", gettext_noop("Forbidden"), gettext_noop("You have no permission for this."))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return nobody_here(request)


def server_error(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return away(request)
    return plain(request, 500, "fault", gettext_noop("Server error"), FAULT)
