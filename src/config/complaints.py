"""What browsers refused to load because of our policy: counted by kind for a day, so that a mistake of ours or an attack is noticed.

Kept are the rule, the host that was refused and the kind of page: no address of a document, no person, no company.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import orjson
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tenants import metrics, observing

LONGEST = 16 * 1024
MOST = 10
WORDS = {"inline", "eval", "wasm-eval", "data", "blob", "self", "trusted-types-policy", "trusted-types-sink"}


@csrf_exempt
@require_POST
def complain(request: HttpRequest) -> HttpResponse:
    """Take a browser's report, in the old form or the new; strangers send what they like, so little of it is believed."""
    if not ratelimit.consume(request, action="csp"):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return HttpResponse(status=413)
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return HttpResponse(status=400)
    for one in (told if isinstance(told, list) else [told])[:MOST]:
        count(one)
    return HttpResponse(status=204)


complain.while_read_only = True  # type: ignore[attr-defined]


def count(report: Any) -> None:
    found = report.get("csp-report", report.get("body")) if isinstance(report, dict) else None
    if isinstance(found, dict):
        rule = _text(found, "effective-directive", "effectiveDirective", "violated-directive").partition(" ")[0]
        page = urlsplit(_text(found, "document-uri", "documentURL")).path.strip("/").partition("/")[0]
        observing.count(
            metrics.REPORTS,
            {
                "rule": rule if rule in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] or rule in PARTS else "other",
                "refused": _origin(_text(found, "blocked-uri", "blockedURL")),
                "page": page if page in PAGES else "other",
            },
        )


PARTS = {"script-src-elem", "script-src-attr", "style-src-elem"}
PAGES = {"", "w", "login", "signup", "join", "reset", "verify", "enter", "status", "api"}


def _text(found: dict[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := found.get(name), str)), "")


def _origin(blocked: str) -> str:
    """Who was refused: a word such as `inline`, or a host."""
    if blocked in WORDS:
        return blocked
    try:
        parts = urlsplit(blocked)
        host = parts.hostname or ""
    except ValueError:
        return "other"
    return f"{parts.scheme}://{host}"[:100] if host else parts.scheme[:20] if parts.scheme in WORDS else "other"
