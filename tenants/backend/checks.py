"""Whether a new connection keeps companies apart. One that might not is refused with the reason; no company is ever guessed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import Any

from django.conf import settings
from django.db import OperationalError

from tenants.backend import roles

OLDEST = 160000
PROBES = 4
QUESTION = """
    SELECT r.rolsuper, coalesce(bool_or(pg_has_role(r.oid, o.oid, 'USAGE')), false), count(*) FILTER (WHERE pg_has_role(r.oid, o.oid, 'SET'))
      FROM pg_roles r LEFT JOIN pg_roles o ON o.rolname IN (%s, %s) WHERE r.rolname = session_user GROUP BY r.rolsuper
"""
HOW = "infra/postgres/roles.sql makes the roles; docs/operations.md says how."
_checked: set[str] = set()
"""Log-ins and places that this process has found to be safe: roles do not change under it, a pooler may come in between."""


class UnsafeDatabase(OperationalError):
    """The database, or what stands in front of it, would not keep companies apart."""


def check(raw: Any, login: str, connect: Callable[[], Any]) -> None:
    """Refuse a connection on which a company's role would not hold."""
    if raw.info.server_version < OLDEST:
        raise UnsafeDatabase(
            "PostgreSQL is older than 16, where a log-in cannot be kept from inheriting the roles it may take on. Upgrade it."
        )
    pooled = raw.info.backend_pid != _server_of(raw)
    address = f"{login}@{raw.info.host}:{raw.info.port}"
    if pooled or address not in _checked:
        _check_pooler(raw, connect, pooled)
        _check_roles(raw, login)
        _checked.add(address)


def _check_roles(raw: Any, login: str) -> None:
    superuser, inherits, takes_on = raw.execute(QUESTION, [roles.owner(login), roles.platform(login)]).fetchone()
    if superuser and settings.PRODUCTION:
        raise UnsafeDatabase(f"The database log-in {login} is a superuser, whom no role holds back. Use an ordinary one: {HOW}")
    if takes_on < 2:
        raise UnsafeDatabase(f"The database log-in {login} may not take on the roles of the owner and the platform: {HOW}")
    if inherits and not superuser:
        raise UnsafeDatabase(f"The database log-in {login} has the rights of other roles without taking them on: {HOW}")


def _check_pooler(raw: Any, connect: Callable[[], Any], pooled: bool) -> None:
    """A pooler that hands a server session to another client between two statements would answer with another company's rows."""
    if pooled and settings.DATABASE_POOLING != "session":
        raise UnsafeDatabase(
            "A connection pooler stands between the product and PostgreSQL. Connect directly (connections are kept and used again anyway), "
            "or, if it pools by session, say so with DATABASE_POOLING=session. Pooling by transaction would mix companies up."
        )
    if _is_shared(raw, connect):
        raise UnsafeDatabase(
            "The connection pooler in front of PostgreSQL gives one server session to several clients (transaction pooling), "
            "which would mix companies up. Let it pool by session, or connect directly."
        )


def _is_shared(raw: Any, connect: Callable[[], Any]) -> bool:
    """Whether, while other clients are inside a transaction, one of them has this session's server or this one has lost it."""
    mine = _server_of(raw)
    with ExitStack() as others:
        for _ in range(PROBES):
            other = others.enter_context(closing(connect()))
            if _server_of(other) == mine or _server_of(raw) != mine:
                return True
    return False


def _server_of(raw: Any) -> int:
    """The server process that answers; on a connection without autocommit the transaction stays open."""
    return int(raw.execute("SELECT pg_backend_pid()", prepare=False).fetchone()[0])
