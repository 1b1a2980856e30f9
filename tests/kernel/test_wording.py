"""What differs between two configurations is told in words, nested values too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from kernel.configuration import wording
from tenants.context import tenant_context
from tenants.models import Tenant

WORDS = {"read": "Read", "change": "Change", "all": "All", "own": "Own", "team": "Of my teams", "hide": "Hidden", "*": "Everything"}
GRANTS = {"sales.order": {"read": ["own", "team"], "release": "all"}, "inventory.*": {"*": "all"}, "*": {"read": "rule: total < 5"}}


@pytest.fixture(autouse=True)
def in_english(company: Tenant) -> Iterator[None]:
    with override("en"), tenant_context(company):
        yield


def test_grants_are_told_by_screen_method_and_reach():
    told = wording.lines(GRANTS, WORDS)
    assert told[0] == "Sales orders › Read: Own, Of my teams"
    assert told[1] == "Sales orders › Release to production: All"
    assert told[2].startswith("Stock") and told[2].endswith("› Everything: All")
    assert told[3] == "Everything › Read: rule: total < 5"


def test_fields_and_lists_within_lists_are_told_too():
    assert wording.lines({"sales.order": {"total": "hide"}}, WORDS) == ["Sales orders › Total: Hidden"]
    assert wording.lines({"nodes": [{"id": "start", "open": True}, {"id": "end"}]}, {}) == [
        "nodes › 1 › id: start", "nodes › 1 › open: Yes", "nodes › 2 › id: end",
    ]  # fmt: skip


def test_only_what_differs_is_told_and_a_mere_order_as_it_is_written():
    now = {**GRANTS, "sales.order": {"read": "all", "release": "all"}}
    assert wording.differing(GRANTS, now, WORDS) == ("Sales orders › Read: Own, Of my teams", "Sales orders › Read: All")
    assert wording.differing({"a": 1, "b": 2}, {"b": 2, "a": 1}, {}) == ('{"a":1,"b":2}', '{"b":2,"a":1}')
