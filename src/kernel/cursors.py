"""Where a page of a list ends: the next one goes on behind its last row, whatever was added or taken away meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from kernel.refusals import Refused

M = TypeVar("M", bound=Model)


def beyond(path: str, down: bool, value: Any, key: int) -> Q:
    """Rows after a given one in the list's order, written so that an index on (path, id) is used as a range."""
    step = "lt" if down else "gt"
    if path == "id":
        return Q(**{f"id__{step}": key})
    later = Q(**{f"id__{step}": key})
    if value is None:
        return (
            Q(**{f"{path}__isnull": True}) & later
            if not down
            else (Q(**{f"{path}__isnull": True}) & later) | Q(**{f"{path}__isnull": False})
        )
    within = Q(**{f"{path}__{step}e": value}) & (Q(**{f"{path}__{step}": value}) | later)
    return within if down else within | Q(**{f"{path}__isnull": True})


def closed(value: Any, key: int, path: str) -> str:
    kind = next((name for name, cls in (("t", datetime), ("d", date), ("n", Decimal)) if isinstance(value, cls)), "")
    plain = value.isoformat() if kind in ("t", "d") else str(value) if kind == "n" else value
    return base64.urlsafe_b64encode(json.dumps([path, kind, plain, key]).encode()).decode()


def opened(cursor: str, path: str) -> tuple[Any, int]:
    try:
        of, kind, plain, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        read: Any = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}.get(kind, lambda same: same)
        value = read(plain)
        if of != path or not isinstance(key, int) or isinstance(key, bool) or isinstance(value, dict | list) or "\x00" in str(value):
            raise ValueError
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error) as bad:
        raise Refused("bad_cursor", _("This page does not belong to this list. Please start again at the first page."), status=400) from bad
    return value, key


def number(text: str) -> int | None:
    """The id that a query names; None when it names none."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def before(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """The rows of a list, newest first, that come after the one at which the last page ended."""
    last = number(text)
    return rows if last is None else rows.filter(pk__lt=last)
