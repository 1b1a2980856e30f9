"""The desks: one page on one order, contract, customer, supplier, item, colleague."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, holding, registry
from kernel.access import Actor, forbidden, visible
from kernel.api.me import MemberView
from kernel.refusals import Refused
from tenant_apps.analytics import contract_desk, customer_desk, customer_value, item_desk, member_desk, order_desk, supplier_desk, territory
from tenant_apps.partners.models import Partner


class Desk(MemberView):
    key = ""

    def document(self, pk: int) -> Any:
        resource = registry.get(self.key)
        self.actor.require(self.key, "read", label=resource.label)
        found = visible(self.actor, resource.queryset(), self.key).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def beholder(self, pk: int) -> Actor:
        """The reader as they see this very document: a step at which they decide may hide some of it."""
        return holding.beholder(self.key, pk, self.actor)


class OrderDesk(Desk):
    key = "sales.order"

    def get(self, request: Request, pk: int) -> Response:
        return Response(order_desk.desk(self.document(pk), self.beholder(pk), clock.now()))


class ContractDesk(Desk):
    key = "contracts.contract"

    def get(self, request: Request, pk: int) -> Response:
        return Response(contract_desk.desk(self.document(pk), self.beholder(pk)))


class CustomerDesk(Desk):
    key = "partners.partner"

    def get(self, request: Request, pk: int) -> Response:
        return Response(customer_desk.desk(self.document(pk), self.beholder(pk), _today()))


class SupplierDesk(Desk):
    key = "partners.supplier"

    def get(self, request: Request, pk: int) -> Response:
        return Response(supplier_desk.desk(self.document(pk), self.beholder(pk), _today()))


class ItemDesk(Desk):
    key = "catalog.item"

    def get(self, request: Request, pk: int) -> Response:
        return Response(item_desk.desk(self.document(pk), self.beholder(pk), _today()))


class MemberDesk(Desk):
    key = "organization.member"

    def get(self, request: Request, pk: int) -> Response:
        return Response(member_desk.desk(self.document(pk), self.beholder(pk), _today()))


def _today() -> date:
    return timezone.localtime(clock.now()).date()


class CustomerValues(MemberView):
    """What customers are worth, quarter by quarter; a POST reckons it anew."""

    def get(self, request: Request) -> Response:
        self.ask()
        rows = visible(self.actor, Partner.objects.all(), "partners.partner")
        return Response(customer_value.summary(rows))

    def post(self, request: Request) -> Response:
        self.ask()
        self.actor.require("partners.partner", "regrade")
        with calls.call():
            return Response({"valued": customer_value.reckon(_today())})

    def ask(self) -> None:
        self.actor.require("partners.partner", "read")
        if not customer_value.told_to(self.actor):
            raise forbidden(str(_("Customer value")))


class Territories(MemberView):
    """What comes out of sales regions and of those who serve them."""

    def get(self, request: Request) -> Response:
        self.actor.require("partners.partner", "read", label=registry.get("partners.partner").label)
        by, year = request.query_params.get("by", "region"), request.query_params.get("year", "")
        if by != "region" and by not in territory.BY:
            raise Refused("unknown_field", _("Territories are told by region, unit or position."), status=400)
        if year and not (year.isdecimal() and 1990 <= int(year) < 2200):
            raise Refused("bad_year", _("A year is a number such as 2026."), status=400)
        asked = int(year) if year else _today().year
        return Response({"year": asked, "rows": territory.rows(self.actor, by, asked)})


beside = [
    path("partners/territories/", Territories.as_view()),
    path("partners/values/", CustomerValues.as_view()),
    path("sales/orders/<int:pk>/desk/", OrderDesk.as_view()),
    path("contracts/contracts/<int:pk>/desk/", ContractDesk.as_view()),
    path("partners/partners/<int:pk>/desk/", CustomerDesk.as_view()),
    path("partners/suppliers/<int:pk>/desk/", SupplierDesk.as_view()),
    path("catalog/items/<int:pk>/desk/", ItemDesk.as_view()),
    path("organization/members/<int:pk>/desk/", MemberDesk.as_view()),
]
