"""What a price policy can name."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api.me import MemberView
from tenant_apps.pricing import option_codes


class Options(MemberView):
    def get(self, request: Request) -> Response:
        """The options of the selection tables on offer, of those with an item or a series only where they are given (`?item=<id>&series=<id>`)."""
        self.actor.require("pricing.pricepolicy", "read", label=_("Price policies"))
        item, series = (self._id(name) for name in ("item", "series"))
        return Response({"rows": [one._asdict() for one in option_codes.choices(item, series)]})

    def _id(self, name: str) -> int | None:
        given = self.request.query_params.get(name, "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


urlpatterns = [path("policies/options/", Options.as_view())]
