"""From an opportunity to a signed contract, and what is counted of it: stages, follow-up, projects, campaigns, evaluations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from kernel import clock
from tests import trade
from tests.api import Api
from tests.crm.sales import CAMPAIGN, DEAL, LEAD, deal, lead, tick_all
from tests.founding import browser
from tests.kernel.sheets import bring
from tests.trade import some


# opportunities -------------------------------------------------------------------------------------------------------
def test_a_stage_is_left_when_everything_is_ticked(api: Api):
    one = deal(api, amount="200000")
    told = api.refused(one, "advance", "checklist_open")
    assert len(told["missing"]) == 2
    second = api.rows("crm.stage", "sort=position")[1]["id"]
    assert api.change(one, {"stage": second}, 409)["code"] == "checklist_open"
    one = api.act(tick_all(api, one), "advance")["document"]
    assert (one["probability"], one["weighted"], one["ticked"]) == ("25", "50000.00", [])
    stages = api.rows("crm.stage", "sort=position")
    assert len(api.refused(one, "to_stage", "checklist_open", stage=stages[-1]["id"])["missing"]) == 8
    assert api.act(one, "to_stage", stage=stages[0]["id"])["document"]["probability"] == "10"
    api.refused(one, "tick", "not_on_the_list", item="nonsense")


def test_a_card_is_moved_with_its_checklist_ticked_at_once_or_not_at_all(api: Api):
    one, stages = deal(api), api.rows("crm.stage", "sort=position")
    move = f"/crm/opportunities/{one['id']}/move/"
    missing = api.post(move, {"version": one["version"], "stage": stages[1]["id"]}, 409)["missing"]
    asked = {"version": one["version"], "stage": stages[1]["id"], "ticked": missing}
    assert api.post(move, {**asked, "ticked": missing[:1]}, 409)["missing"] == missing[1:]
    assert (api.again(one)["version"], api.again(one)["ticked"]) == (one["version"], [])
    api.post(move, asked, 204)
    assert api.again(one)["stage"]["id"] == stages[1]["id"]
    assert api.post(move, asked, 409)["code"] == "stale"
    assert api.post(move, {**asked, "ticked": "all"}, 422)["errors"][0]["path"] == "ticked"


def test_no_list_is_passed_over(api: Api):
    """From the first stage to the last all lists between are asked for, and nothing begins beyond one."""
    one, stages = deal(api), api.rows("crm.stage", "sort=position")
    told = api.create(DEAL, {"title": "x", "customer": one["customer"]["id"], "stage": stages[2]["id"]}, 409)
    assert (told["code"], stages[0]["_label"] in told["detail"]) == ("checklist_open", True)
    sheet = bring(api, DEAL, [["title", "customer", "stage"], [some("Running"), one["customer"]["label"], stages[2]["_label"]]])
    assert (sheet["created"], sheet["failed"]) == (1, 0), sheet  # what ran elsewhere stands where it stood
    move = {"version": one["version"], "stage": stages[2]["id"]}
    missing = api.post(f"/crm/opportunities/{one['id']}/move/", move, 409)["missing"]
    assert len(missing) == 4
    api.post(f"/crm/opportunities/{one['id']}/move/", {**move, "ticked": missing}, 204)
    assert (api.again(one)["stage"]["id"], api.again(one)["ticked"]) == (stages[2]["id"], [])


def test_the_contract_of_its_quote_wins_it(api: Api):
    machine = trade.machine(api, price="100000")
    one = deal(api, amount="0", products=[{"item": machine["id"], "quantity": "2"}])
    assert (one["amount"], one["products"][0]["item"]["label"]) == ("200000.00", machine["name"])
    quote = api.made(one, "quote", "quoting.quote")
    assert (quote["total"], quote["_links"]["source_label"]["id"]) == ("200000.00", one["id"])
    quote = api.act(quote, "send")["document"]
    contract = api.made(quote, "accept", "contracts.contract")
    api.act(contract, "sign")
    won = api.again(one)
    assert (won["state"], won["amount"], won["probability"], won["closed_on"]) == (
        "won",
        "200000.00",
        "100",
        clock.now().date().isoformat(),
    )
    kinds = [row["_key"] for row in api.get(f"/crm/opportunities/{one['id']}/desk/")["documents"]]
    assert kinds == ["quoting.quote", "contracts.contract", "sales.order"]


def test_bad_input_is_told_with_its_place(api: Api):
    customer = trade.customer(api)["id"]
    for values, path in (
        ({"products": [{"item": 2**40, "quantity": "1"}]}, "products.0.item"),
        ({"products": [{"item": trade.item(api)["id"], "quantity": "-1"}]}, "products.0.quantity"),
        ({"amount": "-1"}, "amount"), ({"probability": "101"}, "probability"), ({"products": "many"}, "products"),
    ):  # fmt: skip
        told = api.create(DEAL, {"title": "x", "customer": customer, **values}, 422)
        assert [error["path"] for error in told["errors"]] == [path]


def test_the_forecast_counts_each_reader_their_own(api: Api, as_role: Callable[..., Api]):
    rep = trade.join(api, "Sales engineer")
    who = trade.customer(rep)["id"]
    for amount, day in (("1000", "2031-03-10"), ("3000", "2031-03-20"), ("5000", "2031-05-01"), ("700", None)):
        rep.create(DEAL, {"title": "x", "customer": who, "amount": amount, "expected_on": day})
    told = rep.get("/crm/forecast/")
    assert [(row["key"], row["count"], row["amount"], row["weighted"]) for row in told["periods"]] == [
        ("2031-03", 2, "4000.00", "400.00"),
        ("2031-05", 1, "5000.00", "500.00"),
    ]
    assert (told["undated"]["amount"], told["total"]["weighted"], [row["owner"] for row in told["owners"]]) == (
        "700.00",
        "970.00",
        [rep.member],
    )
    assert [row["key"] for row in rep.get("/crm/forecast/?step=quarter")["periods"]] == ["2031 Q1", "2031 Q2"]
    assert len(rep.rows(DEAL, told["periods"][0]["query"])) == 2
    lost, won = (api.again(row) for row in rep.rows(DEAL, "sort=id")[:2])
    rival = api.create("crm.industrycompany", {"name": some("Rival"), "kind": "competitor"})
    rep.act(lost, "lose", reason="price", competitor=rival["id"])
    rep.act(won, "win", amount="2800")
    told = rep.get("/crm/outcomes/")
    assert (told["won"], told["lost"], told["rate"], told["rate_amount"]) == (1, 1, "0.500", "0.737")
    assert [(row["label"], row["count"]) for row in told["reasons"] + told["competitors"]] == [("Price too high", 1), (rival["name"], 1)]
    assert len(rep.rows(DEAL, told["competitors"][0]["query"])) == 1
    steps = rep.get("/crm/funnel/")["stages"]
    assert (steps[0]["count"], steps[0]["reached"], steps[1]["reached"], steps[-1]["count"]) == (2, 4, 1, 1)
    assert as_role("Warehouse").get("/crm/forecast/", 403)["code"] == "forbidden"


# activities ----------------------------------------------------------------------------------------------------------
def test_a_contact_plans_the_next_and_is_counted(api: Api):
    one, today = deal(api), clock.now().date()
    later = (today + timedelta(days=3)).isoformat()
    api.act(one, "log", kind="visit", text="showed the machine", result="progress", next_step="Send the quote", next_on=later)
    follow, done = api.rows("crm.activity", f"opportunity={one['id']}")
    assert (follow["subject"], follow["state"], follow["day"], done["state"]) == ("Send the quote", "planned", later, "done")
    assert api.again(one)["last_contact_on"] == today.isoformat()
    assert api.read("partners.partner", one["customer"]["id"])["active_on"] == today.isoformat()
    api.refused(api.again(follow), "check_in", "invalid", 422)
    api.refused(api.again(follow), "check_in", "invalid", 422, position={"latitude": "91", "longitude": 0})
    here = api.act(follow, "check_in", position={"latitude": 31.2304, "longitude": 121.4737, "accuracy": 18}, place="Gate 3")["document"]
    assert here["position"] == {"latitude": "31.230400", "longitude": "121.473700", "accuracy": "18"}
    mine = next(row for row in api.get("/crm/field-work/")["rows"] if row["owner"] == 1)
    assert mine["done"] >= 1 and mine["visits"] >= 1


def test_how_well_contacts_are_written_up_is_counted(api: Api):
    """P-E.3: told, rated and led on; good is what has all three."""
    rep, later = trade.join(api, "Sales engineer"), (clock.now().date() + timedelta(days=9)).isoformat()
    who = trade.customer(rep)["id"]
    for said in ({"text": "a"}, {"result": "progress"}, {"text": "b", "result": "progress", "next_step": "call", "next_on": later}):
        rep.post("/crm/contact-log/", {"about": "partners.partner", "id": who, "kind": "call", **said}, 201)
    (row,) = [row for row in rep.get("/crm/field-work/")["rows"] if row["owner"] == rep.member]
    assert [row[name] for name in ("done", "calls", "told", "rated", "led_on", "good", "customers")] == [3, 3, 2, 2, 1, 1, 1]


def test_contacts_are_logged_from_wherever_one_is(api: Api, as_role: Callable[..., Api]):
    """On lead, opportunity, customer and event; without anything said only the next step is planned, as a task of an event is."""
    one, fair, later = deal(api), api.create(CAMPAIGN, {"name": some("Fair")}), (clock.now().date() + timedelta(days=5)).isoformat()
    came = lead(api, campaign=fair["id"])
    for about in (came, one, {"_key": "partners.partner", "id": one["customer"]["id"]}):
        where = {"about": about["_key"], "id": about["id"]}
        api.post("/crm/contact-log/", {**where, "kind": "call", "text": "spoke", "next_step": "Send it", "next_on": later}, 201)
        rows = api.get(f"/crm/contact-log/?about={about['_key']}&id={about['id']}")["rows"]
        assert [(row["state"], row["subject"]) for row in rows][:1] == [("planned", "Send it")]
    assert (api.again(came)["state"], api.again(one)["last_contact_on"]) == ("working", clock.now().date().isoformat())
    here = {"about": CAMPAIGN, "id": fair["id"], "kind": "task"}
    api.post("/crm/contact-log/", {**here, "next_step": "Book the stand", "next_on": later}, 201)
    (task,) = api.rows("crm.activity", f"campaign={fair['id']}")
    assert (task["subject"], task["day"], task["state"], task["owner"]["id"]) == ("Book the stand", later, "planned", 1)
    api.act(api.again(task), "finish")
    assert [row["state"] for row in api.get(f"/crm/contact-log/?about={CAMPAIGN}&id={fair['id']}")["rows"]] == ["done"]
    assert api.post("/crm/contact-log/", here, 422)["errors"][0]["path"] == "text"
    for where in ({"about": "catalog.item", "id": 1}, {"about": LEAD, "id": 2**70}, {"about": LEAD, "id": "1"}, {}):
        assert api.post("/crm/contact-log/", {**where, "text": "x"}, 404)["code"] == "not_found"
    assert as_role("Warehouse").post("/crm/contact-log/", {"about": LEAD, "id": came["id"], "text": "x"}, 403)["code"] == "forbidden"


def test_customers_of_grade_a_without_contact_are_gaps(api: Api, on_day: Callable[[date], None]):
    rep = trade.join(api, "Sales engineer")
    names = {grade: trade.customer(rep, grade=grade)["name"] for grade in "ABC"}
    on_day(clock.now().date() + timedelta(days=31))
    assert [row["label"] for row in rep.get("/crm/field-work/")["gaps"]] == [names["A"]]
    on_day(clock.now().date() + timedelta(days=30))
    assert [row["label"] for row in rep.get("/crm/field-work/")["gaps"]] == [names["A"], names["B"]]


# campaigns -----------------------------------------------------------------------------------------------------------
def test_a_guest_signs_in_once_and_what_comes_of_it_is_counted(api: Api, company):
    fair = api.create(
        CAMPAIGN, {"name": some("Fair"), "budget": "50000", "costs": [{"kind": "stand", "planned": "30000", "actual": "40000"}]}
    )
    day = api.create(CAMPAIGN, {"name": some("Open day"), "parent": fair["id"]})
    assert (fair["planned_cost"], fair["actual_cost"]) == ("30000.00", "40000.00")
    assert api.get(f"/crm/campaigns/{day['id']}/sign-in/")["open"] is False
    day = api.act(day, "open_sign_in")["document"]
    sheet = api.get(f"/crm/campaigns/{day['id']}/sign-in/")
    token = sheet["address"].rpartition("/")[2]
    assert "<svg" in sheet["svg"] and "token" not in day
    guest = Api(company, browser(company))
    assert guest.get(f"/crm/sign-in/{token}/")["name"] == day["name"]
    assert {error["path"] for error in guest.post(f"/crm/sign-in/{token}/", {"phone": "none"}, 422)["errors"]} == {
        "name",
        "contact_name",
        "phone",
    }
    given = {"name": some("Guest works"), "contact_name": "Chen", "phone": "138 0000 7777", "need": "UTM"}
    for _ in range(2):
        guest.post(f"/crm/sign-in/{token}/", given, 201)
    (came,) = api.rows(LEAD, f"campaign={day['id']}")
    won = api.made(api.again(came), "convert", DEAL, amount="400000")
    api.act(won, "win")
    for way in ("source", "first"):
        rows = {row["id"]: row for row in api.get(f"/crm/campaigns/returns/?way={way}")["rows"]}
        told = rows[fair["id"]]
        assert (told["leads"], told["good_leads"], told["opportunities"], told["won"], told["won_amount"]) == (1, 1, 1, 1, "400000.00")
        assert (told["cost_per_lead"], told["cost_per_won"], told["return"]) == ("40000.00", "40000.00", "10.00")
        assert (rows[day["id"]]["leads"], rows[day["id"]]["spent"]) == (1, "0.00")
    assert len(api.rows(LEAD, rows[fair["id"]]["query"])) == 1
    api.act(day, "close_sign_in")
    assert guest.get(f"/crm/sign-in/{token}/", 404)["code"] == guest.get("/crm/sign-in/guess/", 404)["code"] == "not_found"


# the market ----------------------------------------------------------------------------------------------------------
def test_a_company_of_the_trade_becomes_a_customer(api: Api):
    one = api.create("crm.industrycompany", {"name": some("Prospect"), "contacts": [{"name": "Zhao"}]})
    assert one["kind"] == "prospect"
    customer = trade.customer(api)
    assert api.get(f"/crm/industry-companies/{customer['id']}/", 404)
    assert api.patch(f"/crm/industry-companies/{customer['id']}/", {"version": 1, "short_name": "x"}, 404)
    (person,) = api.rows("crm.industryperson", f"partner={one['id']}")
    moved = api.act(api.again(person), "to_contact", to=customer["id"])["document"]
    assert moved["partner"]["id"] == customer["id"]
    assert api.act(one, "to_customer")["document"]["kind"] == "customer"
    assert api.read("partners.partner", one["id"])["kind"] == "customer"
    assert "made a customer" in next(row["title"] for row in api.get(f"/partners/partners/{one['id']}/events/")["rows"])


def test_competitors_products_stand_beside_ours(api: Api):
    machine, maker = trade.machine(api), api.create("crm.industrycompany", {"name": some("Maker"), "kind": "competitor"})
    specs = [{"name": "Force", "theirs": "100 kN", "ours": "120 kN", "better": "ours"}]
    api.create(
        "crm.rival", {"maker": maker["id"], "name": "X100", "item": machine["id"], "specs": specs, "price_from": "1", "price_to": "2"}
    )
    other = api.create("crm.rival", {"maker": maker["id"], "name": "Z1"})
    one = deal(api, products=[{"item": machine["id"]}])
    (told,) = api.get(f"/crm/opportunities/{one['id']}/rivals/")["rows"]
    assert (told["name"], told["named"], told["specs"][0]["better"]) == ("X100", False, "ours")
    named = api.change(one, {"competitors": [maker["id"]]})
    assert [row["name"] for row in api.get(f"/crm/opportunities/{named['id']}/rivals/")["rows"]] == ["X100", other["name"]]
    quote = api.made(named, "quote", "quoting.quote")
    assert len(api.get(f"/quoting/quotes/{quote['id']}/rivals/")["rows"]) == 2


def test_an_evaluation_proposes_a_grade_from_what_happened(api: Api):
    signed, _order = trade.closed(api, {"item": trade.machine(api, price="500000")["id"]})
    customer = signed["customer"]["id"]
    model = api.create("crm.evaluationmodel", {
        "name": some("Model"), "factors": [{"name": "Purchase", "weight": "1", "formula": "purchase / 5000"}],
        "bands": [{"grade": "A", "least": "60", "limit": "purchase * 0.2"}, {"grade": "D", "least": "0"}],
    })  # fmt: skip
    api.act(model, "run")
    one = api.one("crm.evaluation", f"partner={customer}&model={model['id']}")
    assert (one["grade"], Decimal(one["score"]), one["proposed_limit"]) == ("A", Decimal(100), f"{Decimal(signed['total']) / 5:.2f}")
    assert one["detail"][0]["facts"] == {"purchase": signed["total"]}
    api.act(one, "adopt")
    graded = api.read("partners.partner", customer)
    assert (graded["grade"], graded["credit_limit"]) == ("A", one["proposed_limit"])
    api.act(model, "run")
    again = api.rows("crm.evaluation", f"partner={customer}&model={model['id']}&state=proposed")[0]
    api.act(api.again(again), "adopt")
    assert [row["state"] for row in api.rows("crm.evaluation", f"partner={customer}&model={model['id']}&sort=id")] == [
        "superseded",
        "adopted",
    ]
