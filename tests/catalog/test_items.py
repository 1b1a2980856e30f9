"""Items: what they weigh."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kernel.access import SYSTEM
from kernel.refusals import Invalid
from tenant_apps.catalog.models import Item


def weighed(net: str | None, gross: str | None) -> Item:
    item = Item(net_weight=net and Decimal(net), gross_weight=gross and Decimal(gross))
    item.prepare({}, SYSTEM, date(2026, 11, 22))
    return item


@pytest.mark.parametrize(("net", "gross", "code"), [("-1", None, "negative"), (None, "-0.5", "negative"), ("850", "849", "below_net")])
def test_weights_that_cannot_be_are_refused(net, gross, code):
    with pytest.raises(Invalid) as refused:
        weighed(net, gross)
    assert [one.code for one in refused.value.errors] == [code]


@pytest.mark.parametrize(("net", "gross"), [(None, None), ("850", None), (None, "1020"), ("850", "1020"), ("850", "850")])
def test_one_weight_or_both_or_none_will_do(net, gross):
    weighed(net, gross)
