"""Queries on the tables of the log-in step onto the platform by themselves (record 0041).

People log in once for all companies, so accounts and sessions are the platform's and no company's role may see them. The
libraries that keep them ask in the middle of a company's request; each such question is put as the platform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.backends.postgresql import compiler

from tenants.context import PUBLIC, chosen, public_context

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler as Base
else:
    Base = object

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class AtHome(Base):
    """Puts a query where its table is."""

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        model = self.query.model
        if model is None or model._meta.app_label not in settings.LOG_IN_APPS or chosen().schema_name in ("", PUBLIC):
            return super().execute_sql(*args, **kwargs)
        with public_context():
            return super().execute_sql(*args, **kwargs)


class SQLCompiler(AtHome, compiler.SQLCompiler):
    pass


class SQLInsertCompiler(AtHome, compiler.SQLInsertCompiler):
    pass


class SQLDeleteCompiler(AtHome, compiler.SQLDeleteCompiler):
    pass


class SQLUpdateCompiler(AtHome, compiler.SQLUpdateCompiler):
    pass


class SQLAggregateCompiler(AtHome, compiler.SQLAggregateCompiler):
    pass
