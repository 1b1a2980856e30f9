"""What stands beside a quote: how prices came about, what others paid, today's prices, what differs between revisions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, doors, holding, registry
from kernel.access import Actor, forbidden
from kernel.api.me import MemberView
from kernel.figures import telling
from kernel.refusals import FieldError, Invalid
from tenant_apps.quoting import deciding, explaining, links, public, signing, simulating
from tenant_apps.quoting.models import Quote

MOST = 200
PRICES = frozenset({"total", "lines.amount", "lines.unit_price", "lines.list_price", "lines.discount"})


def needs_prices(actor: Actor) -> None:
    """Whoever's role hides prices of quotes does not read them here either."""
    if actor.profile.hidden(deciding.KEY) & PRICES:
        raise forbidden(_("Prices"))


class QuoteView(MemberView):
    def quote(self, pk: int) -> Quote:
        found: Quote = doors.find(registry.get(deciding.KEY), pk, self.actor)
        needs_prices(holding.beholder(deciding.KEY, pk, self.actor))
        return found


class Prices(QuoteView):
    def get(self, request: Request, pk: int) -> Response:
        """How the price of each line came about."""
        quote = self.quote(pk)
        with telling(holding.beholder(deciding.KEY, pk, self.actor)):
            return Response({"lines": explaining.waterfalls(quote)})


class Repricing(QuoteView):
    def get(self, request: Request, pk: int) -> Response:
        """What each line would cost today."""
        return Response({"lines": explaining.repricing(self.quote(pk), clock.now().date())})


class Differences(QuoteView):
    def get(self, request: Request, pk: int, other: int) -> Response:
        """From another revision to this one."""
        return Response(explaining.compared(self.quote(other), self.quote(pk)))


class Letters(QuoteView):
    def get(self, request: Request, pk: int) -> Response:
        """The letters with links to it, whether they arrived, were opened, and what was written back."""
        return Response({"rows": links.of("quote", self.quote(pk).pk)})


class ContractLetters(MemberView):
    def get(self, request: Request, pk: int) -> Response:
        """The letters by which a contract went out to be signed, and how they went."""
        return Response({"rows": links.of("contract", doors.find(registry.get(signing.KEY), pk, self.actor).pk)})


class Hints(MemberView):
    def post(self, request: Request) -> Response:
        """`{customer, lines: [{item, discount}]}` → for each line what was paid before and how often such a discount won."""
        self.actor.require(deciding.KEY, "read", label=_("Quotes"))
        needs_prices(self.actor)
        data = self.body()
        asked = [self._asked(at, one) for at, one in enumerate(data.get("lines") or [])][:MOST]
        customer = data.get("customer")
        known = customer if isinstance(customer, int) and not isinstance(customer, bool) else None
        return Response({"lines": explaining.hints(self.actor, known, asked, clock.now().date())})

    @staticmethod
    def _asked(at: int, one: Any) -> tuple[int, Decimal]:
        try:
            item, discount = int(one["item"]), Decimal(str(one.get("discount") or 0))
        except (TypeError, KeyError, ValueError, InvalidOperation, AttributeError):
            raise Invalid([FieldError(f"lines.{at}", "bad_line", _("A line names its item and its discount."))]) from None
        if not (0 < item < 2**63 and discount.is_finite()):
            raise Invalid([FieldError(f"lines.{at}", "bad_line", _("A line names its item and its discount."))])
        return item, discount


class Effect(MemberView):
    def get(self, request: Request, pk: int) -> Response:
        """What a price policy would have changed in the last twelve months."""
        policy = doors.find(registry.get("pricing.pricepolicy"), pk, self.actor)
        self.actor.require(deciding.KEY, "read", label=_("Quotes"))
        needs_prices(self.actor)
        told = simulating.effect(policy.pk, self.actor, clock.now().date())
        if "cost_total" in self.actor.profile.hidden(deciding.KEY):
            told = {name: value for name, value in told.items() if not name.startswith("margin")}
            told["top"] = [{name: value for name, value in row.items() if not name.startswith("margin")} for row in told["top"]]
        return Response(told)


beside = [
    path("pricing/policies/<int:pk>/effect/", Effect.as_view()),
    path("contracts/contracts/<int:pk>/letters/", ContractLetters.as_view()),
]
urlpatterns = [
    *public.urlpatterns,
    path("hints/", Hints.as_view()),
    path("quotes/<int:pk>/prices/", Prices.as_view()),
    path("quotes/<int:pk>/letters/", Letters.as_view()),
    path("quotes/<int:pk>/repricing/", Repricing.as_view()),
    path("quotes/<int:pk>/differences/<int:other>/", Differences.as_view()),
]
