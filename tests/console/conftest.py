"""Operators at their console, beside a company."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model

from shared_apps.console.people import hire
from tenants import directory
from tenants.context import Console, tenant_context
from tenants.models import Tenant
from tests.api import Api, Json
from tests.founding import Browser

Operator = Callable[..., Api]
SECOND = {"method": "mfa", "type": "totp", "at": 1.0}


def at_console(account: int, *, second: bool = True) -> Api:
    """Somebody with a log-in at the console's address, with or without the second factor."""
    console = Console()
    client = Browser(HTTP_HOST=directory.host_of("console"))
    with tenant_context(console):
        client.force_login(get_user_model().objects.get(pk=account))
        session = client.session
        session["account_authentication_methods"] = [{"method": "password"}, *([SECOND] if second else [])]
        session.save()
    return Api(console, client)  # type: ignore[arg-type]


def client_of(operator: Api, company: Tenant) -> Json:
    """The company as operators find it; it is known to the platform from its first step there."""
    Api.of_owner(company).get("/console/news/")
    (row,) = [row for row in operator.rows("console.client", f"q={company.slug}") if row["slug"] == company.slug]
    return operator.read("console.client", row["id"])


@pytest.fixture
def account(company: object) -> Callable[[], int]:
    def make() -> int:
        return int(get_user_model().objects.create_user(f"op{secrets.token_hex(4)}@millwright.example", None, name="平台运维").pk)

    return make


@pytest.fixture
def operator(account: Callable[[], int]) -> Operator:
    """`operator("support")`: an operator of this role who has given the second factor."""

    def hired(role: str = "admin", *, second: bool = True) -> Api:
        pk = account()
        hire(get_user_model().objects.get(pk=pk), role)
        return at_console(pk, second=second)

    return hired
