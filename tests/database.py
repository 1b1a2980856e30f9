"""A connection past the product, for looking on, standing in the way, and pulling the plug."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection

from tenants.backend import roles


def asked(sql: str) -> Any:
    """PostgreSQL's answer to the product's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def log_in(**more: Any) -> psycopg.Connection[Any]:
    """The product's own log-in, which has taken on no role."""
    told = connection.settings_dict
    place = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"] or None, "dbname": told["NAME"]}
    return psycopg.connect(**{**place, **more})


def as_owner(**more: Any) -> psycopg.Connection[Any]:
    """The role that owns all tables."""
    return log_in(options=f"-c role={roles.owner(connection.settings_dict['USER'])}", **more)
