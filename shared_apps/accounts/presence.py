"""A log-in at which nobody works any more ends: by the company's setting, at the latest 14 days after it began.

Each process writes down at most every few minutes that somebody worked, and in between asks nobody. What a screen asks for by
itself (`X-Unattended`) is not work.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from kernel import people
from shared_apps.accounts import browsers, devices, log, visits
from shared_apps.accounts.models import Device, User

STEP = timedelta(minutes=3)
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
KEPT = 20_000
_known: OrderedDict[tuple[str, bool], float] = OrderedDict()
"""When this process last looked after a log-in, and whether somebody worked there then."""


class PresenceMiddleware:
    """Ends an unattended log-in before anything is done with it, and keeps what a browser is known by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            look_after(request)
        response = self.get_response(request)
        browsers.keep(request, response)
        code = getattr(response, "data", None) and response.data.get("code")  # type: ignore[attr-defined]
        if response.status_code == HTTPStatus.FORBIDDEN and code in (None, "forbidden"):
            log.refused(request, code or "csrf")
        return response


def look_after(request: Any) -> None:
    """Note that somebody works here, or end the log-in when nobody has for too long."""
    key, attended = request.session.session_key, "X-Unattended" not in request.headers
    now = timezone.now()
    if now.timestamp() - max(_known.get((key, True), 0), 0 if attended else _known.get((key, False), 0)) < STEP.total_seconds():
        return
    if not goes_on(request, key, attended):
        account = int(request.session[SESSION_KEY])
        Device.objects.filter(key=key).delete()
        request.session.flush()
        request.session.ended = "idle"
        log.record("idle", request, account)
        return
    _known[key, attended] = now.timestamp()
    _known.move_to_end((key, attended))
    while len(_known) > KEPT:
        _known.popitem(last=False)


def goes_on(request: Any, key: str, attended: bool) -> bool:
    """Whether somebody worked with this log-in lately enough."""
    now, mine = timezone.now(), Device.objects.filter(key=key)
    alive = mine.filter(seen_at__gt=now - allowed(request) - STEP, began_at__gt=now - LONGEST)
    if alive.update(seen_at=now) if attended else alive.exists():
        return True
    if mine.exists():
        return False
    devices.remember(request, User.objects.get(pk=request.session[SESSION_KEY]))  # begun before log-ins were written down
    return True


def allowed(request: Any) -> timedelta:
    """How long nobody may work here; an operator on a visit has no longer than at the console."""
    usual = people.here().idle()
    return min(usual, visits.UNATTENDED) if visits.SLOT in request.session else usual
