"""Administrative divisions and countries to choose from, level by level or by name."""

from __future__ import annotations

from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import divisions
from kernel.api.me import MemberView

FEW = 30


class Divisions(MemberView):
    def get(self, request: Request) -> Response:
        """Those within one (`within`), all provinces and other countries to begin with; those whose name has some words (`q`); or some by their `codes`."""
        if "codes" in request.query_params:
            wanted = request.query_params["codes"].split(",")[: divisions.MOST]
            return Response({"rows": [told(code) for code in wanted if divisions.exists(code)]})
        inside = request.query_params.get("within", "")
        if asked := request.query_params.get("q", "").strip():
            return Response({"rows": [told(code) for code in divisions.search(asked, FEW)]})
        return Response({"rows": [told(code) for code, _name in divisions.within(inside[:6])]})


def told(code: str) -> dict[str, Any]:
    label = divisions.name_of(code)
    return {"code": code, "name": divisions.names().get(code, label), "label": label, "leaf": not divisions.within(code)}


urlpatterns = [path("divisions/", Divisions.as_view())]
