"""The database's roles are made at the first start, and in what an earlier release has left; a log-in that is not one of them is refused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from infra import embedded
from infra.embedded import postgres
from tenants.backend import checks
from tenants.backend.checks import UnsafeDatabase, check

EARLIER = """CREATE ROLE millwright LOGIN CREATEDB CREATEROLE;

ALTER DATABASE millwright OWNER TO millwright;

"""
OWNER = "-c role=millwright_owner"


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in embedded.ADDRESSES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(checks, "_checked", set())
    place = Path(tempfile.mkdtemp(prefix="millwright-roles-"))
    place.chmod(0o711)
    yield place
    embedded.forget(place)


def alone(env: embedded.Servers, statements: str) -> None:
    """What only the superuser may do, with the server stopped meanwhile."""
    assert env.postgres is not None
    env.postgres.stop()
    env.postgres._alone("millwright", statements)
    env.postgres.start()


def opened(env: dict[str, str], **more: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(env["DATABASE_URL"], autocommit=True, **more)


def checked(env: dict[str, str], login: str = "millwright", **more: Any) -> None:
    def connect() -> psycopg.Connection[Any]:
        return psycopg.connect(env["DATABASE_URL"], **more)

    checks._checked.clear()  # as in a process that has just started
    with connect() as raw:
        raw.autocommit = True
        check(raw, login, connect)


def test_the_log_in_may_do_nothing_until_it_takes_on_a_role(var: Path) -> None:
    with embedded.servers(var, throwaway=True) as env:
        checked(env)
        with opened(env) as login, pytest.raises(InsufficientPrivilege):
            login.execute("CREATE TABLE mine (id int)")
        with opened(env, options=OWNER) as owner:
            owner.execute("CREATE TABLE theirs (id int)")
        with opened(env) as login, pytest.raises(InsufficientPrivilege):
            login.execute("SELECT * FROM theirs")


def test_what_an_earlier_release_made_passes_to_the_owner(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(postgres, "ROLES", EARLIER)
        with embedded.servers(var, throwaway=True) as env, opened(env) as login:
            login.execute("CREATE SCHEMA t_000001")
            login.execute("CREATE TABLE t_000001.kept AS SELECT 1 AS id")
            login.execute("CREATE TABLE kept AS SELECT 1 AS id")
    with embedded.servers(var, throwaway=True) as env:
        checked(env)
        for table in ("kept", "t_000001.kept"):
            with opened(env) as login, pytest.raises(InsufficientPrivilege):
                login.execute(f"SELECT * FROM {table}")
            with opened(env, options=OWNER) as owner:
                assert owner.execute(f"SELECT id FROM {table}").fetchone() == (1,)
                owner.execute(f"ALTER TABLE {table} ADD COLUMN more int")


@pytest.mark.parametrize(
    ("change", "production", "said"),
    [
        ("ALTER ROLE millwright SUPERUSER", True, "is a superuser"),
        ("REVOKE millwright_platform FROM millwright", False, "may not take on"),
        ("GRANT millwright_owner TO millwright WITH INHERIT TRUE", False, "without taking them on"),
    ],
)
def test_a_log_in_that_no_role_holds_back_is_refused(var: Path, settings: Any, change: str, production: bool, said: str) -> None:
    settings.PRODUCTION = production
    with embedded.servers(var, throwaway=True) as env:
        checked(env)
        alone(env, f"{change};\n\n")
        with pytest.raises(UnsafeDatabase, match=said) as refusal:
            checked(env)
        assert "infra/postgres/roles.sql" in str(refusal.value)
        (var / "postgres/roles").unlink()  # as after an upgrade: the script puts it right
        alone(env, "SELECT 1;\n\n")
        checked(env)
