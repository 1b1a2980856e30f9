"""Schemathesis reads the OpenAPI description and asks everything it allows, and much that it does not: never a fault (5xx).

The examples follow from a fixed seed, so that two runs ask the same.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode

from kernel import registry
from tests import trade
from tests.api import Api, Json
from tests.founding import browser
from tests.kernel import examples

EXAMPLES = 3
SEED = 20261121
LEAVES = re.compile(r"/(logout|me/tokens)/")
"""What would end the session or the token of whoever asks."""


@pytest.fixture(scope="module")
def asking(api: Api) -> Api:
    """A second administrator, by token, of a company that has some of everything: what is asked may well disable the first."""
    examples.fill(api)
    second = trade.join(api, "Administrator")
    for key in ("organization.member", "organization.role"):
        examples.create(registry.get(key), api)  # what is done to the latest is not done to whoever asks
    made = second.post("/me/tokens/", {"name": "schemathesis", "days": 1}, 201)
    return Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {made['token']}"), second.member)


@pytest.fixture(scope="module")
def described(asking: Api) -> Json:
    return asking.get("/schema/")


@pytest.fixture(scope="module")
def there(asking: Api) -> dict[str, int]:
    """{address: the id of a document that is there}; the latest."""
    return {resource.url: asking.rows(resource.key, "sort=-id&limit=1")[0]["id"] for resource in registry.everything().values()}


def send(asking: Api, case: Any, pk: int | None) -> tuple[str, int, bytes]:
    """Carry a case out; with `pk` at a document that is there."""
    parameters = {name: str(value) for name, value in (case.path_parameters or {}).items()}
    if pk is not None and "id" in parameters:
        parameters["id"] = str(pk)
    path = case.path
    for name, value in parameters.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="") or "-")
    query = case.query or {}
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else None
    given = (
        {}
        if case.method in ("GET", "HEAD") or body is None
        else {"data": json.dumps(body, default=str), "content_type": "application/json"}
    )
    request = getattr(asking.client, case.method.lower())
    answer = request(path, **given, query_params=query)
    return path, answer.status_code, getattr(answer, "content", b"")[:300]


def asked(asking: Api, operation: Any, known: int | None) -> list[tuple[Any, int, bytes]]:
    """The cases of an operation, every other one at a document that is there, with what was answered."""
    answers: list[tuple[Any, int, bytes]] = []

    @seed(SEED)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        path, status, told = send(asking, case, known if len(answers) % 2 == 0 else None)
        answers.append(((case.method, path, case.query, case.body), status, told))

    ask()
    return answers


def test_nothing_that_the_description_allows_is_a_fault(asking: Api, described: Json, there: dict[str, int], caplog):
    caplog.set_level(logging.CRITICAL, "django.request")
    schema = schemathesis.openapi.from_dict(described)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    answers = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if not LEAVES.search(operation.path):
            known = next((pk for url, pk in there.items() if operation.path.startswith(url)), None)
            answers += asked(asking, operation, known)
    assert [answer for answer in answers if answer[1] >= 500] == []
    assert {status for _case, status, _told in answers} >= {200, 201, 400, 404, 409, 422}
    assert asking.get("/meta/")["member"]["is_admin"]
