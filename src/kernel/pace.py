"""How fast one person, or a program in their name, may change things: far beyond what anybody does by hand.

Each process counts for itself and tells the others in steps, so that a usual change asks nobody.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from kernel import config
from kernel.access import Actor
from kernel.refusals import Refused

STEP = 20
MINUTE = 60


class TooFast(Refused):
    """More than anybody does by hand."""

    def __init__(self, wait: int) -> None:
        sentence = _("So many changes in one minute are not taken, and this one was not made. Go on in %(n)d seconds.")
        super().__init__("too_fast", sentence % {"n": wait}, status=429)
        self.wait = wait


class Minute:
    """What this process has counted in the running minute, by company and person."""

    def __init__(self) -> None:
        self.number = 0
        self.own: dict[tuple[str, int], int] = {}
        self.over: set[tuple[str, int]] = set()

    def count(self, who: tuple[str, int], most: int) -> None:
        now = time.time()
        if int(now // MINUTE) != self.number:
            self.number, self.own, self.over = int(now // MINUTE), {}, set()
        self.own[who] = self.own.get(who, 0) + 1
        if self.own[who] % STEP == 0 and _together(f"pace:{self.number}:{who[1]}") > most:
            self.over.add(who)
        if who in self.over:
            raise TooFast(MINUTE - int(now % MINUTE))


def _together(slot: str) -> int:
    """What all processes have counted, with another step of this one; without the cache nobody is held up."""
    try:
        cache.add(slot, 0, 2 * MINUTE)
        return int(cache.incr(slot, STEP))
    except (OSError, RedisError):
        return 0


_running = Minute()


def ask(actor: Actor) -> None:
    """Count a change, and refuse it when this person has made too many in this minute."""
    if settings.CHANGES_A_MINUTE:
        _running.count((config.schema(), actor.account or actor.id or 0), settings.CHANGES_A_MINUTE)
