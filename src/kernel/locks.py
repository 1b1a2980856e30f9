"""Taking turns where there is no row to lock."""

from __future__ import annotations

from django.db import connection

from kernel import config


def take_turns(at: str) -> None:
    """From here until the transaction ends one at a time in each company, for checks that what is new is not there already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [config.schema(), at])
