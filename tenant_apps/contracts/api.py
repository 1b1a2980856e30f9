"""What stands beside contracts: what other terms of payment would mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, doors, holding, registry
from kernel.access import forbidden
from kernel.api.me import MemberView
from kernel.intake import Intake, read_lines
from kernel.money import HUNDRED
from kernel.refusals import FieldError, Invalid
from tenant_apps.contracts import comparing, supposing
from tenant_apps.contracts.models import PlanLine, Term
from tenant_apps.contracts.parameters import MONEY_COST

CONTRACT, CHANGE, QUOTE = "contracts.contract", "contracts.change", "quoting.quote"
HIDING = frozenset({"total", "plan.amount", "lines.amount"})


class Supposing(MemberView):
    def post(self, request: Request) -> Response:
        """`{resource, id, plan?, scheme?, dates?, rate?}` → what its terms mean as they are, and what those sent along would mean."""
        data = self.body()
        deal = self._deal(data.get("resource"), data.get("id"))
        rate = self._rate(data.get("rate"))
        days = supposing.moved(deal.days, self._dates(data.get("dates") or {}), deal.fixed)
        plan = self._plan(deal, data)
        return Response(
            {
                "now": supposing.outlook(deal, deal.plan, deal.days, rate),
                "supposed": supposing.outlook(deal, plan, days, rate),
                "dates": {what: day.isoformat() for what, day in days.items()},
                "fixed": sorted(deal.fixed),
                "rate": f"{rate.normalize():f}",
                "currency": deal.document.currency,
                "total": str(deal.document.total),
            }
        )

    def _deal(self, key: Any, pk: Any) -> supposing.Deal:
        if key not in (CONTRACT, QUOTE) or not isinstance(pk, int) or isinstance(pk, bool):
            raise Invalid([FieldError("resource", "not_found", _("Terms are compared for contracts and quotes."))])
        document = doors.find(registry.get(key), pk, self.actor)
        if holding.beholder(key, pk, self.actor).profile.hidden(key) & HIDING:
            raise forbidden(_("Amounts"))
        return supposing.deal_of(document, clock.now().date())

    def _plan(self, deal: supposing.Deal, data: dict[str, Any]) -> Sequence[PlanLine]:
        """The stages as sent, or of a payment scheme; else as they are."""
        if data.get("scheme"):
            return supposing.rewritten(deal, [(None, line) for line in supposing.scheme(self._scheme(data["scheme"]))])
        if "plan" not in data:
            return deal.plan
        intake = Intake(self.actor)
        rows = read_lines(intake, registry.get(CONTRACT), "plan", data["plan"], new=False)
        intake.done()
        return supposing.rewritten(deal, [(row.pop("id", None), PlanLine(**row)) for row in rows])

    def _scheme(self, given: Any) -> int:
        if not isinstance(given, int) or isinstance(given, bool):
            raise Invalid([FieldError("scheme", "not_found", _("There is no such payment scheme."))])
        return int(doors.find(registry.get("contracts.scheme"), given, self.actor).pk)

    @staticmethod
    def _dates(given: Any) -> dict[str, date]:
        try:
            return {str(Term.Trigger(what)): date.fromisoformat(day) for what, day in given.items() if day}
        except (TypeError, ValueError, AttributeError):
            raise Invalid([FieldError("dates", "bad_date", _("Please send a day for each of what happens: 2026-11-22."))]) from None

    def _rate(self, given: Any) -> Decimal:
        try:
            rate = Decimal(MONEY_COST.value(self.actor)) if given in (None, "") else Decimal(str(given))
        except InvalidOperation:
            rate = Decimal(-1)
        if not rate.is_finite() or not 0 <= rate <= HUNDRED:
            raise Invalid([FieldError("rate", "range", _("A percentage is between 0 and 100."))])
        return rate


class Effect(MemberView):
    def get(self, request: Request, pk: int) -> Response:
        """What a change order makes of its contract, before and after; without amounts for whom they are hidden."""
        change = doors.find(registry.get(CHANGE), pk, self.actor)
        told = comparing.effect(change)
        hidden = any(holding.beholder(key, pk, self.actor).profile.hidden(key) & HIDING for key in (CHANGE, CONTRACT))
        return Response({**(comparing.veiled(told) if hidden else told), "currency": change.currency})


urlpatterns = [path("supposing/", Supposing.as_view()), path("changes/<int:pk>/desk/", Effect.as_view())]
