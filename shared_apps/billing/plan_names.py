"""The plans as a list to choose from; operators add and rename them while the product runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from kernel import config
from shared_apps.billing.models import Plan
from tenants.context import public_context

Choice = tuple[str, Any]


def _named(chinese: str, english: str) -> str:
    return chinese if (get_language() or "zh").startswith("zh") else english


def _read() -> list[Choice]:
    told = lazy(_named, str)
    return [(code, told(chinese, english)) for code, chinese, english in Plan.objects.values_list("code", "name", "name_en")]


class PlanChoices(Sequence[Choice]):
    """Code and name of every plan, in the reader's language; kept until a plan changes."""

    def __getitem__(self, index: Any) -> Any:
        return _known()[index]

    def __len__(self) -> int:
        return len(_known())


def _known() -> list[Choice]:
    with public_context():
        return config.cached("plans", _read)


PLANS = PlanChoices()
