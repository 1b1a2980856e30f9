"""Who leads whom: posts that report to posts, heads of departments, roles that come with a post, and who was where on a day (W-1.2)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenant_apps.organization import chart
from tenants.context import tenant_context
from tests.api import Api, Json

SPRING, SUMMER = "2026-03-01", "2026-07-01"


def unit(api: Api, name: str, **values: object) -> Json:
    (own,) = api.rows("organization.company", "limit=1")
    return api.create("organization.unit", {"name": name, "company": own["id"], **values})


def post(api: Api, name: str, department: Json, above: Json | None = None, **values: object) -> Json:
    return api.create(
        "organization.position", {"name": name, "department": department["id"], "reports_to": above and above["id"], **values}
    )


def colleague(api: Api, name: str, position: Json | None = None, **values: object) -> Json:
    given = {"name": name, "email": f"{name}@example.com", "position": position and position["id"], **values}
    return api.create("organization.member", given)


@pytest.fixture(scope="module")
def works(api: Api) -> dict[str, Json]:
    """Director Zhao leads sales manager Qian, who leads engineers Sun and Li; Zhou keeps the books below the director."""
    board, sales, finance = (unit(api, name) for name in ("Board", "Sales East", "Books"))
    director = post(api, "Director", board)
    manager = post(api, "Sales manager", sales, director)
    engineer = post(api, "Sales engineer", sales, manager, headcount=2)
    made = {"board": board, "sales": sales, "books": finance, "director": director, "manager": manager, "engineer": engineer}
    for name, position in {"Zhao": director, "Qian": manager, "Sun": engineer, "Li": engineer}.items():
        made[name] = colleague(api, name, position)
    made["Zhou"] = colleague(api, "Zhou", None, department=finance["id"])
    finance = api.change(finance, {"parent": board["id"]})
    made["board"] = api.change(board, {"head": made["Zhao"]["id"]})
    return made | {"books": finance}


@pytest.fixture
def inside(api: Api):
    with tenant_context(api.company):
        yield


def test_superiors_are_found_nearest_first_along_the_posts(works, inside):
    sun, qian, zhao = (works[name]["id"] for name in ("Sun", "Qian", "Zhao"))
    assert chart.superiors(sun) == [qian, zhao]
    assert chart.superiors(zhao) == []
    assert chart.subordinates(qian) == {sun, works["Li"]["id"]}
    assert chart.subordinates(zhao) == {works[name]["id"] for name in ("Qian", "Sun", "Li", "Zhou")}


def test_who_holds_no_post_is_led_by_the_heads_of_the_departments_above(works, inside):
    assert chart.superiors(works["Zhou"]["id"]) == [works["Zhao"]["id"]]
    assert chart.head_of(works["board"]["id"]) == works["Zhao"]["id"]
    assert chart.head_of(works["books"]["id"]) is None


def test_a_department_tells_its_company_and_those_around_it(works, inside):
    board, books = works["board"]["id"], works["books"]["id"]
    assert chart.units_above(books) == (books, board) and set(chart.units_below(board)) == {board, books}
    assert books in chart.units_of_companies([chart.company_of(books)])


def test_once_read_the_organisation_costs_no_statement(works, inside):
    chart.superiors(works["Sun"]["id"])
    with CaptureQueriesContext(connection) as queries:
        chart.superiors(works["Li"]["id"])
        chart.in_role(1, works["board"]["id"])
        chart.holders(works["engineer"]["id"])
    assert len(queries) == 0


def test_a_post_brings_its_roles_and_a_part_time_one_too(api: Api, works):
    finance, warehouse = api.one("organization.role", "q=Finance"), api.one("organization.role", "q=Warehouse")
    clerk = post(api, "Cashier", works["books"], works["director"], roles=[finance["id"]])
    keeper = post(api, "Store keeper", works["books"], works["director"], roles=[warehouse["id"]])
    wu = colleague(api, "Wu", clerk, assignments=[{"position": clerk["id"], "main": True}, {"position": keeper["id"], "since": SPRING}])
    with tenant_context(api.company):
        assert set(chart.roles_of(wu["id"])) == {finance["id"], warehouse["id"]}
        assert chart.in_role(warehouse["id"], works["books"]["id"]) == [wu["id"]] and chart.holders(keeper["id"]) == [wu["id"]]
        assert chart.in_role(warehouse["id"], works["sales"]["id"]) == []


def test_two_main_posts_at_a_time_are_refused_with_the_days(api: Api, works):
    posts = [
        {"position": works["manager"]["id"], "main": True, "since": SPRING},
        {"position": works["engineer"]["id"], "main": True, "since": SUMMER},
    ]
    told = api.create("organization.member", {"name": "Zheng", "email": "zheng@example.com", "assignments": posts}, 422)
    assert (told["errors"][0]["code"], told["errors"][0]["path"]) == ("two_main_posts", "assignments.1.main")
    assert SPRING in told["errors"][0]["detail"] and api.rows("organization.member", "q=Zheng") == []
    posts[0]["until"] = "2026-06-30"
    zheng = api.create("organization.member", {"name": "Zheng", "email": "zheng@example.com", "assignments": posts})
    assert zheng["position"]["label"] == "Sales engineer"
    with tenant_context(api.company):
        assert zheng["id"] in chart.chart(date(2026, 4, 1)).holders[works["manager"]["id"]]


def test_a_new_position_ends_the_old_one_yesterday_and_both_stay_known(api: Api, works, on_day):
    feng = colleague(api, "Feng", works["engineer"], hired_on="2025-01-02")
    on_day(date(2026, 9, 1))
    feng = api.change(feng, {"position": works["manager"]["id"]})
    assert [(row["position"]["label"], row["since"], row["until"]) for row in feng["assignments"]] == [
        ("Sales engineer", "2025-01-02", "2026-08-31"),
        ("Sales manager", "2026-09-01", None),
    ]
    with tenant_context(api.company):
        assert feng["id"] in chart.chart(date(2026, 8, 31)).holders[works["engineer"]["id"]]
        assert feng["id"] in chart.holders(works["manager"]["id"])


# loops ---------------------------------------------------------------------------------------------------------------
def test_a_circular_chart_is_refused_with_the_way_round(api: Api, works):
    told = api.change(api.again(works["director"]), {"reports_to": works["engineer"]["id"]}, 422)
    assert told["errors"][0]["code"] == "loop" and "Director → Sales engineer → Sales manager → Director" in told["errors"][0]["detail"]
    told = api.change(api.again(works["board"]), {"parent": works["books"]["id"]}, 422)
    assert "Board → Books → Board" in told["errors"][0]["detail"]
    assert api.again(works["board"])["parent"] is None


# days ----------------------------------------------------------------------------------------------------------------
def test_a_department_moves_on_its_day_and_stays_known_where_it_stood(api: Api, works, on_day):
    plant, hall = unit(api, "Plant"), unit(api, "Hall 2", parent=works["board"]["id"])
    on_day(date(2026, 5, 4))
    api.act(hall, "move", since="2026-06-01", above=plant["id"])
    with tenant_context(api.company):
        assert chart.units_above(hall["id"]) == (hall["id"], works["board"]["id"])
        assert chart.chart(date(2026, 6, 1)).parents[hall["id"]] == plant["id"]
    told = api.act(plant, "move", 422, since="2026-06-15", above=hall["id"])
    assert told["errors"][0]["code"] == "loop" and "Plant → Hall 2 → Plant" in told["errors"][0]["detail"]
    on_day(date(2026, 6, 1))
    from tenant_apps.organization.tasks import turn_page

    with tenant_context(api.company):
        assert (turn_page(), turn_page()) == (1, 0)
    assert api.again(hall)["parent"]["label"] == "Plant"
    with tenant_context(api.company):
        assert chart.chart(date(2026, 5, 31)).parents[hall["id"]] == works["board"]["id"]
