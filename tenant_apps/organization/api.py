"""Personal tokens: keys for programs that act as oneself."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, scopes
from kernel.api.me import MemberView
from kernel.refusals import FieldError, Invalid
from shared_apps.accounts import log
from tenant_apps.organization import handing, numbers, permissions, screens, webhooks
from tenant_apps.organization.actions import digest
from tenant_apps.organization.models import Token

LONGEST = 366


def told(token: Token) -> dict[str, Any]:
    dates = {"created_at": token.created_at, "expires_at": token.expires_at, "used_on": token.used_on}
    return {"id": token.pk, "name": token.name, "scopes": token.scopes.split(), **dates}


class Tokens(MemberView):
    persons_only = True

    def get(self, request: Request) -> Response:
        return Response({"rows": [told(row) for row in Token.objects.filter(member=self.me).order_by("-id")]})

    def post(self, request: Request) -> Response:
        """Make one; the secret is shown this once."""
        data = self.body()
        name, days = data.get("name"), data.get("days", 90)
        if not isinstance(name, str) or not 0 < len(name.strip()) <= 60 or "\x00" in name:
            raise Invalid([FieldError("name", "required", _("Please name the program that will use it."))])
        if isinstance(days, bool) or not isinstance(days, int) or not 0 < days <= LONGEST:
            raise Invalid([FieldError("days", "range", _("A token is valid for 1 to %(n)d days.") % {"n": LONGEST})])
        wanted = data.get("scopes", ["write"])
        if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted) or not scopes.well_formed(wanted):
            raise Invalid([FieldError("scopes", "bad_scopes", _("Scopes are read or write, alone or for a document type: read:sales.*"))])
        secret, now = f"mw_{secrets.token_urlsafe(32)}", clock.now()
        made = Token.objects.create(
            member_id=self.me,
            name=name.strip(),
            digest=digest(secret),
            scopes=" ".join(dict.fromkeys(wanted)),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        log.record("token_made", request._request, self.actor.account, token=made.pk, scopes=wanted)
        return Response({**told(made), "token": secret}, status=201)


class OneToken(MemberView):
    persons_only = True

    def delete(self, request: Request, pk: int) -> Response:
        if not Token.objects.filter(pk=pk, member=self.me).delete()[0]:
            raise Http404
        log.record("token_revoked", request._request, self.actor.account, token=pk)
        return Response(status=204)


urlpatterns = [
    *webhooks.urlpatterns,
    *permissions.urlpatterns,
    *screens.urlpatterns,
    path("numbering/preview/", numbers.Preview.as_view()),
    path("handovers/<int:pk>/moves/", handing.MovesView.as_view()),
]
mine = [*permissions.mine, path("tokens/", Tokens.as_view()), path("tokens/<int:pk>/", OneToken.as_view())]
