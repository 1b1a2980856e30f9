"""Where Stripe tells its news: at the main address, signed, without a session."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from kernel.refusals import Refused
from shared_apps.billing import gateway, webhooks


@method_decorator(csrf_exempt, name="dispatch")
class StripeDoor(View):
    """Takes in signed messages; the answer says only whether to send it again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "tenant", None) is not None or not gateway.available():
            raise Http404
        try:
            webhooks.receive(request.body, request.headers.get("Stripe-Signature", ""))
        except RequestDataTooBig:
            return JsonResponse({"code": "too_large"}, status=413)
        except Refused as no:
            return JsonResponse({"code": no.code}, status=no.status)
        return JsonResponse({"received": True})
