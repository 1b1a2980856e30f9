"""A program at a company's API, as docs/api.md tells it: JSON in and out, and a word when an answer is not the one expected."""

from __future__ import annotations

import json
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import registry
from tenants.context import tenant_context
from tenants.models import Tenant
from tests.founding import browser

Json = dict[str, Any]
PREFIX = "/api/v1"
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")


class Api:
    """One person at one company."""

    def __init__(self, company: Tenant, client: Client, member: int | None = None) -> None:
        self.company, self.client, self.member = company, client, member

    @classmethod
    def of_owner(cls, company: Tenant) -> Self:
        return cls.of_account(company, company.owner_id, 1)

    @classmethod
    def of_account(cls, company: Tenant, account: int, member: int | None = None) -> Self:
        client = browser(company)
        with tenant_context(company):
            client.force_login(get_user_model().objects.get(pk=account))
        return cls(company, client, member)

    # any address -----------------------------------------------------------------------------------------------------
    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> tuple[int, Any]:
        """The status and the parsed body, whatever they are."""
        given = {} if data is None else {"data": json.dumps(data), "content_type": "application/json"}
        answer = getattr(self.client, method)(PREFIX + path, **given, headers=headers)
        is_json = "json" in answer.headers.get("Content-Type", "") and answer.content
        return answer.status_code, json.loads(answer.content, parse_float=no_float) if is_json else getattr(answer, "content", b"")

    def expect(self, status: int, method: str, path: str, data: Any = None, **headers: str) -> Any:
        found, body = self.ask(method, path, data, **headers)
        assert found == status, f"{method} {path}: {found}, not {status}: {body}"
        return body

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        return self.expect(status, "get", path, **headers)

    def post(self, path: str, data: Any = None, status: int = 200, **headers: str) -> Any:
        return self.expect(status, "post", path, {} if data is None else data, **headers)

    def patch(self, path: str, data: Any, status: int = 200, **headers: str) -> Any:
        return self.expect(status, "patch", path, data, **headers)

    def put(self, path: str, data: Any, status: int = 204, **headers: str) -> Any:
        return self.expect(status, "put", path, data, **headers)

    def delete(self, path: str, status: int = 204, **headers: str) -> Any:
        return self.expect(status, "delete", path, **headers)

    # documents -------------------------------------------------------------------------------------------------------
    def rows(self, key: str, query: str = "") -> list[Json]:
        return self.get(f"{at(key)}?{query}")["rows"]

    def one(self, key: str, query: str = "") -> Json:
        """The only row of a list."""
        (row,) = self.rows(key, query)
        return self.read(key, row["id"])

    def latest(self, key: str) -> Json:
        """The last document of a kind."""
        return self.read(key, self.rows(key, "sort=-id&limit=1")[0]["id"])

    def read(self, key: str, pk: int) -> Json:
        return self.get(f"{at(key)}{pk}/")

    def again(self, document: Json) -> Json:
        """The document as it is now."""
        return self.read(document["_key"], document["id"])

    def create(self, key: str, values: Json, status: int = 201) -> Json:
        return self.post(at(key), values, status)

    def change(self, document: Json, values: Json, status: int = 200) -> Json:
        return self.patch(where(document), {"version": document["version"], **values}, status)

    def act(self, document: Json, verb: str, status: int = 200, **values: Any) -> Json:
        """Carry out a verb; the answer has the `document` and what was `created`."""
        return self.post(f"{where(document)}{verb}/", values, status)

    def made(self, document: Json, verb: str, key: str, **values: Any) -> Json:
        """Carry out a verb and read the one document of a kind that it made."""
        (one,) = [row for row in self.act(document, verb, **values)["created"] if row["_key"] == key]
        return self.read(key, one["id"])

    def refused(self, document: Json, verb: str, code: str, status: int = 409, **values: Any) -> Json:
        """Carry out a verb that must be refused with this code and leave everything as it was."""
        before = self.again(document)
        told = self.act(document, verb, status, **values)
        assert (told["code"], self.again(document)) == (code, before), told
        assert told["detail"]
        return told

    def statements(self, path: str) -> int:
        """How many SQL statements a reading takes once roles and settings are known to the process."""
        self.get(path)
        with CaptureQueriesContext(connection) as queries:
            self.get(path)
        return sum(not query["sql"].startswith(CONTROL) for query in queries.captured_queries)


def no_float(text: str) -> None:
    raise AssertionError(f"{text} came as a JSON number with a point: amounts and rates are decimal strings")


def at(key: str) -> str:
    """Where a kind of document is found, below the prefix."""
    return registry.get(key).url.removeprefix(PREFIX)


def where(document: Json) -> str:
    return f"{at(document['_key'])}{document['id']}/"
