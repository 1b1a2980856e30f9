"""The addresses of the company's own forms, which no code knows beforehand, and what their designer asks."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLResolver, path
from django.urls.resolvers import RoutePattern
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, registry
from kernel.api.me import MemberView
from kernel.refusals import Refused
from tenant_apps.office import balances, library, trying

YEAR = re.compile(r"20\d\d")


@csrf_exempt  # the view behind it asks, as all of the API do
def entries(request: HttpRequest, form: str, rest: str = "") -> Any:
    """Whatever a document type answers to, for a form that the company asking has; there is none of another company's."""
    from kernel.api.urls import of_resource  # it reads this module

    resource = registry.find(f"office.{form}")
    if resource is None or not resource.in_custom:
        raise Http404
    found = URLResolver(RoutePattern(""), of_resource(resource)).resolve(rest)
    return found.func(request, *found.args, **found.kwargs)


class Library(MemberView):
    """Ready forms, and putting one of them into the company."""

    def get(self, request: Request) -> Response:
        self.actor.require("office.form", "read", label=_("Forms"))
        return Response({"rows": library.offered()})

    def post(self, request: Request) -> Response:
        self.actor.require("office.form", "create", label=_("Forms"))
        names = self.body().get("keys")
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            raise Refused("bad_json", _("Please send the keys of the forms."), status=400)
        made = library.install(names, publish=bool(self.body().get("publish")), by=self.actor, at=clock.now())
        return Response({"rows": [{"_key": "office.form", "id": form.pk, "_label": str(form)} for form in made]}, status=201)


class Try(MemberView):
    """A design as it would be: what is wrong with it, how it is described, and what comes of test input."""

    only_reads = True

    def post(self, request: Request) -> Response:
        self.actor.require("office.form", "read", label=_("Forms"))
        return Response(trying.tried(self.body(), by=self.actor))


class Paper(MemberView):
    """A design with test input as it would be printed."""

    only_reads = True

    def post(self, request: Request) -> HttpResponse:
        self.actor.require("office.form", "read", label=_("Forms"))
        return HttpResponse(trying.printed(self.body(), by=self.actor), content_type="application/pdf")


class Balances(MemberView):
    """Everybody's accounts of a year, of the form asked for or the first that has any."""

    def get(self, request: Request) -> Response:
        books = balances.books(self.actor)
        book = request.query_params.get("form") or next(iter(books), "")
        if book not in books:
            raise Http404
        year = request.query_params.get("year", "")
        told = balances.of_year(book, books[book], int(year) if YEAR.fullmatch(year) else clock.now().year, self.actor)
        return Response({"form": book, "forms": [{"value": key, "label": str(one.form.names)} for key, one in books.items()], **told})


urlpatterns = [
    path("accounts/", Balances.as_view()),
    path("forms/library/", Library.as_view()),
    path("forms/try/", Try.as_view()),
    path("forms/try/print/", Paper.as_view()),
]

beside = [path("office/<slug:form>/", entries), path("office/<slug:form>/<path:rest>", entries)]
"""After all others: no form may take the address of a document type."""
