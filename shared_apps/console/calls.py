"""Calls of programs, counted in Valkey while the hour runs and written to the platform's log when it is over (W-2.1.3)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from redis.exceptions import RedisError

from shared_apps.accounts.log import address_of, agent_of
from shared_apps.console.models import PlatformLog
from tenants.observing import store

HOUR = 3600
HOURS = 24
"""So long an hour waits for somebody who writes it down."""
SLOWEST = 5
NUMBER = re.compile(r"/\d+")
Call = tuple[int, int | None]
"""Whose program, and in which company."""


def key_of(hour: int, call: Call | None = None) -> str:
    return f"millwright:calls:{hour}" + (f":{call[0]}:{call[1] or ''}" if call else "")


def count(call: Call, request: HttpRequest, status: int, milliseconds: int) -> bool:
    """One more call, in one round trip; tells whether it is the first of this hour. Without Valkey nothing is counted."""
    hour = int(time.time() // HOUR)
    index, key = key_of(hour), key_of(hour, call)
    kind = NUMBER.sub("/#", f"{request.method} {request.path.removeprefix('/api/v1')}")[:120]
    try:
        with store().pipeline(transaction=False) as line:
            line.hincrby(key, "count", 1)
            line.hincrby(key, "refused", int(status >= 400))
            line.hset(key, mapping={"ip": address_of(request) or "", "agent": agent_of(request)})
            line.zadd(f"{key}:slow", {kind: milliseconds}, gt=True)
            line.zremrangebyrank(f"{key}:slow", 0, -SLOWEST - 1)
            line.sadd(index, f"{call[0]}:{call[1] or ''}")
            for kept in (index, key, f"{key}:slow"):
                line.expire(kept, (HOURS + 1) * HOUR)
            return bool(line.execute()[0] == 1)
    except (OSError, RedisError):
        return False


def write_down(at: datetime) -> int:
    """A line for every program and company of each hour that is over. The counts go once the lines are kept."""
    now = int(at.timestamp() // HOUR)
    lines = []
    for hour in range(now - HOURS, now):
        found = list(_of(hour))
        for line in found:
            line.save()
        if found:
            store().delete(*_keys(hour))
        lines += found
    return len(lines)


def _of(hour: int) -> Iterator[PlatformLog]:
    ended = datetime.fromtimestamp((hour + 1) * HOUR, UTC)
    for call in _calls(hour):
        told: Any = store().hgetall(key_of(hour, call))
        slowest: Any = store().zrevrange(f"{key_of(hour, call)}:slow", 0, 0, withscores=True)
        data = {"calls": int(told.get("count", 0)), "refused": int(told.get("refused", 0))}
        data |= {"slowest": slowest[0][0], "ms": int(slowest[0][1])} if slowest else {}
        yield PlatformLog(
            at=ended, account=call[0], company=call[1], kind="api", ip=told.get("ip") or None, agent=told.get("agent", ""), data=data
        )


def _calls(hour: int) -> list[Call]:
    members: Any = store().smembers(key_of(hour))
    split = (member.partition(":") for member in sorted(members))
    return [(int(account), int(company) if company else None) for account, _sep, company in split]


def _keys(hour: int) -> list[str]:
    keys = [key_of(hour, call) for call in _calls(hour)]
    return [key_of(hour), *keys, *(f"{key}:slow" for key in keys)]
