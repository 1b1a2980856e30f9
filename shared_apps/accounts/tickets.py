"""From one address to another without a second log-in: a ticket that works once, at one company, for a minute."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.core.cache import cache

from tenants import directory
from tenants.cache import SHARED
from tenants.models import Tenant

SECONDS = 60


@dataclass(frozen=True)
class Ticket:
    """Who may enter which company."""

    user_id: int
    schema: str
    visit: int = 0
    """The support access by which an operator comes who is no member."""


def issue(user_id: int, company: Tenant, visit: int = 0) -> str:
    """The address that lets this person into the company, once."""
    secret = secrets.token_urlsafe(32)
    cache.set(_key(secret), Ticket(user_id, company.schema_name, visit), SECONDS)
    return directory.url_of(company.slug, f"/enter/?ticket={secret}")


def redeem(secret: str, company: Tenant) -> Ticket | None:
    """The ticket, if it is for this company and nobody has used it. Of two who present it at once, one gets it."""
    key = _key(secret)
    ticket: Ticket | None = cache.get(key)
    if ticket is None or ticket.schema != company.schema_name or not cache.delete(key):
        return None
    return ticket


def _key(secret: str) -> str:
    return f"{SHARED}ticket:{hashlib.sha256(secret.encode()).hexdigest()}"
