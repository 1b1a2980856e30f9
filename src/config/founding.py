"""What a new company starts with. Each app brings its own defaults (`defaults.py`), the lower ones first."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.translation import override

from kernel import calls, clock
from kernel.access import SYSTEM


def install(tenant: Any, owner: Any) -> None:
    """Make the defaults of every app, in the company's language, in one transaction."""
    with override(tenant.language), calls.call():
        for app in settings.TENANT_APPS:
            if app != "kernel" and find_spec(f"{app}.defaults"):
                import_module(f"{app}.defaults").install(tenant, owner, by=SYSTEM, at=clock.now())
