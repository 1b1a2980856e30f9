"""Accounts come out of a pool within quotas, are protected, and go back by themselves unless business is open (spec 2.1)."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest

from kernel.actions import set_state
from tenant_apps.contracts.models import Contract
from tenant_apps.partners import pools, tasks
from tenant_apps.partners.models import Partner
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json

DAY = date(2026, 3, 25)
RULES = [
    {"grade": "", "deal": False, "first": 10, "renew": 3, "longest": 20},
    {"grade": "", "deal": True, "first": 400, "after_contract": 30},
]


@pytest.fixture(scope="module")
def pool(api: Api) -> Json:
    values = {"name": "East", "rules": RULES, "claims_per_day": 2, "views_per_day": 3, "holding_limit": 3, "cool_down_days": 7}
    return api.create("partners.pool", values)


@pytest.fixture(scope="module")
def rep(as_role) -> Api:
    return as_role("Sales engineer")


def released(api: Api, pool: Json, on_day, day: date = DAY) -> Json:
    on_day(day)
    made = trade.customer(api, phone=f"138{secrets.randbelow(10**4):04d}{secrets.randbelow(10**4):04d}")
    return api.act(made, "release", reason="no time")["document"]


def claim(who: Api, pool: Json, *accounts: Json, status: int = 200) -> Json:
    return who.post(f"/partners/pools/{pool['id']}/claim/", {"accounts": [one["id"] for one in accounts]}, status)


def test_a_claimed_account_is_protected_by_the_rules_of_its_pool(company, api: Api, rep: Api, pool, on_day):
    made = released(api, pool, on_day)
    assert (made["state"], made["owner"], made["pool"]["id"]) == ("pool", None, pool["id"])
    claim(rep, pool, made)
    now = rep.again(made)
    assert (now["state"], now["owner"]["id"], now["claimed_on"], now["protect_until"]) == (
        "protected",
        rep.member,
        "2026-03-25",
        "2026-04-04",
    )
    with tenant_context(company):
        for day, until in ((28, "2026-04-04"), (33, "2026-04-05"), (36, "2026-04-08")):
            pools.prolong(Partner.objects.get(pk=made["id"]), date(2026, 3, 1) + timedelta(day - 1))
            assert str(Partner.objects.get(pk=made["id"]).protect_until) == until
    assert rep.again(made)["version"] == now["version"]


def test_numbers_are_veiled_until_it_is_claimed(api: Api, rep: Api, pool, on_day):
    on_day(DAY + timedelta(1))
    made = trade.customer(api, phone=f"138{secrets.randbelow(10**8):08d}")
    noted = {"partner": made["id"], "subject": "Call 139 7777-8888", "text": "on 2026-03-20: 021-12345678 转 8"}
    api.act(api.create("crm.activity", noted), "finish")
    made = api.act(api.again(made), "release", reason="no time")["document"]
    assert made["contacts"][0]["phone"] == "138••••5678" and "••••" in made["phone"]
    (row,) = [one for one in rep.get(f"/partners/pools/{pool['id']}/accounts/")["rows"] if one["id"] == made["id"]]
    assert row["phone"] == made["phone"]
    pack = rep.get(f"/partners/pools/{pool['id']}/accounts/{made['id']}/")
    assert pack["contacts"][0]["phone"] == "138••••5678" and "no time" in str(pack["history"])
    assert api.rows("partners.contact", f"q=13812345678&partner={made['id']}") == []
    said = next(one for one in pack["panels"] if one["name"] == "activities")["rows"][0]
    assert (said["title"], said["text"]) == ("Call 139••••8888", "on 2026-03-20: 021••••5678 转 8")
    claim(rep, pool, made)
    now = rep.again(made)
    assert (now["phone"][-4:], now["contacts"][0]["phone"]) == (made["phone"][-4:], "13812345678")
    assert now["phone"].isdecimal() and now["phone"] not in str(rep.get(f"/partners/partners/{made['id']}/events/"))


def test_quotas_are_kept(api: Api, as_role, pool, on_day):
    who = trade.join(api, "Sales engineer")
    day = DAY + timedelta(2)
    some = [released(api, pool, on_day, day) for _ in range(5)]
    for one in some[:3]:
        who.get(f"/partners/pools/{pool['id']}/accounts/{one['id']}/")
        who.get(f"/partners/pools/{pool['id']}/accounts/{one['id']}/")
    assert who.get(f"/partners/pools/{pool['id']}/accounts/{some[3]['id']}/", 409)["code"] == "looks_used_up"
    claim(who, pool, some[0], some[1])
    assert claim(who, pool, some[2], status=409)["code"] == "claims_used_up"
    assert api.again(some[2])["state"] == "pool"
    on_day(day + timedelta(1))
    claim(who, pool, some[2])
    assert claim(who, pool, some[3], status=409)["code"] == "holding_limit"
    assert claim(who, pool, some[0], status=409)["code"] == "not_in_pool"


def test_the_former_owner_waits(api: Api, pool, on_day):
    who = trade.join(api, "Sales engineer")
    made = released(api, pool, on_day, DAY + timedelta(4))
    claim(who, pool, made)
    api.act(made, "release", reason="again")
    assert claim(who, pool, made, status=409)["code"] == "cool_down"
    on_day(DAY + timedelta(11))
    claim(who, pool, made)


def test_it_goes_back_by_itself_with_a_warning_unless_business_is_open(company, api: Api, pool, on_day):
    on_day(DAY)
    who = trade.join(api, "Sales engineer")
    idle, busy = trade.customer(who), trade.customer(who)
    who.create("quoting.quote", {"customer": busy["id"], "lines": [{"item": trade.item(api)["id"]}]})
    on_day(DAY + timedelta(8))
    with tenant_context(company):
        tasks.turn_day()
        tasks.turn_day()
    warnings = [row["title"] for row in who.get("/me/messages/")["rows"] if "goes back" in row["title"]]
    assert len(warnings) == 1 and idle["name"] in warnings[0]
    for days, state in ((10, "protected"), (11, "pool")):
        on_day(DAY + timedelta(days))
        with tenant_context(company):
            tasks.turn_day()
        assert (api.again(idle)["state"], api.again(busy)["state"]) == (state, "protected")


def test_nobody_loses_an_account_unwarned(company, api: Api, pool, on_day):
    """A contract that ended protects it for 30 days more; business that ends late leaves the days of warning."""
    on_day(DAY)
    who = trade.join(api, "Sales engineer")
    bound, busy = trade.customer(who), trade.customer(who)
    quote = who.create("quoting.quote", {"customer": busy["id"], "lines": [{"item": trade.item(api)["id"]}]})
    with tenant_context(company):
        Partner.objects.filter(pk=bound["id"]).update(dealt_on=DAY, state="customer")
        row = Contract(customer_id=bound["id"], valid_until=DAY + timedelta(5), number=trade.some("K"))
        set_state(row, "completed")
        row.save()
    told: list[tuple[int, str]] = []
    for days in (8, 10, 20, 21, 22, 23, 24, 32, 35, 36):
        on_day(DAY + timedelta(days))
        if days == 20:
            who.delete(f"/quoting/quotes/{quote['id']}/")
        with tenant_context(company):
            tasks.turn_day()
        new = [row["title"] for row in who.get("/me/messages/")["rows"] if "goes back" in row["title"]]
        told += [(days, title) for title in new if title not in [title for _day, title in told]]
        if days in (10, 23, 35):
            assert api.again(bound)["state"] == "customer" and api.again(busy)["state"] == ("pool" if days > 23 else "protected")
    assert [(days, busy["name"] in title) for days, title in told] == [(20, True), (32, False)]
    assert (api.again(bound)["state"], api.again(busy)["state"]) == ("pool", "pool")


def test_a_long_pool_is_read_in_as_many_statements_as_a_short_one(api: Api, pool, on_day):
    some = [released(api, pool, on_day, DAY) for _ in range(2)]
    path = f"/partners/pools/{pool['id']}/accounts/"
    assert api.statements(f"{path}?q={some[0]['number']}") == api.statements(path)


def test_a_signed_contract_makes_it_a_customer(api: Api, pool, on_day):
    on_day(DAY)
    agreed, _order = trade.order(api, {"item": trade.item(api)["id"]})
    now = api.read("partners.partner", agreed["customer"]["id"])
    assert (now["state"], now["dealt_on"], now["protect_until"]) == ("customer", "2026-03-25", str(DAY + timedelta(400)))
    assert api.act(now, "release", 409, reason="x")["code"] == "open_business"


def test_whoever_is_blacklisted_is_followed_by_nobody(api: Api, pool, on_day):
    on_day(DAY)
    made = trade.customer(api)
    black = api.act(made, "blacklist", reason="never paid")["document"]
    assert black["state"] == "blacklisted" and "release" not in black["_actions"]
    assert api.act(black, "readmit", reason="paid")["document"]["state"] == "protected"


def test_nothing_is_sold_to_whoever_is_blacklisted(api: Api, pool, on_day):
    on_day(DAY)
    who, item = trade.customer(api), trade.item(api)["id"]
    offer, sent = (trade.quote(api, {"item": item}, customer=who["id"]) for _ in range(2))
    sent = api.act(sent, "send")["document"]
    agreed = api.create("contracts.contract", {"customer": who["id"], "lines": [{"item": item, "unit_price": "1000"}]})
    api.act(api.again(who), "blacklist", reason="never paid")
    for document, verb in ((offer, "send"), (sent, "accept"), (agreed, "sign")):
        assert who["name"] in api.refused(document, verb, "blacklisted")["detail"]
    api.act(api.again(who), "readmit", reason="paid")
    assert api.act(offer, "send")["document"]["state"] == "sent"


def test_what_a_pool_protects_does_not_change_hands_by_the_form(api: Api, rep: Api, pool, on_day):
    made = released(api, pool, on_day)
    claim(rep, pool, made)
    held = rep.again(made)
    told = rep.change(held, {"owner": 1}, 422)["errors"][0]
    assert (told["path"], told["code"]) == ("owner", "assign")
    assert api.act(api.again(held), "assign", to=1)["document"]["owner"]["id"] == 1


def test_an_account_goes_into_the_pool_that_was_chosen(api: Api, pool, on_day):
    on_day(DAY)
    west, closed = (api.create("partners.pool", {"name": name, "active": active}) for name, active in (("West", True), ("Closed", False)))
    made = trade.customer(api)
    assert api.act(made, "release", 409, reason="x", pool=closed["id"])["code"] == "pool_closed"
    now = api.act(made, "release", reason="moved west", pool=west["id"])["document"]
    assert (now["pool"]["id"], now["owner"]) == (west["id"], None)


def test_rules_of_a_pool_are_days(api: Api):
    told = api.create("partners.pool", {"name": "Bad", "rules": [{"first": -1}]}, 422)
    assert told["errors"][0]["path"] == "rules.0.first"
