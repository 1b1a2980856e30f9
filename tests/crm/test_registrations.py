"""Projects registered early, so that two of one house do not work against each other (spec 2.1, W-6.1.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kernel import clock
from tests import trade
from tests.api import Api, Json
from tests.crm.sales import PROJECT
from tests.trade import some


def project(api: Api, user: str, scope: str = "100 kN 电子万能试验机", **values: object) -> Json:
    return api.create(PROJECT, {"title": some("Project"), "end_user": user, "scope": scope, **values})


def test_the_first_that_is_granted_is_protected(api: Api, on_day: Callable[[date], None]):
    from tenant_apps.crm.tasks import turn_day
    from tenants.context import tenant_context

    user = some("Institute")
    mine, dealers = (
        api.act(project(api, user), "submit")["document"],
        project(api, f"{user}有限公司", dealer=trade.customer(api, kind="dealer")["id"]),
    )
    (told,) = api.post("/crm/registrations/conflicts/", {"end_user": user, "scope": "电子万能试验机 100 kN", "id": dealers["id"]})["rows"]
    assert (told["number"], told["same"], told["state"]) == (mine["number"], True, "submitted") and "end_user" not in told
    dealers = api.act(dealers, "submit")["document"]
    dealers = api.act(dealers, "protect", days=30)["document"]
    assert dealers["protected_until"] == (clock.now().date() + timedelta(days=30)).isoformat()
    told = api.refused(mine, "protect", "protected_for_another")
    assert dealers["number"] in told["detail"]
    other = api.act(project(api, user, scope="夹具"), "submit")["document"]
    assert api.act(other, "protect")["document"]["state"] == "protected"
    on_day(clock.now().date() + timedelta(days=31))
    with tenant_context(api.company):
        turn_day()
    assert api.again(dealers)["state"] == "expired"
    assert api.act(mine, "protect")["document"]["state"] == "protected"


def test_whoever_names_no_series_is_held_against_every_claim_for_the_same_end_user(api: Api):
    user, series = some("轴承研究所"), api.create("catalog.series", {"name": some("UTM")})
    claimed = api.act(project(api, user, series=series["id"]), "submit")["document"]
    api.act(claimed, "protect")
    asked = {"end_user": f"上海{user}有限公司", "scope": "100 kN 电子万能试验机"}
    assert [row["number"] for row in api.post("/crm/registrations/conflicts/", asked)["rows"]] == [claimed["number"]]


def test_agreeing_to_a_submission_grants_the_protection(api: Api):
    boss = trade.join(api, "General manager")
    one = project(api, some("Institute"))
    steps = [
        {"id": "start", "kind": "start"},
        {"id": "all", "kind": "approve", "who": [{"source": "person", "members": [boss.member]}]},
        {"id": "end", "kind": "end"},
    ]
    drawing = {"nodes": steps, "edges": [{"from": "start", "to": "all"}, {"from": "all", "to": "end"}]}
    flow = api.act(
        api.create("approvals.flow", {"name": some("Flow"), "resource": PROJECT, "verb": "submit", "drawing": drawing}), "publish"
    )["document"]
    api.act(one, "submit", 202)
    (task,) = boss.get("/approvals/inbox/")["rows"]
    boss.post(f"/approvals/tasks/{task['id']}/agree/", {})
    assert api.again(one)["state"] == "protected"
    api.act(flow, "retire")
