"""Ready flows and test scripts, in the language of whoever takes them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "templates.toml").read_text(encoding="utf-8"))
Values = list[dict[str, Any]]


class ReadyFlow(models.TextChoices):
    QUOTE_TO_CASH = "quote_to_cash", _("Quote to cash")
    PURCHASING = "purchasing", _("Purchasing")
    PRODUCTION = "production", _("Production flow")
    SERVICE = "service", _("After-sales service")


class ReadyScript(models.TextChoices):
    SALES = "sales", _("Script of a sales engineer")
    PRODUCTION = "production", _("Script of production")
    WAREHOUSE = "warehouse", _("Script of the warehouse")
    FINANCE = "finance", _("Script of finance")
    MANAGEMENT = "management", _("Script of the general manager")
    ADMINISTRATOR = "administrator", _("Script of the administrator")


def flow(name: str) -> Values:
    """The rows of a ready flow."""
    return [{key: _said(value) for key, value in step.items()} for step in TOLD["flows"][name]["steps"]]


def script(name: str) -> tuple[str, Values]:
    """Role and steps of a ready test script."""
    told = TOLD["scripts"][name]
    return _said(told["role"]), [{"what": _said(what), "expected": _said(expected)} for what, expected in told["steps"]]


def _said(value: Any) -> Any:
    chinese = (get_language() or "").startswith("zh")
    return value[0 if chinese else 1] if isinstance(value, list) else value
