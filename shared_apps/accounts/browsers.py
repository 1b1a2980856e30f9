"""In which browsers a person has logged in before. Their owner is told of a log-in in any other.

A browser is known by a signed cookie, or, where cookies were thrown away, as a program at an address that a log-in still going on has.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from shared_apps.accounts import log, notices
from shared_apps.accounts.models import Device, User
from shared_apps.console.models import PlatformLog
from tenants.context import public_context

COOKIE = "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"
SALT = "accounts.browsers"
AGE = 365 * 24 * 3600
MOST = 20
SLOT = "_known_accounts"


def greet(request: HttpRequest, user: User) -> None:
    """A log-in begins: mail its owner when this browser is new to them, unless it is their very first."""
    known = accounts(request)
    if user.pk not in known and not _resembles(request, user) and _was_here_before(user):
        log.record("new_browser", request, user.pk)
        notices.tell(user, "new_browser", detail=where(request, user))
    setattr(request, SLOT, [user.pk, *(one for one in known if one != user.pk)][:MOST])


def accounts(request: HttpRequest) -> list[int]:
    """Who has logged in in this browser, the latest first."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return []
    return told if isinstance(told, list) else []


def keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Leave the cookie, once somebody has logged in."""
    known: list[int] | None = getattr(request, SLOT, None)
    if known is not None:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, signing.dumps(known, salt=SALT), max_age=AGE, httponly=True, samesite="Lax", secure=secure)


def where(request: Any, user: User) -> str:
    """When, at which address, from where and with what, as far as it is known."""
    with override(user.language):
        at = date_format(timezone.localtime(), "DATETIME_FORMAT")
    return "\n".join(filter(None, (at, request.get_host(), log.address_of(request), log.agent_of(request))))


def _resembles(request: HttpRequest, user: User) -> bool:
    same = Device.objects.filter(user=user, agent=log.agent_of(request), ip=log.address_of(request))
    return same.exclude(key=request.session.session_key or "").exists()


def _was_here_before(user: User) -> bool:
    with public_context():
        return PlatformLog.objects.filter(account=user.pk, kind="log_in").exists()
