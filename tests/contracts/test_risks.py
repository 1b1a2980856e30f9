"""What a salesperson should not sign unseen is found in the words, Chinese and English."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenant_apps.contracts import risks
from tenant_apps.contracts.models.clauses import compared


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("逾期交货的，每日按合同总价的0.5%支付违约金，违约金总额不超过合同总价的10%。", ["0.5", "10"]),
        ("逾期付款，按日支付千分之五的违约金。", ["0.5"]),
        ("违约金为合同总额的百分之二十。", ["20"]),
        ("滞纳金每日万分之五。", ["0.05"]),
        ("Liquidated damages of 8 % of the price.", ["8"]),
        ("每逾期一日按货款的0.05%支付违约金，累计不超过合同总价的20%。", ["0.05", "20"]),
        ("质保金为合同总价的10%。", []),
    ],
)
def test_penalties_are_read_in_percent(text: str, shares: list[str]):
    assert sorted(set(risks.penalties(text))) == sorted(Decimal(share) for share in shares)


@pytest.mark.parametrize(
    ("words", "number"), [("五", 5), ("十", 10), ("十五", 15), ("二十", 20), ("三十五", 35), ("百", 100), ("3.5", "3.5")]
)
def test_chinese_numbers(words: str, number: int | str):
    assert risks.number_of(words) == Decimal(number)


@pytest.mark.parametrize("text", ["供方承担无限连带责任。", "赔偿不设上限。", "Supplier is liable without limitation."])
def test_unlimited_liability_is_found(text: str):
    assert risks.UNLIMITED.search(text)


def test_a_comparison_names_what_replaced_what():
    assert compared("pay 5 % at most", "pay 9 % at most") == "“pay 5 % at” → “pay 9 % at”"
    assert compared("Pay.", "Pay. At once.") == "added: “At once.”"
    assert compared("Pay. At once.", "Pay.") == "left out: “At once.”"
    assert compared("一 二", "一  二") == ""
