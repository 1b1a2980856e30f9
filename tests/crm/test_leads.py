"""From a word at a fair to a customer: leads, told once or twice, in hands and in the pool."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta

from kernel import clock
from tests import trade
from tests.api import Api
from tests.crm.sales import DEAL, LEAD, lead, pool
from tests.faults.together import copies, together
from tests.trade import some


# leads ---------------------------------------------------------------------------------------------------------------
def test_a_lead_becomes_customer_contact_and_opportunity_at_once(api: Api):
    made = api.act(lead(api, amount="231000"), "convert")
    assert {row["_key"] for row in made["created"]} >= {"partners.partner", DEAL}
    customer = api.read("partners.partner", made["document"]["partner"]["id"])
    assert [one["name"] for one in customer["contacts"]] == ["Wang"]
    found = api.one(DEAL, f"customer={customer['id']}")
    assert (found["title"], found["amount"], found["probability"], found["weighted"]) == (
        "A testing machine",
        "231000.00",
        "10",
        "23100.00",
    )
    assert found["_links"]["source_label"] == {"_key": LEAD, "id": made["document"]["id"]}
    api.refused(made["document"], "convert", "wrong_state")


def test_the_same_company_is_converted_into_one_account(api: Api):
    name = some("Steelworks")
    first, second = lead(api, name=f"{name}有限公司", phone="13800001111"), lead(api, name=name, phone="13900002222")
    assert second["twin"]["id"] == first["id"]
    one, other = (api.act(row, "convert")["document"]["partner"] for row in (first, second))
    assert one == other
    again = lead(api, name=name, phone="")
    assert (again["partner"], again["twin"]) == (one, None)


def test_what_lies_in_the_pool_is_claimed_by_whoever_converts_a_lead_of_it(api: Api):
    pool(api)
    rep, made = trade.join(api, "Sales engineer"), trade.customer(api)
    api.act(made, "release", reason="x")
    rep.act(lead(rep, name=made["name"]), "convert")
    now = rep.again(made)
    assert (now["state"], now["owner"]["id"]) == ("protected", rep.member)
    assert "13812345678" in [one["phone"] for one in now["contacts"]]


def test_nobody_converts_a_lead_into_a_customer_of_somebody_else(api: Api):
    rep, owner = trade.join(api, "Sales engineer"), trade.join(api, "Sales engineer")
    made = trade.customer(owner)
    mine = lead(rep, name=made["name"])
    told = rep.act(mine, "convert", 409)
    assert (told["code"], made["name"] in told["detail"], made["owner"]["label"] in told["detail"]) == ("others", True, True)
    assert (rep.again(mine)["state"], api.rows(DEAL, f"customer={made['id']}")) == ("new", [])


def test_two_people_who_convert_one_lead_make_one_account(api: Api):
    one = lead(api)
    screens = copies(api, 2)
    answers = together(2, lambda n: screens[n].ask("post", f"/crm/leads/{one['id']}/convert/", {"version": one["version"]})[0])
    assert sorted(answers) == [200, 409]
    assert len(api.rows("partners.partner", f"q={one['name']}")) == 1


def test_a_lead_that_two_dealers_report_is_followed_by_the_first(api: Api):
    """Story 12: the second is told whose it is, and joined with the first; nothing either has written is lost."""
    name = some("Research institute")
    dealers = [trade.customer(api, kind="dealer") for _ in range(2)]
    first = lead(api, name=name, dealer=dealers[0]["id"], need="Fatigue tests")
    (known,) = api.get(f"/crm/leads/twins/?name={name}")["rows"]
    assert (known["_key"], known["id"], known["owner"]["id"], known["why"]) == (LEAD, first["id"], 1, ["name"])
    second = lead(api, name=name, phone="", dealer=dealers[1]["id"], need="100 kN")
    second = api.act(second, "log", text="spoke to the dealer")["document"]
    joined = api.act(second, "join")["document"]
    assert (joined["state"], joined["invalid_reason"]) == ("invalid", "duplicate")
    first = api.again(first)
    assert dealers[1]["name"] in first["need"] and "100 kN" in first["need"] and first["need"].startswith("Fatigue tests")
    assert [row["subject"] for row in api.rows("crm.activity", f"lead={first['id']}")] == [name]


def test_a_lead_in_the_pool_is_seen_by_all_who_sell_and_taken_by_one(api: Api, as_role: Callable[..., Api]):
    pool(api)
    rep, other = as_role("Sales engineer"), trade.join(api, "Sales engineer")
    mine = lead(rep)
    assert other.get(f"/crm/leads/{mine['id']}/", 404)["code"] == "not_found"
    rep.act(mine, "release")
    taken = other.act(other.again(mine), "claim")["document"]
    assert (taken["state"], taken["owner"]["id"]) == ("assigned", other.member)
    handed = api.act(taken, "release")["document"]
    assert other.act(handed, "claim", 409)["code"] == "cool_down"


def test_while_a_lead_is_typed_it_says_who_is_known(api: Api, as_role: Callable[..., Api]):
    """Of what somebody else has, the name and whose it is; a customer of a name that only looks alike, or of the same number, is told too."""
    name, phone = some("Steelworks"), f"139{secrets.randbelow(10**8):08d}"
    customer = trade.customer(api, name=f"{name}有限公司", phone=phone)
    told = as_role("Sales engineer").get(f"/crm/leads/twins/?name={name}x&phone={phone[:3]}-{phone[3:]}")["rows"]
    (known,) = [row for row in told if row["id"] == customer["id"]]
    assert (known["_key"], known["seen"], known["name"], "phone" in known["why"]) == ("partners.partner", False, customer["name"], True)
    assert "phone" not in known


def test_the_number_of_a_lead_in_the_pool_is_put_aside_until_it_is_taken(api: Api, as_role: Callable[..., Api]):
    """In form, list, search, export and history (spec 2.1); what is known of it by number is still found."""
    pool(api)
    rep, phone = as_role("Sales engineer"), f"137{secrets.randbelow(10**8):08d}"
    mine = rep.act(lead(rep, phone=phone, email="wang@lab.example"), "release")["document"]
    veiled = f"137••••{phone[-4:]}"
    assert (mine["phone"], mine["email"]) == (veiled, "w••••@lab.example")
    boss = [row["phone"] for row in api.rows(LEAD, f"id={mine['id']}")]
    assert boss == [veiled] and api.rows(LEAD, f"q={phone}") == []
    assert phone not in str(rep.get(f"/crm/leads/{mine['id']}/events/"))
    assert [row["id"] for row in api.get(f"/crm/leads/twins/?phone={phone}")["rows"]] == [mine["id"]]
    assert api.again(mine)["twin"] is None
    other = trade.join(api, "Sales engineer")
    taken = other.act(other.again(mine), "claim")["document"]
    assert (taken["phone"], taken["email"]) == (phone, "wang@lab.example")
    assert [row["id"] for row in other.rows(LEAD, f"q={phone}")] == [mine["id"]]
    assert phone not in str(other.get(f"/crm/leads/{mine['id']}/events/"))


def test_a_lead_that_nobody_looks_after_goes_back_and_a_contact_keeps_it(api: Api, on_day: Callable[[date], None]):
    from tenant_apps.crm.tasks import turn_day
    from tenants.context import tenant_context

    today = clock.now().date()
    pool(api)
    kept, left = (api.act(lead(api), "assign", owner=1)["document"] for _ in range(2))
    until = date.fromisoformat(kept["protect_until"])
    on_day(until)
    kept = api.act(kept, "log", text="still interested")["document"]
    assert date.fromisoformat(kept["protect_until"]) > until > today
    on_day(until + timedelta(days=1))
    with tenant_context(api.company):
        assert turn_day() >= 1
        assert turn_day() == 0
    assert [api.again(one)["state"] for one in (kept, left)] == ["working", "pool"]
