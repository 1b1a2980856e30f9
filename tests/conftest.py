"""What every test may use: the product deployed once on a real database, a company of its own for each module, and its people."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from config import celery_app
from kernel import clock
from tenants.deploying import deploy
from tenants.models import Tenant
from tenants.provisioning import Founding, create_company
from tenants.throwaway import on_own_connection
from tests.api import Api
from tests.founding import deployed, django_db_keepdb, found, own_database, person, platform
from tests.trade import join

__all__ = ["deployed", "django_db_keepdb", "found", "own_database", "platform"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-baseline", action="store_true", help="write down the SQL statements that readings take now")


LONGEST = (
    "tests/faults/test_schemathesis.py",
    "tests/isolation/test_walk.py",
    "tests/kernel/test_every_resource.py",
    "tests/stories/test_demo.py",
    "tests/tenants/test_provisioning.py",
    "tests/isolation/test_every_address.py",
    "tests/kernel/test_schema.py",
)
"""They come first: side by side, nobody waits at the end for one that began late."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))


def pytest_configure() -> None:
    override_settings(PASSWORD_HASHERS=["tests.founding.QuickHasher"]).enable()


@pytest.fixture(scope="session")
def product(own_database: None, django_db_blocker) -> None:
    """The product deployed, with workers that do their work at once."""
    celery_app.conf.task_always_eager = celery_app.conf.task_eager_propagates = True
    with django_db_blocker.unblock():
        on_own_connection(deploy)


@pytest.fixture(scope="module")
def founded(product: None, django_db_blocker) -> Iterator[Callable[..., Tenant]]:
    """`founded()` founds a company; what is written into it is committed. Names are drawn at random."""

    def make(language: str = "en", name: str = "Test Works") -> Tenant:
        return create_company(Founding(name=name, slug=f"c{secrets.token_hex(6)}", language=language), person().pk)

    with django_db_blocker.unblock():
        yield make
        connection.set_schema_to_public()


@pytest.fixture(scope="module")
def company(founded: Callable[..., Tenant]) -> Tenant:
    """A company of this module's own."""
    return founded()


@pytest.fixture(scope="module")
def api(company: Tenant) -> Api:
    """The company's administrator at its API."""
    return Api.of_owner(company)


@pytest.fixture(scope="module")
def as_role(company: Tenant, api: Api) -> Callable[..., Api]:
    """`as_role("Warehouse")`: a colleague with this role, invited and joined; without a role: a member who may do nothing."""
    joined: dict[tuple[str, ...], Api] = {}

    def colleague(*roles: str) -> Api:
        if roles not in joined:
            joined[roles] = join(api, *roles)
        return joined[roles]

    return colleague


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """`on_day(date(2026, 3, 2))`: from now on it is noon of that day."""

    def travel(day: date) -> None:
        at = timezone.make_aware(datetime.combine(day, time(12)), timezone.get_default_timezone())
        monkeypatch.setattr(clock, "now", lambda: timezone.localtime(at))

    return travel
