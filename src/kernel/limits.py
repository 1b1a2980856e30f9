"""The port through which the platform says how much a company may use; the places where something is used ask here.

    @meter("seats")
    def seats() -> int: ...              # the app that keeps a thing counts it

Who knows what a company has bought fills in `port.allowed`; without it there are no limits. A refusal says how to go on
and takes nothing away. What is allowed is kept like every setting of a company, so asking costs no query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from kernel import clock, config
from kernel.refusals import Help, Refused

GB = 2**30
SLACK = 110
"""Percent of the documents of a month up to which programs and imports still get through; people at a form always do."""
KEPT = 40 * 24 * 3600
ALWAYS = frozenset({"kernel", "organization"})
"""Parts of the product that every plan holds, because nobody could work without them."""
SENTENCES: Mapping[str, Any] = {
    "seats": _("All %(most)s seats of your plan are taken. An administrator can add seats or choose a larger plan under Subscription."),
    "storage": _(
        "The %(most)s GB of storage of your plan are full. Nothing was deleted. "
        "An administrator can choose a larger plan under Subscription, or files that are no longer needed can be removed."
    ),
    "documents": _(
        "This month's %(most)s documents are used up by more than a tenth, so programs and imports make no further ones. "
        "People can go on at their forms. An administrator can choose a larger plan under Subscription."
    ),
    "api_calls": _(
        "This month's %(most)s API calls are used up. Calls work again from %(again)s, "
        "or at once with a larger plan, which an administrator can choose under Subscription."
    ),
    "apps": _("Your plan does not include this part of the product. What is there can be read. A larger plan opens it: see Subscription."),
}
USED_UP = _(
    "This month's %(most)s documents are used up. People can go on at their forms; programs and imports stop a tenth beyond. "
    "An administrator can choose a larger plan under Subscription."
)


@dataclass(frozen=True)
class Allowances:
    """What a company may use, and what it had used in a month when that was last counted. A name that is missing has no limit."""

    most: Mapping[str, int] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    month: date | None = None
    apps: frozenset[str] = frozenset()
    beyond: Mapping[str, str] = field(default_factory=dict)
    """What goes on beyond its limit because it is charged: name → a sentence on what it costs."""

    def ends(self, name: str) -> int | None:
        """The number at which something stops; none where more of it is charged."""
        return None if name in self.beyond else self.most.get(name)


class Port:
    """Filled in by whoever knows what the company has bought."""

    allowed: Callable[[], Allowances] = Allowances


class Reached(Refused):
    """More than the plan allows."""

    def __init__(self, name: str, *, status: int = 403, wait: int = 0, **told: Any) -> None:
        way = [Help(str(_("Subscription")), "page.subscription.open")]
        super().__init__(f"limit_{name}", SENTENCES[name] % told, status=status, help=way, extra={"limit": name})
        self.wait = wait


port = Port()
_meters: dict[str, Callable[[], int]] = {}


def meter(name: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register the function that counts how much of something the company uses now, or has used this month."""

    def register(function: Callable[[], int]) -> Callable[[], int]:
        _meters[name] = function
        return function

    return register


def measured() -> dict[str, int]:
    """Everything counted now, in the company's schema."""
    return {name: count() for name, count in _meters.items()}


def allowed() -> Allowances:
    return config.cached("limits", port.allowed)


def used(name: str) -> int:
    """What was counted last; nothing when that was another month."""
    found = allowed()
    return found.used.get(name, 0) if found.month == month() else 0


def month() -> date:
    return clock.now().date().replace(day=1)


def ask_seats(taken: int) -> None:
    """Refuse one more colleague when `taken` seats are all there are."""
    most = allowed().most.get("seats")
    if most is not None and taken >= most:
        raise Reached("seats", most=most)


def ask_storage(adding: int) -> None:
    """Refuse a file that does not fit any more."""
    most = allowed().most.get("storage")
    if most is not None and _meters["storage"]() + adding > most:
        raise Reached("storage", status=413, most=most // GB)


def opens(app: str) -> bool:
    """Whether the company's plan holds this part of the product."""
    found = allowed().apps
    return not found or app in found or app in ALWAYS


def ask_open(app: str) -> None:
    """Refuse to change what belongs to an app that is not bought; reading it stays possible."""
    if not opens(app):
        raise Reached("apps")


def ask_creating(app: str, *, program: bool, adding: int = 1) -> None:
    """Refuse a new document of an app that is not bought, or, to programs and imports, one far beyond the month's number."""
    ask_open(app)
    found = allowed()
    most = found.ends("documents")
    if program and most is not None and (used("documents") + adding) * 100 > most * SLACK:
        raise Reached("documents", most=most)


def notices() -> list[dict[str, str]]:
    """What everybody should know before it stops them."""
    found = allowed()
    most = found.most.get("documents")
    if most is None or used("documents") < most:
        return []
    return [{"name": "documents", "detail": found.beyond.get("documents") or str(USED_UP % {"most": most})}]


# calls of programs ---------------------------------------------------------------------------------------------------
def _slot() -> str:
    return f"api-calls:{month():%Y-%m}"


def count_call() -> None:
    """Count a call of a program, and refuse it when the month's calls are used up. Without the cache nothing is counted or refused."""
    most = allowed().ends("api_calls")
    try:
        calls = _one_more()
        if most is None or calls <= most:
            return
        cache.decr(_slot())
    except (OSError, RedisError):
        return
    again = following(month())
    wait = int((datetime.combine(again, datetime.min.time(), clock.now().tzinfo) - clock.now()).total_seconds())
    raise Reached("api_calls", status=429, wait=wait, most=most, again=again.isoformat())


def _one_more() -> int:
    try:
        return int(cache.incr(_slot()))
    except ValueError:  # the first of a month, or the cache was emptied: go on from what was counted last
        cache.add(_slot(), used("api_calls"), KEPT)
        return int(cache.incr(_slot()))


def following(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


@meter("api_calls")
def calls() -> int:
    try:
        return int(cache.get(_slot()) or used("api_calls"))
    except (OSError, RedisError):
        return used("api_calls")
