"""Changing the locks of an account takes the password again, unless it has just been given."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.utils.translation import gettext

from kernel.refusals import Refused

SLOT = "confirmed_at"
MINUTES = 15


def confirm(request: HttpRequest) -> None:
    request.session[SLOT] = time.time()


def require(request: HttpRequest) -> None:
    """Refuse unless this person has shown within the last quarter of an hour that it is them."""
    if time.time() - request.session.get(SLOT, 0) > MINUTES * 60:
        raise Refused("confirm", gettext("Enter your password once more to go on."), status=403)
