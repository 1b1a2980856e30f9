"""The link in the verification mail. A mail scanner that opens it changes nothing; the person's click does."""

from __future__ import annotations

from allauth.account.models import get_emailconfirmation_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shared_apps.accounts import mailing


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Show whose e-mail it is, and confirm it on request."""
    found = get_emailconfirmation_model().from_key(key)
    done = bool(found and request.method == "POST" and mailing.confirm(request, found))
    address = found.email_address if found else None
    return render(request, "accounts/verify.html", {"address": address, "done": done}, status=200 if address else 410)
