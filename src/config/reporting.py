"""Whose request or task it was: on every line of the log and every error report, as numbers that name nobody.

An error report leaves the house. It says where in the code something happened and for which company and account, and
carries nothing that people have typed: no bodies, addresses, queries, cookies, variables, or values in messages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from tenants.context import chosen

if TYPE_CHECKING:
    from sentry_sdk.types import Event

NOBODY = "-"
KEPT_OF_REQUEST = ("method",)
TYPED = re.compile(r"\S+@\S+|\d[\d\s.,-]{5,}\d|(?<=')[^']*(?=')|(?<=\")[^\"]*(?=\")|(?<=\()[^()]*(?=\))|(?<=“)[^”]*(?=”)")
"""What may come from people in the message of an exception: addresses, numbers, and whatever is quoted."""
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class RequestMiddleware:
    """Remembers the request, so that whose it is can be asked when something is to be reported. Costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def company() -> str:
    """The company's schema, whose name says nothing."""
    return chosen().schema_name or NOBODY


def account() -> str:
    """The number of the account, once it is known whose request this is."""
    request = _request.get()
    user: Any = None if request is None else vars(request).get("user")
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    number = getattr(user, "account", None) or getattr(user, "pk", None)
    return NOBODY if number is None else str(number)


class Whose(logging.Filter):
    """Adds `company` and `account` to a line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.company, record.account = company(), account()
        return True


def start(dsn: str) -> None:
    """Send error reports to this address."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        before_send=cleaned,
    )


def cleaned(event: Event, hint: dict[str, Any]) -> Event | None:
    """The report with whose it is, and without anything personal."""
    event["tags"] = {**dict(event.get("tags") or {}), "company": company(), "account": account()}
    event["user"] = {"id": account()} if account() != NOBODY else {}
    event["request"] = {name: value for name, value in (event.get("request") or {}).items() if name in KEPT_OF_REQUEST}
    for part in ("extra", "breadcrumbs", "modules"):
        event.pop(part, None)  # type: ignore[misc]
    if told := event.get("logentry"):
        event["logentry"] = {"message": told.get("message", "")}
    for error in (event.get("exception") or {}).get("values", []):
        error["value"] = without_typed(str(error.get("value") or ""))
    return event


def without_typed(message: str) -> str:
    """The first line of a message, without what people may have typed."""
    return TYPED.sub("…", message.partition("\n")[0])[:300]
