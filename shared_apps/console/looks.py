"""What operators look at and do in a company that has let them in, noted in the platform's log (W-2.1.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from redis.exceptions import RedisError

from kernel import registry
from kernel.models import File
from kernel.resources import Resource
from shared_apps.accounts import log
from tenants.cache import SHARED

PREFIX = "/api/v1/"
SAFE = {"GET", "HEAD", "OPTIONS"}
QUIET = {"meta", "me", "session", "jobs", "security", "schema", "docs", "console"}
"""Reading these shows nothing of the company's business; below `me/` are one's own drafts and settings."""
AROUND = {"events", "notes", "files", "lookup", "print", "export", "desk"}
SAME_LOOK = 300
"""So many seconds the same screen, drawn again and again, is one look."""
Look = dict[str, Any]


class LooksMiddleware:
    """Notes each request of an operator in a company before the answer leaves; an answer that cannot be noted is not given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        visit = getattr(request, "visit", None)
        if visit is not None:
            note(request, response, *visit)
        return response


def note(request: HttpRequest, response: HttpResponseBase, access: str, account: int) -> None:
    """One line for what was seen or done; none for what was seen a moment ago."""
    look = look_of(request, response)
    if look is None:
        return
    once = f"{SHARED}look:{access}:{request.path}:{look['query']}" if reads(request) else ""
    if once and _seen(once):
        return
    told = {"method": request.method, "path": request.path[:200].replace("\x00", ""), "status": response.status_code, **look}
    log.record("support", request, account, access=access, **told)
    if once:
        _see(once)


def reads(request: HttpRequest) -> bool:
    """Also where much is sent to be computed or found."""
    return request.method in SAFE or request.path.endswith(("/preview/", "/lookup/"))


def look_of(request: HttpRequest, response: HttpResponseBase) -> Look | None:
    """What was looked at: the kind of document and which one, or the list and how many."""
    parts = request.path.removeprefix(PREFIX).strip("/").split("/")
    looks = reads(request)
    if parts[0] in QUIET and (looks or parts[0] == "me"):
        return None
    look: Look = {"what": parts[0], "query": request.META.get("QUERY_STRING", "")[:200] if looks else ""}
    resource = registry.at(parts[0], parts[1]) if len(parts) > 1 else None
    if resource is not None:
        pk = int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else None
        tail = parts[-1] if len(parts) > (2 if pk is None else 3) else ""
        look |= {"what": _what(tail, pk, looks), "resource": resource.key, "verb": "" if looks else tail}
        if pk is not None:
            look |= {"id": pk, "label": _label(resource, pk, response)}
    elif parts[0] == "files" and looks:
        look |= {"what": "download", "label": _file(parts[-1])}
    data = getattr(response, "data", None)
    if looks and isinstance(data, dict) and isinstance(data.get("rows"), list):
        look["rows"] = len(data["rows"])
    return look


def _what(tail: str, pk: int | None, looks: bool) -> str:
    if tail in AROUND or tail == "preview":
        return tail
    if not looks:
        return "change"
    return "list" if pk is None else "open"


def _label(resource: Resource, pk: int, response: HttpResponseBase) -> str:
    """What the document is called; from the answer, or asked for where the answer does not say and there was one."""
    data = getattr(response, "data", None)
    if response.status_code >= 400:
        return ""
    if isinstance(data, dict) and isinstance(data.get("_label"), str):
        return str(data["_label"])
    found = resource.queryset().filter(pk=pk).first()
    return "" if found is None else str(found)


def _file(pk: str) -> str:
    """What the file is called that was taken along."""
    return File.objects.filter(pk=pk).values_list("name", flat=True).first() or "" if pk.isdecimal() else ""


def _seen(key: str) -> bool:
    try:
        return cache.get(key) is not None
    except (OSError, RedisError):
        return False


def _see(key: str) -> None:
    try:
        cache.set(key, 1, SAME_LOOK)
    except (OSError, RedisError):
        return
