"""What stands beside a quote: how prices came about, what others paid, today's prices, what differs between revisions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, doors, holding, preview, registry, statements
from kernel.access import Actor, forbidden
from kernel.api.me import MemberView
from kernel.figures import telling
from kernel.refusals import FieldError, Invalid
from tenant_apps.pricing import rates
from tenant_apps.quoting import comparing, deciding, delivery, explaining, public, repricing, signing, simulating, weighing
from tenant_apps.quoting.models import Quote, QuoteLine

MOST = 200
COSTS = frozenset({"total_cost", "lines.amount", "lines.unit_cost"})
MARGINS = frozenset({"cost_total", "margin_rate", "lines.cost", "lines.margin_rate"})
"""Whose role hides any of these reads no margins of quotes."""
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
        """How the price of each line came about, as it was saved."""
        quote = self.quote(pk)
        with telling(holding.beholder(deciding.KEY, pk, self.actor)):
            return Response({"lines": explaining.waterfalls(statements.lines(QuoteLine)(quote.pk))})


class TypedPrices(QuoteView):
    only_reads = True
    while_read_only = True

    def post(self, request: Request) -> Response:
        """The same of what is typed, which is sent as for `preview/`; as last saved where not everything can be worked out (`of`)."""
        resource, data = registry.get(deciding.KEY), self.body()
        self.actor.require(deciding.KEY, "read", label=_("Quotes"))
        needs_prices(self.actor)
        document = preview.asked(data, self.quote)
        pk = None if document is None else document.pk
        made = preview.tried(resource, data, document=document, by=self.actor, at=clock.now())
        of = "typed" if made.computed else "saved" if pk else ""
        lines = made.lines["lines"] if made.computed else statements.lines(QuoteLine)(pk) if pk else []
        with telling(holding.beholder(deciding.KEY, pk, self.actor)):
            told = explaining.waterfalls([line for line in lines if line.item_id])
        return Response({"of": of, "lines": told, "errors": preview.told(made.errors)})


class Repricing(QuoteView):
    def get(self, request: Request, pk: int) -> Response:
        """What each line would cost today."""
        return Response({"lines": repricing.told(self.quote(pk), self.actor, clock.now().date())})


class Differences(QuoteView):
    def get(self, request: Request, pk: int, other: int) -> Response:
        """From another revision to this one."""
        return Response(comparing.compared(self.quote(other), self.quote(pk)))


class Weighing(MemberView):
    def get(self, request: Request, pk: int) -> Response:
        """An estimate by kinds of cost, against its price and another version (`?against=<id>`)."""
        found = doors.find(registry.get(weighing.KEY), pk, self.actor)
        if self.actor.profile.hidden(weighing.KEY) & COSTS:
            raise forbidden(_("Costs"))
        against = request.query_params.get("against", "")
        return Response(weighing.weighed(found, self.actor, int(against) if against.isascii() and against.isdigit() else None))


class Letters(QuoteView):
    def get(self, request: Request, pk: int) -> Response:
        """The letters with links to it, whether they arrived, were opened, and what was written back."""
        return Response({"rows": delivery.of("quote", self.quote(pk).pk)})


class ContractLetters(MemberView):
    def get(self, request: Request, pk: int) -> Response:
        """The letters by which a contract went out to be signed, and how they went."""
        return Response({"rows": delivery.of("contract", doors.find(registry.get(signing.KEY), pk, self.actor).pk)})


class Hints(MemberView):
    def post(self, request: Request) -> Response:
        """`{customer, currency, lines: [{item, discount, configuration}]}` → for each line what was paid before and how often such a discount won."""
        self.actor.require(deciding.KEY, "read", label=_("Quotes"))
        needs_prices(self.actor)
        data = self.body()
        asked = [self._asked(at, one) for at, one in enumerate(data.get("lines") or [])][:MOST]
        customer = data.get("customer")
        known = customer if isinstance(customer, int) and not isinstance(customer, bool) else None
        given, today = data.get("currency"), clock.now().date()
        currency = given if isinstance(given, str) and given.isalpha() else rates.base()
        rate = rates.rate_on(currency, today)
        told = explaining.hints(self.actor, known, asked, today, rate.rate if rate else rates.OWN.rate)
        return Response({"lines": told, "currency": currency if rate else rates.base()})

    @staticmethod
    def _asked(at: int, one: Any) -> explaining.Asked:
        try:
            asked = explaining.Asked(int(one["item"]), Decimal(str(one.get("discount") or 0)), int(one.get("configuration") or 0))
        except (TypeError, KeyError, ValueError, InvalidOperation, AttributeError):
            raise Invalid([FieldError(f"lines.{at}", "bad_line", _("A line names its item and its discount."))]) from None
        if not (0 < asked.item < 2**63 and 0 <= asked.configuration < 2**63 and asked.discount.is_finite()):
            raise Invalid([FieldError(f"lines.{at}", "bad_line", _("A line names its item and its discount."))])
        return asked


class Effect(MemberView):
    def get(self, request: Request, pk: int) -> Response:
        """What a price policy would have changed in the last twelve months."""
        policy = doors.find(registry.get("pricing.pricepolicy"), pk, self.actor)
        self.actor.require(deciding.KEY, "read", label=_("Quotes"))
        needs_prices(self.actor)
        told = simulating.effect(policy.pk, self.actor, clock.now().date())
        if self.actor.profile.hidden(deciding.KEY) & MARGINS:
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
    path("quotes/prices/", TypedPrices.as_view()),
    path("quotes/<int:pk>/prices/", Prices.as_view()),
    path("quotes/<int:pk>/letters/", Letters.as_view()),
    path("estimates/<int:pk>/weighing/", Weighing.as_view()),
    path("quotes/<int:pk>/repricing/", Repricing.as_view()),
    path("quotes/<int:pk>/differences/<int:other>/", Differences.as_view()),
]
