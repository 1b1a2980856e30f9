"""Companies for tests: really founded, each in a schema of its own, and committed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from config import celery_app
from tenants.deploying import deploy
from tenants.models import Tenant
from tenants.provisioning import Founding, create_company
from tenants.throwaway import on_own_connection

PASSWORD = "Long-enough-4-me"


@pytest.fixture(scope="session")
def own_database(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A test database even where no test is marked: pytest-django makes none then, and the tests would use the real one."""
    if connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def deployed(own_database: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        on_own_connection(deploy)


@pytest.fixture
def platform(deployed: None, django_db_blocker, settings, monkeypatch) -> Iterator[None]:
    """The product deployed on a real database; what a test commits stays, so names are drawn at random."""
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setitem(celery_app.conf, "task_always_eager", True)
    monkeypatch.setitem(celery_app.conf, "task_eager_propagates", True)
    with django_db_blocker.unblock():
        yield
        connection.set_schema_to_public()


def person():
    """Somebody with an account."""
    name = f"p{secrets.token_hex(6)}"
    return get_user_model().objects.create_user(f"{name}@example.com", PASSWORD, name=name)


@pytest.fixture
def found(platform: None) -> Callable[..., Tenant]:
    """`found()` founds a company whose owner is a new person."""

    def make(owner=None, **told: str) -> Tenant:
        slug = told.pop("slug", f"c{secrets.token_hex(6)}")
        return create_company(Founding(name=told.pop("name", slug), slug=slug, **told), (owner or person()).pk)

    return make


def browser(company: Tenant | None = None, **headers: str) -> Client:
    """A browser at a company's address, or at the main one."""
    host = f"{company.slug}.localhost:8000" if company else "localhost:8000"
    return Client(HTTP_HOST=host, HTTP_ACCEPT_LANGUAGE="en", raise_request_exception=False, **headers)


def owner_of(company: Tenant):
    return get_user_model().objects.get(pk=company.owner_id)


def log_in(company: Tenant, email: str, password: str = PASSWORD) -> Client:
    client = browser(company)
    answer = client.post("/api/v1/login/", {"email": email, "password": password}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return client
