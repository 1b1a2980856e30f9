"""What goes wrong or slowly, counted by kind for a day: unhandled errors and slow statements. No values, no names, no text that people typed.

Counted in Valkey by the hour: there it survives the transaction that failed, costs the database nothing, and is forgotten by itself.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import time
import traceback
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

HOUR = 3600
HOURS = 24
KINDS_AT_MOST = 500
"""Kinds a hour: more of them are a storm, whose first ones tell enough."""
OURS = ("tenant_apps", "shared_apps", "tenants", "kernel", "config")
LONGEST = 600


@dataclass
class Counted:
    """One kind of event in the last day."""

    told: dict[str, str]
    count: int = 0
    milliseconds: int = 0
    longest: int = 0
    last: float = 0


@functools.cache
def store() -> Redis:
    return Redis.from_url(settings.CELERY_BROKER_URL, decode_responses=True, socket_timeout=1, socket_connect_timeout=1)


def _key(what: str, hour: int) -> str:
    return f"millwright:observed:{what}:{hour}"


def count(what: str, told: dict[str, str], milliseconds: int = 0) -> None:
    """One more of this kind. Where Valkey is away nothing is counted, and nobody is held up."""
    text = json.dumps(told, sort_keys=True)
    kind = hashlib.sha256(text.encode()).hexdigest()[:16]
    key = _key(what, int(time.time() // HOUR))
    try:
        if store().hlen(key) >= KINDS_AT_MOST * 4 and not store().hexists(key, f"told:{kind}"):
            return
        with store().pipeline(transaction=False) as line:
            line.hset(key, f"told:{kind}", text)
            line.hset(key, f"last:{kind}", str(time.time()))
            line.hincrby(key, f"count:{kind}", 1)
            line.hincrby(key, f"ms:{kind}", milliseconds)
            line.zadd(f"{key}:longest", {kind: milliseconds}, gt=True)
            line.expire(key, (HOURS + 1) * HOUR)
            line.expire(f"{key}:longest", (HOURS + 1) * HOUR)
            line.execute()
    except (OSError, RedisError):
        return


def last_day(what: str) -> list[Counted]:
    """All kinds of the last 24 hours, in two round trips."""
    now = int(time.time() // HOUR)
    with store().pipeline(transaction=False) as line:
        for hour in range(now - HOURS + 1, now + 1):
            line.hgetall(_key(what, hour))
            line.zrange(f"{_key(what, hour)}:longest", 0, -1, withscores=True)
        answers: list[Any] = line.execute()
    found: dict[str, Counted] = {}
    for fields, longest in zip(answers[::2], answers[1::2], strict=True):
        for kind, top in longest:
            if f"told:{kind}" in fields:
                one = found.setdefault(kind, Counted(json.loads(fields[f"told:{kind}"])))
                one.count += int(fields[f"count:{kind}"])
                one.milliseconds += int(fields[f"ms:{kind}"])
                one.longest, one.last = max(one.longest, int(top)), max(one.last, float(fields[f"last:{kind}"]))
    return list(found.values())


# slow statements -----------------------------------------------------------------------------------------------------
def timed(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Around every statement: the text of a slow one is counted, with places where its values were."""
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        spent = time.perf_counter() - started
        if spent * 1000 >= settings.SLOW_STATEMENT_MS:
            count("slow", {"sql": _shape(sql)}, round(spent * 1000))


def _shape(sql: Any) -> str:
    """Statements of the ORM carry their values apart; of one that is written out only what stands before its first value."""
    text = sql if isinstance(sql, str) else sql.as_string(None) if hasattr(sql, "as_string") else ""
    return " ".join(text.partition("'")[0].split())[:LONGEST]


# errors --------------------------------------------------------------------------------------------------------------
class Faults(logging.Handler):
    """Counts errors that nobody handled: their class, and the line of ours in which they happened; their messages may quote people."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            count("fault", {"error": type(error).__name__, "place": place_of(error)})


def place_of(error: BaseException) -> str:
    """`kernel.jobs:120 run`: the innermost line of the product's own code."""
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    own = [(frame, line) for frame, line in frames if str(frame.f_globals.get("__name__", "")).partition(".")[0] in OURS]
    if not (own or frames):
        return ""
    frame, line = (own or frames)[-1]
    return f"{frame.f_globals.get('__name__', '')}:{line} {frame.f_code.co_name}"
