"""What every endpoint in front of the log-in has in common."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from kernel.refusals import FieldError, Invalid
from tenants.models import Tenant


class AsTheyAre(BaseAuthentication):
    """Takes the browser's session for what it is, a stranger's included."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        return request._request.user, None


@method_decorator(csrf_protect, name="dispatch")
class Door(APIView):
    """Open to strangers, but only to requests of our own pages (CSRF)."""

    authentication_classes = [AsTheyAre]
    permission_classes: list[Any] = []
    serializer_class: type[Serializer[Any]]

    def values(self, request: Request) -> dict[str, Any]:
        """What was sent, or a refusal that names every field."""
        form = self.serializer_class(data=request.data)
        if not form.is_valid():
            raise Invalid([FieldError(path, error.code, str(error)) for path, errors in form.errors.items() for error in errors])
        return cast("dict[str, Any]", form.validated_data)


def company_of(request: HttpRequest | Request) -> Tenant:
    """The company at whose address this was asked; at the main address there is nothing here."""
    company: Tenant | None = getattr(request, "tenant", None)
    if company is None or getattr(company, "console", False):
        raise Http404
    return company


def only_main(request: HttpRequest | Request) -> None:
    if getattr(request, "tenant", None) is not None:
        raise Http404
