"""Counts the SQL statements of a request, transaction control left out, and the time spent waiting for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Counting:
    """Answers with `X-SQL: <statements> <milliseconds>`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count, spent = 0, 0.0

        def counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            nonlocal count, spent
            count += not sql.startswith(CONTROL)
            started = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent += time.perf_counter() - started

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response["X-SQL"] = f"{count} {spent * 1000:.2f}"
        return response
