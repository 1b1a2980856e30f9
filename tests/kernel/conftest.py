from __future__ import annotations

import pytest

from tests.api import Api
from tests.kernel import examples


@pytest.fixture(scope="module")
def full(api: Api) -> Api:
    """The administrator of a company that has some of everything."""
    examples.fill(api)
    return api
