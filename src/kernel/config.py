"""A company's settings that every request needs (roles, numbering, own fields), read once and kept until they change.

One stamp per company in the shared cache is the epoch: whoever changes a setting renews it, and every process reads
anew: what another process has loaded from the company's tables since then, else the tables themselves. Without the cache
nothing is kept, so answers stay right.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache as once
from pathlib import Path
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction

T = TypeVar("T")

EPOCH = "config-epoch"
_kept: OrderedDict[str, tuple[int, dict[str, Any]]] = OrderedDict()
COMPANIES = 2000
"""Whose settings a process keeps; those read longest ago go first."""
LEFT = 12 * 3600
"""Seconds for which a loaded value is left to other processes."""
_epoch: ContextVar[tuple[str, int | None] | None] = ContextVar("epoch", default=None)

_local: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("local", default=None)


def schema() -> str:
    return str(getattr(connection, "schema_name", "public"))


def forget_epoch() -> None:
    _epoch.set(None)
    _local.set(None)


def _current(company: str) -> int | None:
    known = _epoch.get()
    if known is not None and known[0] == company:
        return known[1]
    try:
        value = cache.get_or_set(EPOCH, time.time_ns(), None)
    except Exception:
        value = None
    _epoch.set((company, value))
    return cast("int | None", value)


def cached(name: str, load: Callable[[], T]) -> T:
    """The company's setting `name`, loaded by `load` when it is not yet known in its present form."""
    company = schema()
    epoch = _current(company)
    if epoch is None:
        return _here((company, name), load)
    found = _kept.get(company)
    if found is None or found[0] != epoch:
        found = _kept[company] = (epoch, {})
        _kept.move_to_end(company)
        while len(_kept) > COMPANIES:
            _kept.popitem(last=False)
    values = found[1]
    if name not in values:
        values[name] = _from_others(f"config:{_code()}:{epoch}:{name}", load)
    return cast("T", values[name])


def _from_others(slot: str, load: Callable[[], T]) -> T:
    """What another process has loaded, else loaded and left to the others: a connection that never reads a table keeps no memory for it."""
    nothing = object()
    try:
        found = cache.get(slot, nothing)
    except Exception:
        return load()
    if found is not nothing:
        return cast("T", found)
    value = load()
    try:
        cache.set(slot, value, LEFT)
    except Exception:  # the cache is away, or the value cannot be taken out of this process
        return value
    return value


@once
def _code() -> str:
    """Names this code: a value left by an older one may have another form."""
    sum_ = hashlib.sha256()
    for app in apps.get_app_configs():
        if "site-packages" not in app.path:
            for path in sorted(Path(app.path).rglob("*.py")):
                sum_.update(path.read_bytes())
    return sum_.hexdigest()[:12]


def _here(slot: tuple[str, str], load: Callable[[], T]) -> T:
    """Without an epoch, because a setting is just being changed or the cache is away: known to this request alone."""
    known = _local.get()
    if known is None:
        known = {}
        _local.set(known)
    if slot not in known:
        known[slot] = load()
    return cast("T", known[slot])


def changed() -> None:
    """A setting changes in this transaction: all processes read anew once it is committed."""
    _epoch.set((schema(), None))
    _local.set(None)
    transaction.on_commit(_advance)


def _advance() -> None:
    forget_epoch()
    try:
        cache.set(EPOCH, time.time_ns(), None)
    except Exception:
        return
