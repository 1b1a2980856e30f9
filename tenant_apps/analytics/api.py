"""The desks: one page on one order, one contract, one customer."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, registry
from kernel.access import forbidden, visible
from kernel.api.me import MemberView
from tenant_apps.analytics import contract_desk, customer_desk, customer_value, order_desk
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


class OrderDesk(Desk):
    key = "sales.order"

    def get(self, request: Request, pk: int) -> Response:
        return Response(order_desk.desk(self.document(pk), self.actor, clock.now()))


class ContractDesk(Desk):
    key = "contracts.contract"

    def get(self, request: Request, pk: int) -> Response:
        return Response(contract_desk.desk(self.document(pk), self.actor))


class CustomerDesk(Desk):
    key = "partners.partner"

    def get(self, request: Request, pk: int) -> Response:
        return Response(customer_desk.desk(self.document(pk), self.actor, clock.now().date()))


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
            return Response({"valued": customer_value.reckon(timezone.localtime(clock.now()).date())})

    def ask(self) -> None:
        self.actor.require("partners.partner", "read")
        if not customer_value.told_to(self.actor):
            raise forbidden(str(_("Customer value")))


beside = [
    path("partners/values/", CustomerValues.as_view()),
    path("sales/orders/<int:pk>/desk/", OrderDesk.as_view()),
    path("contracts/contracts/<int:pk>/desk/", ContractDesk.as_view()),
    path("partners/partners/<int:pk>/desk/", CustomerDesk.as_view()),
]
