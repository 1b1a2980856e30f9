"""PostgreSQL for many companies: one message when the company changes, none otherwise, and an error instead of a guess."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlDatabaseWrapper
from psycopg import OperationalError, sql
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from tenants import observing
from tenants.backend import roles
from tenants.backend.checks import UnsafeDatabase, check
from tenants.backend.creation import SchemaCreation
from tenants.backend.introspection import SchemaIntrospection
from tenants.backend.operations import SchemaOperations
from tenants.backend.shelf import Kept, Shelf, shelf_of
from tenants.context import PUBLIC, Chosen, CompanyUnset, HasSchema, Schema, choose, chosen

PREPARED = 1000
"""Statements a connection keeps prepared: those of all resources together, not the driver's hundred."""


@lru_cache(maxsize=4096)
def message(role: str, schema: str) -> bytes:
    """What is sent when a connection changes to a company."""
    names = [schema] if schema == PUBLIC else [schema, PUBLIC]
    path = sql.SQL(", ").join([sql.Identifier(name) for name in names])
    return sql.SQL("SET ROLE {}; SET search_path = {}").format(sql.Identifier(role), path).as_bytes()


class DatabaseWrapper(PostgresqlDatabaseWrapper):
    """A connection that takes on the role and the schema of the company that the running code works for, before every statement."""

    introspection_class = SchemaIntrospection
    creation_class = SchemaCreation
    ops_class = SchemaOperations
    include_public_schema = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._kept: Kept | None = None
        self._taken: Kept | None = None
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(observing.timed)

    @property
    def tenant(self) -> HasSchema | None:
        return chosen().tenant

    @property
    def schema_name(self) -> str:
        return chosen().schema_name

    def set_tenant(self, tenant: HasSchema | None, include_public: bool = True) -> None:
        """Choose the company; costs nothing until the next statement. None: nobody, and every statement is refused."""
        choose(tenant)

    def set_schema(self, schema_name: str, include_public: bool = True, tenant_type: str | None = None) -> None:
        choose(Schema(schema_name) if schema_name else None)

    def set_schema_to_public(self) -> None:
        choose(Schema(PUBLIC))

    @property
    def shelf(self) -> Shelf:
        """Where this database's connections lie between two requests."""
        told = self.settings_dict
        return shelf_of(str(told["NAME"]), told["HOST"], str(told["PORT"]), told["USER"])

    def connect(self) -> None:
        """Take an idle connection that has met the company, or make one. Work as the owner of tables has connections of its own."""
        now = chosen()
        shared = self.alias != NO_DB_ALIAS and not now.as_owner
        self._taken = self.shelf.take(now.around or now.schema_name) if shared else None
        try:
            super().connect()
            if self._taken is not None:
                self.close_at = self._taken.until
        finally:
            self._taken = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        return self._taken.raw if self._taken is not None else self._connect_anew(conn_params)

    def _connect_anew(self, conn_params: dict[str, Any]) -> Any:
        raw = super().get_new_connection(conn_params)
        raw.prepared_max = PREPARED
        return raw

    def init_connection_state(self) -> None:
        self._kept = self._taken or Kept(self.connection, self.close_at)
        if self._taken is not None:
            return
        try:
            if self.alias != NO_DB_ALIAS:
                check(self.connection, self.settings_dict["USER"], lambda: self._connect_anew(self.get_connection_params()))
                self.shelf.made(self.connection)
        except UnsafeDatabase:
            self.close()
            raise
        super().init_connection_state()

    def close(self) -> None:
        self._kept = None
        super().close()

    def _unsettle(self) -> None:
        if self._kept is not None:
            self._kept.session = None

    def rollback(self) -> None:
        """It takes back a SET made inside the transaction, so nothing is known of the session any more."""
        self._unsettle()
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        try:
            super().savepoint_rollback(sid)
        finally:
            self._unsettle()

    def session_sql(self, now: Chosen) -> bytes:
        """Everything that makes the session this company's, as one message."""
        login, schema = self.settings_dict["USER"], now.schema_name
        return message(roles.owner(login) if now.as_owner or self.alias == NO_DB_ALIAS else roles.of(login, schema), schema)

    def _cursor(self, name: str | None = None) -> Any:
        if not chosen().schema_name:
            raise CompanyUnset
        cursor = super()._cursor(name)  # type: ignore[misc]
        self._settle()
        return cursor

    def validate_no_broken_transaction(self) -> None:
        """Asked by Django before every statement: a cursor that was opened for one company may be used for another by now."""
        super().validate_no_broken_transaction()
        self._settle()

    def _settle(self) -> None:
        now = chosen()
        schema = now.schema_name
        if not schema:
            raise CompanyUnset
        wanted, kept = (schema, now.as_owner), self._kept
        if kept is None or wanted == kept.session:
            return
        pgconn = kept.raw.pgconn
        if pgconn.transaction_status == TransactionStatus.INERROR:
            return  # PostgreSQL takes nothing but a rollback now, which must get through
        kept.session = None
        with self.wrap_database_errors:
            answer = pgconn.exec_(self.session_sql(now))  # past the driver's cursor: it is no query of the request
            if answer.status != ExecStatus.COMMAND_OK:
                raise error_from_result(answer) if pgconn.status == ConnStatus.OK else OperationalError("The connection was lost.")
        kept.session = wanted
        if schema != PUBLIC:
            kept.met.add(schema)

    def is_usable(self) -> bool:
        """After an error a new connection is worth its milliseconds: prepared statements may have gone stale."""
        return self._kept is not None and not self.errors_occurred and self._kept.alive()

    def close_if_unusable_or_obsolete(self) -> None:
        """Between requests: what is in order goes back to the others."""
        super().close_if_unusable_or_obsolete()
        self.release()

    def release(self) -> None:
        """Let another thread have the connection, unless a transaction runs; the next statement takes the one that suits it."""
        kept = self._kept
        if kept is None or self.connection is None or self.in_atomic_block or self.alias == NO_DB_ALIAS:
            return
        if kept.raw.pgconn.transaction_status != TransactionStatus.IDLE:
            self.close()
            return
        self.connection = self._kept = None
        self.shelf.give(kept)
