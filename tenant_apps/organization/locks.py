"""What a company asks of its people at the door: second factors, and how long an unattended log-in lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kernel import config, people
from tenant_apps.organization.models import Company

DAYS_OF_GRACE = 14
"""A new company's administrators have this long before they need a second factor."""


@dataclass(frozen=True)
class Locks:
    """The strictest of what the legal entities of a company ask."""

    everybody: bool = False
    admins_from: date | None = None
    admin_keys: bool = False
    idle: timedelta = timedelta(days=7)


def locks() -> Locks:
    return config.cached("locks", _load)


def _load() -> Locks:
    rows = list(Company.objects.values_list("second_factor", "admin_factor_from", "admin_keys", "idle"))
    if not rows:
        return Locks()
    factors, days, keys, idle = zip(*rows, strict=True)
    return Locks(any(factors), min(filter(None, days), default=None), any(keys), min(Company.IDLE[one] for one in idle))


def needed(account: int) -> str:
    """The second factor this account must have shown: none (empty), `any`, or a security `key`."""
    asked = locks()
    actor = people.actor_of(account)
    admin = actor is not None and actor.is_admin
    if admin and asked.admin_keys:
        return "key"
    since = asked.admins_from
    return "any" if asked.everybody or (admin and since is not None and since <= timezone.localdate()) else ""


def idle() -> timedelta:
    return locks().idle
