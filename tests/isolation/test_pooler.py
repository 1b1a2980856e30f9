"""Behind a connection pooler the product answers rightly or not at all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from infra import programs
from tenants.backend import checks
from tenants.backend.checks import UnsafeDatabase
from tenants.context import public_context, tenant_context
from tests.database import log_in
from tests.isolation.pooler import SESSION, TRANSACTION, Pooler, pooling
from tests.tenants.trap import lay

Opened = Callable[[Pooler], Any]


@pytest.fixture(autouse=True)
def unprobed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just started."""
    monkeypatch.setattr(checks, "_checked", set())


@pytest.fixture
def pooler(platform, request: pytest.FixtureRequest) -> Iterator[Pooler]:
    told = connection.settings_dict
    with pooling(told["HOST"], int(told["PORT"]), *request.param) as made:
        yield made


@pytest.fixture
def opened() -> Iterator[Opened]:
    """`opened(pooler)`: a connection of the product through the pooler."""
    made = []

    def through(pooler: Pooler) -> Any:
        made.append(connection.copy())
        made[-1].settings_dict |= {"HOST": "127.0.0.1", "PORT": str(pooler.port)}
        return made[-1]

    yield through
    for one in made:
        one.close()


def texts(wrapper: Any) -> list[str]:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT text FROM trap")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("pooler", [(TRANSACTION,)], indirect=True)
def test_this_pooler_does_mix_its_clients_up(pooler):
    with log_in(port=pooler.port, autocommit=True) as one, log_in(port=pooler.port, autocommit=True) as other:
        one.execute("SET application_name = 'of one'")
        assert other.execute("SHOW application_name").fetchone() == ("of one",)


@pytest.mark.parametrize(
    ("pooler", "declared", "said"),
    [
        ((TRANSACTION,), "", "Connect directly"),
        ((TRANSACTION,), "session", "transaction pooling"),
        ((TRANSACTION, True), "", "transaction pooling"),
        ((TRANSACTION, True), "session", "transaction pooling"),
        ((SESSION,), "", "DATABASE_POOLING=session"),
    ],
    indirect=["pooler"],
)
def test_a_pooler_that_could_mix_companies_up_is_refused(pooler, opened, settings, declared, said):
    settings.DATABASE_POOLING = declared
    for _ in range(2):  # the second try is refused like the first
        with public_context(), pytest.raises(UnsafeDatabase, match=said), opened(pooler).cursor():
            pass


@pytest.mark.parametrize("pooler", [(SESSION,), (SESSION, True)], indirect=True)
def test_behind_a_pooler_by_session_the_answers_are_right(pooler, opened, settings, found):
    settings.DATABASE_POOLING = "session"
    companies = [lay(found()) for _ in range(2)]
    for _ in range(3):
        wrappers = [opened(pooler) for _ in companies]
        for company, wrapper in [*zip(companies, wrappers, strict=True), *zip(reversed(companies), wrappers, strict=True)]:
            with tenant_context(company):
                assert texts(wrapper) == [company.slug]
        for wrapper in wrappers:
            wrapper.close()  # its server session, still in the company's role, is lent to the next


@pytest.mark.parametrize("pooler", [(TRANSACTION,)], indirect=True)
@pytest.mark.parametrize("command", ["deploy", "migrate"])
def test_a_program_does_not_start_behind_it_and_says_why(pooler, command):
    told = connection.settings_dict
    address = f"postgresql://{told['USER']}@127.0.0.1:{pooler.port}/{told['NAME']}"
    ended = subprocess.run(
        programs.manage(command),
        env=programs.environment(DATABASE_URL=address),
        capture_output=True,
        text=True,
        check=False,
        cwd=os.getcwd(),
    )
    assert ended.returncode != 0
    assert "A connection pooler stands between the product and PostgreSQL" in ended.stderr
    assert "Traceback" not in ended.stderr
