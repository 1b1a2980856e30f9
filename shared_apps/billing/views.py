"""A company's own subscription: for its administrator, at the company's address. Open also while the company is read-only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from kernel import limits, once
from kernel.access import forbidden
from kernel.api.me import MemberView
from kernel.api.schema import ONCE, AutoSchema
from kernel.api.shapes import Shape
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.billing import buying, forms, invoicing, offers, subscriptions, told, wire
from shared_apps.billing.buying import Buyer
from shared_apps.billing.models import InvoiceTitle, Plan, PlatformInvoice
from shared_apps.billing.models.invoices import TITLE
from shared_apps.billing.offers import Order
from tenants.context import public_context
from tenants.models import Tenant

Json = dict[str, Any]


class BillingView(MemberView):
    """Base: administrators only, and once only where something is set going."""

    while_read_only = True
    serializer_class: type[Serializer[Any]] | None = None
    answer: Shape = {"type": "object"}
    """What is answered, for the description of the API."""

    def described(self, schema: AutoSchema, method: str) -> tuple[Shape | None, Shape, list[Shape]]:
        """What is sent and answered, and further parameters, as OpenAPI tells it."""
        form = None if self.serializer_class is None or method == "GET" else wire.sent(schema.of_form(self.serializer_class()))
        return form, self.answer, [] if method == "GET" else [ONCE]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if getattr(self.here, "pk", None) is None:
            raise Http404  # the console has no subscription
        if not self.actor.is_admin:
            raise forbidden(_("Subscription"))
        if self.here.sandbox_of_id is not None:
            raise Refused("sandbox", _("A sandbox costs nothing and has no subscription of its own. See the company it belongs to."))

    @property
    def here(self) -> Any:
        return getattr(self.request._request, "tenant", None)

    @property
    def company(self) -> Tenant:
        """The company as it stands now, not as this process remembers it."""
        return Tenant.objects.get(pk=self.here.pk)

    @property
    def buyer(self) -> Buyer:
        return Buyer(self.company, self.actor.name, self.actor.email)

    def values(self) -> Json:
        assert self.serializer_class is not None
        form = self.serializer_class(data=self.body())
        if not form.is_valid():
            raise Invalid([FieldError(path, error.code, str(error)) for path, errors in form.errors.items() for error in errors])
        return cast("Json", form.validated_data)

    def order(self, given: Json) -> Order:
        return offers.order_of(given["plan"], given["period"], given.get("seats"), given["coupon"], self.here.pk)

    def once(self, work: Callable[[], Any]) -> Response:
        """Carry it out among the platform's rows, once for each Idempotency-Key."""

        key, request = self.request.headers.get("Idempotency-Key", ""), self.request

        def done() -> once.Answer:
            take_turns("billing")  # what is opened at Stripe cannot be rolled back, so a repetition must not begin
            if once.known(self.actor, key):
                return 200, None
            with public_context():
                return 200, work()

        (status, body), again = once.carried_out(self.actor, key, (request.method or "", request.get_full_path(), request.data), done)
        return Response(body, status=status, headers={"Idempotent-Replay": "true"} if again else None)


class Overview(BillingView):
    answer = wire.OVERVIEW

    def get(self, request: Request) -> Response:
        """Plan, period, seats and what is used of them."""
        used = limits.measured()
        with public_context():
            company = self.company
            return Response(told.overview(company, subscriptions.of(company), used))


class Plans(BillingView):
    answer = wire.rows(wire.PLAN)

    def get(self, request: Request) -> Response:
        with public_context():
            return Response({"rows": [told.plan(one) for one in Plan.objects.filter(on_sale=True)]})


class Preview(BillingView):
    serializer_class = forms.Wanted
    answer = wire.PREVIEW

    def post(self, request: Request) -> Response:
        """What an order would cost now and at each renewal."""
        given, used = self.values(), limits.measured()
        with public_context():
            order = self.order(given)
            return Response(told.preview(buying.preview(self.company, order, timezone.now()), order, used))


class Orders(BillingView):
    serializer_class = forms.Ordered
    answer = wire.ORDERED

    def post(self, request: Request) -> Response:
        """Begin to pay for a plan."""
        given = self.values()
        return self.once(lambda: buying.order(self.buyer, self.order(given), given["method"]))


class Change(BillingView):
    serializer_class = forms.Changed
    answer = wire.CHANGED

    def post(self, request: Request) -> Response:
        """Another plan or other seats, paid by the card that is there."""
        given = self.values()
        return self.once(lambda: buying.change(self.company, self.order(given), given["at"]))


class Stop(BillingView):
    stopping = True
    answer = wire.STOPPED

    def post(self, request: Request) -> Response:
        def work() -> Json:
            buying.stop(self.company, stopping=self.stopping)
            return {"cancel_at_period_end": self.stopping}

        return self.once(work)


class Resume(Stop):
    stopping = False


class Keep(BillingView):
    answer = wire.KEPT

    def post(self, request: Request) -> Response:
        """Take back what was to begin with the next period."""

        def work() -> Json:
            buying.keep(self.company)
            return {"planned": None}

        return self.once(work)


class Portal(BillingView):
    answer = wire.PAGE

    def post(self, request: Request) -> Response:
        return self.once(lambda: {"url": buying.portal(self.buyer)})


class Invoices(BillingView):
    answer = wire.rows(wire.INVOICE)

    def get(self, request: Request) -> Response:
        with public_context():
            rows = PlatformInvoice.objects.filter(tenant_id=self.here.pk).prefetch_related("payments")[:200]
            return Response({"rows": told.invoices(list(rows))})


class OneInvoice(BillingView):
    """Base of what can be done about one invoice of this company; another's is as absent as one that never was."""

    def found(self, pk: int) -> PlatformInvoice:
        row = PlatformInvoice.objects.filter(pk=pk, tenant_id=self.here.pk).first()
        if row is None:
            raise Http404
        return row


class PayInvoice(OneInvoice):
    serializer_class = forms.Paid
    answer = wire.PAGE

    def post(self, request: Request, pk: int) -> Response:
        given = self.values()
        return self.once(lambda: {"url": buying.pay(self.buyer, self.found(pk), given["method"])})


class TellTransfer(OneInvoice):
    serializer_class = forms.Transferred
    answer = wire.INVOICE

    def post(self, request: Request, pk: int) -> Response:
        """The money is on its way."""
        given = self.values()

        def work() -> Json:
            buying.tell_transfer(self.found(pk), given["reference"])
            return told.invoice(self.found(pk))

        return self.once(work)


class AskEInvoice(OneInvoice):
    answer = wire.INVOICE

    def post(self, request: Request, pk: int) -> Response:
        """Ask for the e-invoice (数电发票) of a paid invoice, made out to the title of now."""

        def work() -> Json:
            invoicing.ask_einvoice(self.found(pk))
            return told.invoice(self.found(pk))

        return self.once(work)


class Title(BillingView):
    serializer_class = forms.Title
    answer = wire.TITLES

    def get(self, request: Request) -> Response:
        with public_context():
            return Response(invoicing.title_of(self.here.pk) or dict.fromkeys(TITLE, "") | {"kind": InvoiceTitle.Kind.ORDINARY})

    def put(self, request: Request) -> Response:
        given = self.values()
        with public_context():
            InvoiceTitle.objects.update_or_create(tenant_id=self.here.pk, defaults=given)
        return Response(given)
