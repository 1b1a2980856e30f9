"""Cache keys carry the company, so that no company reads what another has kept."""

from __future__ import annotations

from typing import Any

from tenants.context import PUBLIC, current_schema

SHARED = "shared:"
SHARED_PREFIXES = (SHARED, "django.contrib.sessions.", "allauth:")


def make_key(key: Any, key_prefix: str, version: int) -> str:
    """`<prefix>:<version>:<schema>:<key>`.

    Log-ins and their limits belong to people, who live in the public schema: a session ended anywhere is ended, and
    guessing a password counts once for all companies. Whether a person may enter is asked of the company each time.
    """
    text = str(key)
    schema = PUBLIC if text.startswith(SHARED_PREFIXES) else current_schema()
    return f"{key_prefix}:{version}:{schema}:{text}"
