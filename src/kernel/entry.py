"""From where and when somebody may work: what their roles ask, or a rule of their own (W-1.3.2).

    {"addresses": ["203.0.113.0/24", "10.0.0.7"], "days": [1, 2, 3, 4, 5], "since": "08:00", "until": "18:00"}

Days are those of the week, 1 is Monday; hours are those of the company's time zone and may run over midnight. The rules of all
roles hold together; what a member's own rule says of addresses, or of hours, takes the place of what the roles say of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from kernel import clock
from kernel.refusals import FieldError, Invalid, Refused

if TYPE_CHECKING:
    from kernel.access import Actor

Network = IPv4Network | IPv6Network
NAMES = {"addresses", "days", "since", "until"}
WEEK = frozenset(range(1, 8))
MOST = 50
_request: ContextVar[HttpRequest | None] = ContextVar("entry", default=None)


class Hours(NamedTuple):
    """Days of the week and the hours of each."""

    days: frozenset[int]
    since: time
    until: time

    def have(self, at: datetime) -> bool:
        now, day = at.time().replace(tzinfo=None), at.isoweekday()
        if self.since < self.until:
            return day in self.days and self.since <= now < self.until
        return (day in self.days and now >= self.since) or ((day - 2) % 7 + 1 in self.days and now < self.until)

    def told(self) -> str:
        days = "" if self.days == WEEK else "、".join(str(WEEKDAYS_ABBR[day - 1]) for day in sorted(self.days)) + " "
        return f"{days}{self.since:%H:%M}–{self.until:%H:%M}"


@dataclass(frozen=True)
class Entry:
    """What is asked of one person; nothing unless said."""

    networks: tuple[tuple[Network, ...], ...] = ()
    hours: tuple[Hours, ...] = ()

    @staticmethod
    def of(own: Mapping[str, Any], roles: Iterable[Mapping[str, Any]]) -> Entry:
        """The rules of somebody's roles, with their own in place of these where it says something."""
        roles = list(roles)
        networks = [networks_of(rule) for rule in ([own] if own.get("addresses") else roles)]
        hours = [hours_of(rule) for rule in ([own] if is_timed(own) else roles) if is_timed(rule)]
        return Entry(tuple(filter(None, networks)), tuple(hours))

    def refusal(self, address: str | None, at: datetime) -> Refused | None:
        """Why somebody is not let in from an address at an instant; None when they are."""
        if not all(any(within(address, one) for one in allowed) for allowed in self.networks):
            sentence = _(
                "You work here from certain networks only, and %(address)s is in none of them. Go on from the company's network or its VPN, "
                "or ask your administrator to add this address."
            )
            return Refused("outside_network", sentence % {"address": address or "–"}, status=403)
        if not all(one.have(at) for one in self.hours):
            told = {"hours": "; ".join(one.told() for one in self.hours), "now": f"{at:%H:%M}"}
            sentence = _(
                "You work here at these times: %(hours)s. It is %(now)s now. What you typed is kept: go on then, or ask your administrator."
            )
            return Refused("outside_hours", sentence % told, status=403)
        return None


ANYWHERE = Entry()


class Port:
    """Filled in by the app that keeps the door."""

    address_of: Callable[[HttpRequest | None], str | None] = staticmethod(lambda request: None)
    """Where a request came from, as far as trusted proxies tell."""


port = Port()


def let_in(request: HttpRequest, actor: Actor) -> None:
    """Refuse a request from where, or when, this person does not work."""
    _request.set(request)
    if (refused := kept_out(request, actor)) is not None:
        raise refused


def kept_out(request: HttpRequest, actor: Actor) -> Refused | None:
    """Why this person is not let in with a request; None, at no cost, when nothing is asked of them."""
    entry = actor.entry
    return entry.refusal(port.address_of(request), clock.now()) if entry.networks or entry.hours else None


def present() -> str | None:
    """The address that the running request came from."""
    return port.address_of(_request.get())


def within(address: str | None, network: Network) -> bool:
    try:
        found = ip_address(address or "")
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found) in network


def networks_of(rule: Mapping[str, Any]) -> tuple[Network, ...]:
    return tuple(ip_network(text, strict=False) for text in rule.get("addresses", ()))


def is_timed(rule: Mapping[str, Any]) -> bool:
    return bool(rule.get("days") or rule.get("since") or rule.get("until"))


def hours_of(rule: Mapping[str, Any]) -> Hours:
    days = frozenset(rule.get("days") or WEEK)
    return Hours(days, time.fromisoformat(rule.get("since") or "00:00"), time.fromisoformat(rule.get("until") or "23:59:59.999999"))


def checked(rule: Any) -> dict[str, Any]:
    """A rule as it is kept; refused with what is wrong with it."""
    if not isinstance(rule, dict) or set(rule) - NAMES:
        raise _wrong("bad_entry", _("A rule says addresses, days, since and until."))
    return {**_addresses(rule.get("addresses") or []), **_days(rule.get("days") or []), **_hours(rule)}


def _addresses(given: Any) -> dict[str, Any]:
    if not isinstance(given, list) or len(given) > MOST or not all(isinstance(one, str) for one in given):
        raise _wrong("bad_address", _("Addresses are a list of at most %(n)d texts.") % {"n": MOST})
    found = []
    for text in given:
        try:
            found.append(str(ip_network(text.strip(), strict=False)))
        except ValueError as bad:
            raise _wrong("bad_address", _("“%(text)s” is no address. Write 203.0.113.7 or 203.0.113.0/24.") % {"text": text[:60]}) from bad
    return {"addresses": list(dict.fromkeys(found))} if found else {}


def _days(given: Any) -> dict[str, Any]:
    if not isinstance(given, list) or not all(type(one) is int and one in WEEK for one in given):
        raise _wrong("bad_days", _("Days of the week are 1 for Monday to 7 for Sunday."))
    days = sorted(set(given))
    return {"days": days} if days and len(days) < len(WEEK) else {}


def _hours(rule: Mapping[str, Any]) -> dict[str, Any]:
    since, until = rule.get("since") or "", rule.get("until") or ""
    try:
        found = {name: f"{time.fromisoformat(text):%H:%M}" for name, text in (("since", since), ("until", until)) if text}
    except (TypeError, ValueError) as bad:
        raise _wrong("bad_hours", _("Times are written like 08:30.")) from bad
    if len(found) == 1 or (found and found["since"] == found["until"]):
        raise _wrong("bad_hours", _("Say from when until when, two different times."))
    return found


def _wrong(code: str, sentence: str) -> Invalid:
    return Invalid([FieldError("entry", code, sentence)])
