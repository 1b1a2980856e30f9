"""The customer's side of a quote or a contract, open to whoever has the link."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, printing, registry
from kernel.access import SYSTEM
from kernel.api.exchange import download
from kernel.refusals import Refused
from kernel.specs import key_of
from shared_apps.accounts import password
from shared_apps.accounts.doors import Door, company_of
from tenant_apps.quoting import links, signing
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models import QuoteLink


def side(link: QuoteLink) -> Any:
    """What is told and done behind it: the module of quotes, or that of contracts."""
    return signing if link.contract_id else links


class Linked(Door):
    """Base: the company at whose address it is asked, and the link; guesses are counted."""

    def link(self, request: Request, secret: str) -> QuoteLink:
        company_of(request)
        password.limit(request._request, "quote_link")
        return links.found(secret)

    def text(self, request: Request, name: str) -> str:
        value: Any = request.data.get(name, "") if isinstance(request.data, dict) else ""
        return value if isinstance(value, str) else ""

    def again(self, secret: str) -> Response:
        link = links.found(secret)
        return Response(side(link).told(link))


class Reading(Linked):
    def get(self, request: Request, secret: str) -> Response:
        """The quote, what was said about it, and where it stands."""
        link = self.link(request, secret)
        links.opened(link, clock.now())
        reasons = [{"value": code, "label": str(label)} for code, label in LOST]
        return Response({**side(link).told(link), "reasons": reasons}, headers={"Cache-Control": "no-store"})


class Paper(Linked):
    def get(self, request: Request, secret: str) -> HttpResponse:
        """The quote or the contract as PDF."""
        link = self.link(request, secret)
        resource, language = registry.get(key_of(type(link.document))), get_language() or link.language
        form = printing.chosen(resource, "", link.document.pk, language)
        content = printing.render(resource, form, link.document.pk, SYSTEM, language)
        return download(content, f"{link.document.number}.pdf", "application/pdf", inline=True)


class Comment(Linked):
    def post(self, request: Request, secret: str) -> Response:
        links.comment(self.link(request, secret), self.text(request, "name"), self.text(request, "text"), clock.now())
        return self.again(secret)


class Accept(Linked):
    def post(self, request: Request, secret: str) -> Response:
        link = self.link(request, secret)
        side(link).accept(link, self.text(request, "name"), self.text(request, "signature"), clock.now())
        return self.again(secret)


class Decline(Linked):
    def post(self, request: Request, secret: str) -> Response:
        link = self.link(request, secret)
        if link.quote is None:
            raise Refused("no_offer", _("A contract is signed or talked about: write a comment."))
        links.decline(link, self.text(request, "name"), self.text(request, "reason"), self.text(request, "text"), clock.now())
        return self.again(secret)


class Newer(Linked):
    def post(self, request: Request, secret: str) -> Response:
        """The way to the revision that has taken this one's place."""
        return Response({"secret": links.successor(self.link(request, secret), clock.now())})


urlpatterns = [
    path("links/<str:secret>/", Reading.as_view()),
    path("links/<str:secret>/paper/", Paper.as_view()),
    path("links/<str:secret>/comment/", Comment.as_view()),
    path("links/<str:secret>/accept/", Accept.as_view()),
    path("links/<str:secret>/decline/", Decline.as_view()),
    path("links/<str:secret>/newer/", Newer.as_view()),
]
