"""Which address does what, and the SDK's own type of what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.billing.stripe_server.store import Json

Handler = Callable[..., Json]
ROUTES: list[tuple[str, re.Pattern[str], type, Handler]] = []


def route(method: str, pattern: str, params: type) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        ROUTES.append((method, re.compile(pattern.replace("<id>", r"([\w-]+(?:\.[\w-]+)*)")), params, handler))
        return handler

    return register


def fetch(kind: str, path: str, params: type) -> None:
    """Reading one object."""
    route("GET", f"/v1/{path}/<id>", params)(lambda store, _params, key: store.find(kind, key))
