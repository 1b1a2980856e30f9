"""The desks: one page on one order, one page on one customer."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, registry
from kernel.access import visible
from kernel.api.me import MemberView
from tenant_apps.analytics import customer_desk, order_desk


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


class CustomerDesk(Desk):
    key = "partners.partner"

    def get(self, request: Request, pk: int) -> Response:
        return Response(customer_desk.desk(self.document(pk), self.actor, clock.now().date()))


beside = [
    path("sales/orders/<int:pk>/desk/", OrderDesk.as_view()),
    path("partners/partners/<int:pk>/desk/", CustomerDesk.as_view()),
]
