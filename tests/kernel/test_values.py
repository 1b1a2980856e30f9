"""How one value is read from what people and programs send, and written for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.specs import Bad, Spec

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
TYPES = [
    "text",
    "long",
    "phone",
    "email",
    "url",
    "int",
    "decimal",
    "money",
    "price",
    "percent",
    "date",
    "datetime",
    "bool",
    "choice",
    "ref",
    "refs",
    "member",
]


def spec(kind: str, **values: Any) -> Spec:
    scale = {"money": 2, "price": 6, "decimal": 6, "percent": 6}.get(kind, 0)
    return Spec(
        **{"name": "it", "label": "It", "type": kind, "scale": scale, "choices": (("a", "A"), ("b", "B")) if kind == "choice" else ()}
        | values
    )


@pytest.mark.parametrize("kind", TYPES)
@given(raw=ANY)
def test_anything_is_taken_or_refused_with_a_reason(kind: str, raw: Any):
    try:
        value = spec(kind, max_length=100 if kind in ("text", "email", "url", "phone") else 0).parse(raw)
    except Bad as bad:
        value = (bad.code, bad.detail)
        assert all(value)
        return
    assert not isinstance(value, float)
    spec(kind).render_value(value)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("money", "1,234.5", Decimal("1234.50")), ("money", "￥１２．３０", Decimal("12.30")), ("money", "¥ 1 000", Decimal("1000.00")), ("money", 0.1, Decimal("0.10")),
        ("money", "0.005", Decimal("0.01")), ("percent", "13%", Decimal(13)), ("decimal", "-1.5", Decimal("-1.5")), ("decimal", "1e3", Decimal(1000)),
        ("int", "12.0", 12), ("int", 5, 5), ("date", "2026/3/1", date(2026, 3, 1)), ("date", "2026年3月1日", date(2026, 3, 1)), ("date", "2026.03.01", date(2026, 3, 1)),
        ("date", "2026-03-01T08:00:00Z", date(2026, 3, 1)), ("bool", "是", True), ("bool", "否", False), ("bool", "√", True), ("choice", "A", "a"), ("choice", "b", "b"),
        ("text", "  x ", "x"), ("text", 5, "5"), ("long", " x \n", " x \n"), ("ref", {"id": 5, "label": "x"}, 5), ("ref", "5", 5), ("refs", [1, {"id": 2}], [1, 2]),
    ],
)  # fmt: skip
def test_values_are_read_as_people_write_them(kind: str, raw: Any, value: Any):
    assert spec(kind).parse(raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("money", "12a", "not_a_number"), ("money", "NaN", "not_a_number"), ("money", "1e99", "too_large"), ("money", True, "not_a_number"), ("money", "9" * 17, "too_large"),
        ("int", "1.5", "not_whole"), ("int", 10**30, "too_large"), ("date", "2026-02-30", "not_a_date"), ("date", "1.3.2026", "not_a_date"), ("bool", "maybe", "not_yes_or_no"),
        ("choice", "c", "not_a_choice"), ("email", "x@", "not_email"), ("ref", 0, "not_found"), ("ref", -5, "not_found"), ("ref", "x", "not_found"), ("ref", True, "not_found"),
        ("refs", "1,2", "not_a_list"), ("text", ["x"], "not_text"), ("text", True, "not_text"), ("text", "a\0", "not_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_code(kind: str, raw: Any, code: str):
    with pytest.raises(Bad) as refused:
        spec(kind).parse(raw)
    assert refused.value.code == code


def test_too_long_and_missing():
    with pytest.raises(Bad, match="3"):
        spec("text", max_length=3).parse("abcd")
    with pytest.raises(Bad) as refused:
        spec("text", required=True).parse("  ")
    assert refused.value.code == "required"
    assert spec("text", null=False).parse(" ") == ""
    assert spec("money").parse(None) is None
    assert spec("money", null=False).parse("") == 0


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [("money", Decimal("1234.5"), "1234.50"), ("price", Decimal("12.340000"), "12.34"), ("decimal", Decimal("1000.000000"), "1000"), ("percent", Decimal("13.000000"), "13"),
     ("date", date(2026, 3, 1), "2026-03-01"), ("money", None, None), ("bool", False, False)],
)  # fmt: skip
def test_values_are_shown_as_the_api_says(kind: str, value: Any, shown: Any):
    assert spec(kind).render_value(value) == shown
