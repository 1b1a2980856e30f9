"""What a program's token is for: `read`, `write`, and the same for some document types (`read:sales.*`, `write:partners.partner`).

A token never gives more than its owner's roles; scopes only take away. `write` includes `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

READING = frozenset({"read", "print", "export"})
FORM = re.compile(r"(?:read|write)(?::(?:\*|[a-z_]+\.(?:\*|[a-z_]+)))?")
MOST = 20


def well_formed(told: Iterable[str]) -> bool:
    told = list(told)
    return 0 < len(told) <= MOST and all(FORM.fullmatch(one) for one in told)


def allow(limits: Iterable[str], key: str, verb: str) -> bool:
    """Whether one of the scopes covers this verb of this document type."""
    wanted = ("", "*", key, f"{key.partition('.')[0]}.*")
    for limit in limits:
        kind, _sep, pattern = limit.partition(":")
        if pattern in wanted and (kind == "write" or verb in READING):
            return True
    return False


def writes(limits: Iterable[str]) -> bool:
    """Whether the token may change anything at all."""
    return any(limit.partition(":")[0] == "write" for limit in limits)
