"""What this Stripe knows: objects by id, events in their order, keys already used, and what time it is."""

from __future__ import annotations

import copy
import itertools
import json
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stripe._api_version import _ApiVersion

from tests.billing.stripe_server.checking import Refusal

Json = dict[str, Any]
SHAPES: dict[str, Json] = json.loads((Path(__file__).parent / "shapes.json").read_text())
PREFIX = {
    "customer": "cus", "product": "prod", "price": "price", "coupon": "coupon", "checkout.session": "cs_test", "billing_portal.session": "bps",
    "subscription": "sub", "subscription_item": "si", "invoice": "in", "line_item": "il", "invoice_payment": "inpay", "payment_intent": "pi",
    "payment_method": "pm", "event": "evt", "promotion_code": "promo", "discount": "di", "billing.meter": "mtr", "billing.meter_event": "mev",
    "billing.meter_event_summary": "mtrusg", "subscription_schedule": "sub_sched",
}  # fmt: skip


class Store:
    """One account."""

    def __init__(self) -> None:
        self.objects: dict[str, Json] = {}
        self.events: list[Json] = []
        self.answers: dict[str, tuple[Any, int, bytes]] = {}
        self.requests: list[tuple[str, str, Json]] = []
        self.ahead = 0
        self._numbers, self._account = itertools.count(1), secrets.token_hex(4)

    @property
    def now(self) -> int:
        return int(time.time()) + self.ahead

    def make(self, kind: str, **values: Any) -> Json:
        """A new object in the published shape."""
        made = copy.deepcopy(SHAPES[kind])
        made.update({"id": f"{PREFIX[kind]}_{self._account}{next(self._numbers):06d}", "created": self.now, "livemode": False, **values})
        self.objects[made["id"]] = made
        return made

    def find(self, kind: str, key: str) -> Json:
        found = self.objects.get(key)
        if found is None or found["object"] != kind:
            raise Refusal(f"No such {kind}: '{key}'", code="resource_missing", param="id", status=404)
        return found

    def all(self, kind: str) -> list[Json]:
        """Newest first."""
        return [one for one in reversed(self.objects.values()) if one["object"] == kind]

    def emit(self, kind: str, about: Json) -> None:
        """Something has happened; the event shows the object as it is at this moment."""
        made = self.make(
            "event", type=kind, data={"object": copy.deepcopy(self.public(about))}, api_version=_ApiVersion.CURRENT, pending_webhooks=1
        )
        self.events.append(made)

    def public(self, about: Json) -> Json:
        """As answered: an invoice's payments only to whoever asks for them."""
        return {name: value for name, value in about.items() if not name.startswith("_") and name != "payments"}

    def expanded(self, about: Json, paths: Iterable[str]) -> Json:
        shown = copy.deepcopy(self.public(about))
        for path in paths:
            head, _dot, rest = path.partition(".")
            if head == "payments":
                shown["payments"] = copy.deepcopy(about["payments"])
            self._expand(shown, [head, *(rest.split(".") if rest else [])])
        return shown

    def _expand(self, place: Any, parts: list[str]) -> None:
        if not parts:
            return
        for one in place if isinstance(place, list) else [place]:
            value = one.get(parts[0])
            if isinstance(value, list):
                one[parts[0]] = value = [self.public(self.objects[key]) if isinstance(key, str) else key for key in value]
            if isinstance(value, str) and value in self.objects:
                one[parts[0]] = value = copy.deepcopy(self.public(self.objects[value]))
            if value is not None:
                self._expand(value, parts[1:])


def listed(rows: list[Json], params: Json, url: str) -> Json:
    """A page of a list, newest first."""
    after = params.get("starting_after")
    if after:
        rows = rows[next(index for index, one in enumerate(rows) if one["id"] == after) + 1 :]
    limit = params.get("limit", 10)
    return {"object": "list", "data": rows[:limit], "has_more": len(rows) > limit, "url": url}
