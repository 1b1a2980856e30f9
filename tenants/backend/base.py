"""PostgreSQL for many companies: one `SET` when the company changes, none otherwise, and an error instead of a guess."""

from __future__ import annotations

import select
import threading
from typing import Any

from django.conf import settings
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsDatabaseWrapper
from psycopg.pq import TransactionStatus

from tenants.backend.introspection import SchemaIntrospection
from tenants.context import PUBLIC, CompanyUnset, HasSchema, Schema

PREPARED = 1000
"""Statements a connection keeps prepared: those of all resources together, not the driver's hundred."""


class DatabaseWrapper(TenantsDatabaseWrapper):
    """A connection that knows its company.

    Threads other than the main one start without a company and refuse to work until they are given one: falling back
    to the public schema, as usual, would write a company's rows where everybody looks.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._wanted = self._session = ""
        self._visited: set[str] = set()
        super().__init__(*args, **kwargs)
        self.introspection = SchemaIntrospection(self)
        self.set_tenant(Schema(PUBLIC) if threading.current_thread() is threading.main_thread() else None)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        raw = super().get_new_connection(conn_params)
        raw.prepared_max = PREPARED
        return raw

    def set_tenant(self, tenant: HasSchema | None, include_public: bool = True) -> None:
        """Choose the company; costs nothing until the next statement. None: nobody, and every statement is refused."""
        self.tenant = tenant
        self.schema_name = tenant.schema_name if tenant else ""
        self.include_public_schema = include_public
        self._wanted = self.session_sql() if tenant else ""

    def close(self) -> None:
        self._forget_session()
        self._visited.clear()
        super().close()

    def rollback(self) -> None:
        self._forget_session()
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        try:
            super().savepoint_rollback(sid)
        finally:
            self._forget_session()

    def _forget_session(self) -> None:
        """A rollback takes back a SET made inside the transaction, so nothing is known of the session any more."""
        self._session = ""

    def session_sql(self) -> str:
        """Everything that makes the session this company's, as one message (a role of its own would go here)."""
        names = [self.ops.quote_name(name) for name in self._get_cursor_search_paths()]
        return f"SET search_path = {', '.join(names)}"

    def _handle_search_path(self, cursor: Any = None) -> None:
        wanted = self._wanted
        if not wanted:
            raise CompanyUnset
        if wanted == self._session:
            return
        raw = self.connection
        if raw.pgconn.transaction_status == TransactionStatus.INERROR:
            return  # PostgreSQL takes nothing but a rollback now, which must get through
        with self.wrap_database_errors:
            raw.execute(wanted)  # past Django's cursor: it is no query of the request and is not counted as one
        self._session = wanted
        self._visited.add(self.schema_name)

    def is_usable(self) -> bool:
        """Ask the socket, not the server: an idle connection with something to read has been closed from the other side."""
        raw = self.connection
        if raw is None or raw.closed or self.errors_occurred:
            return False  # after an error a new connection is worth its milliseconds: prepared statements may have gone stale
        poll = select.poll()
        poll.register(raw.fileno(), select.POLLIN)
        return not poll.poll(0)

    def close_if_unusable_or_obsolete(self) -> None:
        """Between requests: also drop a connection that has met many companies, whose catalog cache only grows."""
        if len(self._visited) > settings.COMPANIES_PER_CONNECTION and not self.in_atomic_block:
            self.close()
        super().close_if_unusable_or_obsolete()
