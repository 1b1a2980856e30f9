"""Every error in one form (RFC 9457), with a sentence a person can act on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from kernel import config, figures
from kernel.api.wire import dump
from kernel.refusals import Refused

log = logging.getLogger("millwright.api")
TYPE = "application/problem+json"


def problem(refused: Refused) -> dict[str, Any]:
    status = refused.status
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": refused.code,
        "detail": str(refused.sentence),
    }
    if refused.errors:
        told["errors"] = [{"path": error.path, "code": error.code, "detail": str(error.detail)} for error in refused.errors]
    if refused.help:
        told["help"] = [{"label": str(one.label), "action": one.action, "values": one.values} for one in refused.help]
    return {**told, **refused.extra}


def as_refused(error: BaseException) -> Refused | None:
    """The refusal that an error of Django, DRF or the database amounts to; None for a real fault."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Http404 | exceptions.NotFound):
        return Refused("not_found", _("There is nothing here, or it is not yours to see."), status=404)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return Refused("not_logged_in", _("Please log in."), status=401)
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return Refused("forbidden", str(getattr(error, "detail", "")) or _("You have no permission for this."), status=403)
    if isinstance(error, exceptions.Throttled):
        return Refused(
            "throttled",
            _("Too many attempts. Please try again in %(n)d seconds.") % {"n": int(getattr(error, "wait", None) or 60)},
            status=429,
        )
    if isinstance(error, RequestDataTooBig):
        return Refused("too_large", _("The request is too large."), status=413)
    if isinstance(error, exceptions.APIException):
        return Refused(str(error.default_code), str(error.detail), status=error.status_code)
    return _of_database(error)


def _of_database(error: BaseException) -> Refused | None:
    if isinstance(error, OperationalError | InterfaceError):
        connection.close()
        return Refused("busy", _("The database is not reachable at the moment. Nothing was changed; please try again."), status=503)
    if isinstance(error, IntegrityError):
        log.warning("integrity: %s", error)
        return Refused("duplicate", _("Such a record exists already, or one it refers to is gone. Please reload and check."), status=409)
    if isinstance(error, DataError):
        return Refused("invalid", _("A value does not fit its field."), status=422)
    return None


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    refused = as_refused(error)
    if refused is None:
        return None
    set_rollback()
    response = Response(problem(refused), status=refused.status, content_type=TYPE)
    if refused.status in (429, 503):
        response["Retry-After"] = "2" if refused.status == 503 else str(int(getattr(error, "wait", None) or 60))
    if refused.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


class RequestMiddleware:
    """The outermost: each request reads the settings' epoch anew, and a database that is away answers 503 wherever it is missed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        config.forget_epoch()
        figures.told_to(None)
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self._answer(error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return self._answer(error) if isinstance(error, OperationalError | InterfaceError) else None

    def _answer(self, error: Exception) -> HttpResponse:
        refused = _of_database(error)
        assert refused is not None
        return HttpResponse(dump(problem(refused)), status=503, content_type=TYPE, headers={"Retry-After": "2"})
