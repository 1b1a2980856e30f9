from __future__ import annotations

import pytest

from tests.api import Api


@pytest.fixture(scope="module")
def there(founded) -> Api:
    """The administrator of another, new company."""
    return Api.of_owner(founded(name="Other Works"))
