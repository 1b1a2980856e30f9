"""From a message of the mailbox to the one company and the one letter that it is about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kernel.returned import notices, trails
from kernel.returned.notices import Notice
from kernel.returned.trails import Trail
from tenants.context import public_context, tenant_context

if TYPE_CHECKING:
    from tenants.models import Tenant

log = logging.getLogger("millwright.mail")
LARGEST = 256 * 1024
"""Bytes of a message that are read: what is told stands at its beginning."""
Handler = Callable[[int, Trail, Notice], bool]
Lost = Callable[[str, date], None]
_handlers: dict[str, Handler] = {}
_lost: list[Lost] = []


def returns_of(kind: str) -> Callable[[Handler], Handler]:
    """Have `function(pk, trail, notice)` called, in its company, for each notification about a letter of this kind; says whether anything changed."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def when_lost(function: Lost) -> Lost:
    """Have `function(email, day)` called when mail to an address of somebody outside fails for the address's own fault."""
    _lost.append(function)
    return function


def lost(email: str, on: date) -> None:
    """For letters whose app does not know who keeps the address."""
    for function in _lost:
        function(email, on)


def take(raw: bytes) -> str:
    """What came of one message: `noted`, `known` (it changes nothing), `refused` (of no letter of ours), `gone` (its company takes nothing), `ignored`."""
    came_of = _take(raw[:LARGEST])
    log.info("returned mail: %s", came_of)
    return came_of


def _take(raw: bytes) -> str:
    notice = notices.read(raw)
    if notice is None:
        return "ignored"
    trail = next(_known(raw), None)
    if trail is None:
        return "refused"
    company = _company(trail.company)
    if company is None:
        return "gone"
    with tenant_context(company):
        return "noted" if _handlers[trail.kind](trail.pk, trail, notice) else "known"


def _known(raw: bytes) -> Iterator[Trail]:
    """The letter of the address the notification came to; else of the headers it returns."""
    return (one for one in trails.found_in(raw.decode("latin-1")) if one.kind in _handlers)


def _company(pk: int) -> Tenant | None:
    from tenants.models import Tenant
    from tenants.states import WORKING

    with public_context():
        found: Tenant | None = Tenant.objects.filter(pk=pk, state__in=WORKING, closed="", sandbox_of=None).first()
        return found
