"""Companies for tests: really founded, each in a schema of its own, and committed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.signals import setting_changed
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.dispatch import receiver
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import setup_databases, teardown_databases

from config import celery_app
from tenants.deploying import deploy
from tenants.models import Tenant
from tenants.provisioning import Founding, create_company
from tenants.throwaway import on_own_connection
from tests import servers

PASSWORD = "Long-enough-4-me"


class QuickHasher(Argon2PasswordHasher):
    """The product's hasher with the least work: people of a test are made by the thousand, and guarded by nobody."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Dropping hundreds of companies takes minutes; where the server goes as a whole, its database need not go before."""
    return servers.ours()


@pytest.fixture(scope="session")
def own_database(django_db_setup: None, django_db_keepdb: bool, django_db_blocker) -> Iterator[None]:
    """A test database even where no test is marked: pytest-django makes none then, and the tests would use the real one."""
    if connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    if not django_db_keepdb:
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


class Browser(Client):
    """A client that finds the middleware loaded: loading it looks at every file of the web client."""

    loaded = ClientHandler()

    def request(self, **told: Any) -> Any:
        if Browser.loaded._middleware_chain is None:
            Browser.loaded.load_middleware()
        self.handler._middleware_chain = Browser.loaded._middleware_chain
        return super().request(**told)


@receiver(setting_changed)
def load_anew(setting: str, **_told: Any) -> None:
    """Middleware reads its settings when it is loaded; what is set around every test is none of them."""
    if setting not in ("ACCOUNT_RATE_LIMITS", "EMAIL_BACKEND", "PASSWORD_HASHERS"):
        Browser.loaded = ClientHandler()


def browser(company: Tenant | None = None, **headers: str) -> Client:
    """A browser at a company's address, or at the main one."""
    host = f"{company.slug}.localhost:8000" if company else "localhost:8000"
    return Browser(HTTP_HOST=host, HTTP_ACCEPT_LANGUAGE="en", raise_request_exception=False, **headers)


def owner_of(company: Tenant):
    return get_user_model().objects.get(pk=company.owner_id)


def log_in(company: Tenant, email: str, password: str = PASSWORD) -> Client:
    client = browser(company)
    answer = client.post("/api/v1/login/", {"email": email, "password": password}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return client
