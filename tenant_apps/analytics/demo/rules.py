"""What a demo company has agreed about prices, what its customers are worth, and a contract that was changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from kernel import saving
from kernel.access import SYSTEM
from tenant_apps.analytics import customer_value
from tenant_apps.catalog.models import Series
from tenant_apps.contracts import changing
from tenant_apps.contracts.models import Change, ChangeLine, Contract
from tenant_apps.pricing import actions as pricing
from tenant_apps.pricing.models import PricePolicy

K, L = PricePolicy.Kind, PricePolicy.Level
QUARTERS = 5


def decide(now: datetime) -> None:
    """Prices hold from now on; the documents of before keep theirs."""
    for values in _policies(now.date()):
        pricing.publish(saving.create(PricePolicy, values, by=SYSTEM, at=now), by=SYSTEM, at=now)
    for back in reversed(range(QUARTERS)):
        customer_value.reckon((now - relativedelta(months=3 * back)).date())
    _change(now)


def _policies(today: date) -> list[dict[str, Any]]:
    dealers = {"name": "经销商渠道价", "level": L.CHANNEL, "channel": PricePolicy.Channel.DEALER, "kind": K.PERCENT, "value": 8}
    best = {"name": "A 级客户优惠", "level": L.GROUP, "grade": "A", "kind": K.PERCENT, "value": 2}
    many = {"name": "三台及以上", "level": L.QUANTITY, "from_quantity": 3, "kind": K.PERCENT, "value": 3}
    soon = today + relativedelta(months=1, day=1)
    season = {
        "name": "年末促销",
        "level": L.PROMOTION,
        "kind": K.PERCENT,
        "value": 1,
        "valid_from": soon,
        "valid_to": soon + relativedelta(day=31),
    }
    series = Series.objects.order_by("pk").first()
    floor = [{"name": f"{series} 保护价", "level": L.SERIES, "series": series, "kind": K.FLOOR, "value": 86}] if series else []
    return [dealers, best, many, season, *floor]


def _change(now: datetime) -> None:
    """A customer wants the larger chamber: one change order is in force, one waits to be decided."""
    running = Contract.objects.filter(state=Contract.State.EXECUTING, collected__lt=1).order_by("-pk")[:2]
    for number, contract in enumerate(running):
        values = {"contract": contract, "reason": "客户追加高低温环境箱", "owner": contract.owner, "unit": contract.unit}
        change = saving.create(Change, values, by=SYSTEM, at=now)
        line = ChangeLine.objects.filter(change=change).order_by("seq").first()
        assert line is not None
        rows = [
            {"id": one.pk} | ({"unit_price": one.unit_price + 38_000} if one.pk == line.pk else {}) for one in change.lines.order_by("seq")
        ]
        change = saving.change(change, {}, {"lines": rows}, by=SYSTEM, at=now)
        if number:
            changing.apply(change, by=SYSTEM, at=now)
