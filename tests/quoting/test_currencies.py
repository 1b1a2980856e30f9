"""What stands in several currencies: rows say theirs, sums are one for each."""

from __future__ import annotations

from tests import trade
from tests.api import Api


def test_a_list_adds_up_each_currency_for_itself(api: Api):
    who, item = trade.customer(api)["id"], trade.item(api, "800")["id"]
    api.create("pricing.exchangerate", {"currency": "SGD", "rate": "5", "valid_from": "2020-01-01", "valid_to": "2099-12-31"})
    for currency in ("CNY", "CNY", "SGD"):
        trade.quote(api, {"item": item}, customer=who, currency=currency)
    told = api.get(f"/quoting/quotes/?customer={who}&columns=number,total&sum=total&count=1")
    assert [(row["currency"], row["total"]) for row in told["rows"]] == [("SGD", "160.00"), ("CNY", "800.00"), ("CNY", "800.00")]
    sums = {"sums": {"total": "1600.00"}, "currency": "CNY", "others": {"SGD": {"total": "160.00"}}}
    assert {name: told[name] for name in (*sums, "count")} == {**sums, "count": 3}
    (group,) = api.get(f"/quoting/quotes/?customer={who}&group=state&sum=total")["groups"]
    assert {name: group[name] for name in (*sums, "count")} == {**sums, "count": 3}
