"""The company's own currency, and what others cost in it on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _t

from kernel import config
from kernel.refusals import FieldError, Invalid
from tenant_apps.organization.models import Company
from tenant_apps.pricing.models import ExchangeRate


class Rate(NamedTuple):
    """Of the company's currency for one unit of another, and the last day on which it holds."""

    rate: Decimal
    until: date | None


OWN = Rate(Decimal(1), None)


def base() -> str:
    """The company's own currency; no statement when warm."""
    return config.cached("base-currency", lambda: Company.objects.order_by("pk").values_list("currency", flat=True).first() or "CNY")


def rate_on(currency: str, day: date) -> Rate | None:
    """The rate of a currency on a day, the latest that began; None when none holds."""
    if currency == base():
        return OWN
    found = _begun(currency, day).filter(valid_to__gte=day).order_by("-valid_from", "-pk").first()
    return None if found is None else Rate(*found)


def last_known(currency: str, day: date) -> Rate | None:
    """The rate of a currency on a day, else the one that ended last; None when there has been none."""
    present = rate_on(currency, day)
    ended = _begun(currency, day).order_by("-valid_to", "-pk").first() if present is None else None
    return present if ended is None else Rate(*ended)


def _begun(currency: str, day: date) -> Any:
    return ExchangeRate.objects.filter(currency=currency, valid_from__lte=day).values_list("rate", "valid_to")


def lock(offer: Any, day: date, find: Callable[[str, date], Rate | None] = rate_on) -> bool:
    """Give an offer the exchange rate of its day, which stays until its currency changes or its rate is taken away; whether it is another currency now."""
    before = offer.__dict__.get("_stored", {}).get("currency")
    offer.currency = (offer.currency or base()).strip().upper()
    moved = before not in (None, offer.currency)
    if offer.rate is not None and not moved:
        return False
    found = find(offer.currency, day)
    if found is None:
        sentence = _t(
            "There is no exchange rate of %(currency)s for %(day)s. Enter one under exchange rates, or offer in another currency."
        )
        raise Invalid([FieldError("currency", "no_rate", sentence % {"currency": offer.currency, "day": day})])
    offer.rate, offer.rate_until = found
    return moved
