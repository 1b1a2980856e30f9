"""A consultant and the project of a company, for the tests of both sides."""

from __future__ import annotations

import pytest

from tenants.models import Tenant
from tests.api import Api, Json
from tests.console.conftest import Operator, account, client_of, operator

__all__ = ["account", "operator"]


@pytest.fixture
def consultant(operator: Operator) -> Api:
    return operator("consultant")


@pytest.fixture
def project(consultant: Api, company: Tenant) -> Json:
    client = client_of(consultant, company)["id"]
    made = consultant.create("implementation.project", {"client": client, "name": "申测仪器 上线", "starts_on": "2026-11-23"})
    return consultant.act(made, "start")["document"]
