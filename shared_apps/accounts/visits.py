"""An operator enters a company that has let them in (W-2.1.2). They gave their second factor at the console, where the ticket came from."""

from __future__ import annotations

import time
from datetime import timedelta

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from shared_apps.accounts import devices
from shared_apps.accounts.models import User

SLOT = "_visit"
LONGEST = 12 * 3600
UNATTENDED = timedelta(minutes=30)
"""An operator's screen at which nobody sits is closed soon."""


def arrive(request: HttpRequest, user: User, visit: int) -> HttpResponse:
    """Begin a session that is worth as much as the support access it names, and no longer than a working day."""
    request.session.flush()
    login(request, user, backend="shared_apps.accounts.backends.CachedBackend")
    request.session[SLOT] = visit
    request.session["account_authentication_methods"] = [{"method": "mfa", "type": "ticket", "at": time.time()}]
    request.session.set_expiry(LONGEST)
    devices.remember(request, user)
    return HttpResponseRedirect("/", headers={"Referrer-Policy": "no-referrer"})
