from __future__ import annotations

from collections.abc import Iterator

import pytest

from kernel.models import Event
from tenant_apps.partners.models import Partner
from tenants.context import tenant_context
from tests.api import Api
from tests.kernel import examples
from tests.kernel.receiver import hook, receiver
from tests.kernel.sheets import PARTNER

__all__ = ["hook", "receiver"]


@pytest.fixture(scope="module")
def full(api: Api) -> Api:
    """The administrator of a company that has some of everything."""
    examples.fill(api)
    return api


@pytest.fixture
def nothing_written(api: Api) -> Iterator[None]:
    """Whatever happens in the test, no customer and no event of one is added."""
    with tenant_context(api.company):
        before = Partner.objects.count(), Event.objects.filter(subject=PARTNER).count()
    yield
    with tenant_context(api.company):
        assert (Partner.objects.count(), Event.objects.filter(subject=PARTNER).count()) == before
