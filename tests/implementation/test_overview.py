"""Both sides see at a glance how far an implementation is; nobody else sees anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tenants.models import Tenant
from tests.api import Api, Json
from tests.console.conftest import Operator, client_of


@pytest.fixture
def project(operator: Operator, company: Tenant) -> Json:
    """Ten days old, all of its first week done on the second day."""
    admin = operator()
    client = client_of(admin, company)["id"]
    starts = timezone.localdate() - timedelta(days=10)
    made = admin.create("implementation.project", {"client": client, "name": "Going live", "starts_on": starts.isoformat()})
    done = (starts + timedelta(days=1)).isoformat()
    lines = [{"id": step["id"], **({"done_on": done} if step["week"] == 1 else {})} for step in made["steps"]]
    return admin.change(made, {"steps": lines})


def overview(api: Api, project: Json, status: int = 200) -> Any:
    return api.get(f"/implementation/projects/{project['id']}/overview/", status)


def test_steps_burn_down_up_to_the_running_week(project: Json, api: Api, operator: Operator):
    told = overview(api, project)
    assert told["burn_down"] == overview(operator("consultant"), project)["burn_down"]
    weeks = told["burn_down"]
    assert [(one["week"], one["planned"]) for one in weeks][:3] == [(0, 18), (1, 15), (2, 12)] and weeks[-1]["planned"] == 0
    assert [one["open"] for one in weeks] == [18, 15, 15, None, None, None, None, None, None]


def test_requirements_by_fit_and_milestones_with_amounts(project: Json, api: Api, operator: Operator):
    consultant = operator("consultant")
    for fit in ("standard", "no", ""):
        one = api.create("implementation.requirement", {"project": project["id"], "department": "Sales", "text": f"Something {fit}"})
        if fit:
            consultant.act(consultant.again(one), "reply", fit=fit, text="So", days="0", price="0.00")
    contract = consultant.create("implementation.servicecontract", {"project": project["id"], "title": "Service", "total": "1000.00"})
    consultant.act(contract, "offer")
    told = overview(api, project)
    assert {one["fit"]: one["count"] for one in told["fit"]} == {"standard": 1, "configure": 0, "extend": 0, "no": 1, "": 1}
    shown = [(one["amount"], one["state"], one["state_label"]) for one in told["milestones"]]
    assert shown == [(amount, "planned", "Planned") for amount in ("300.00", "300.00", "300.00", "100.00")]


def test_nobody_else_sees_it(project: Json, founded: Callable[[], Tenant], as_role: Callable[..., Api], operator: Operator):
    overview(Api.of_owner(founded()), project, 404)
    overview(as_role("Warehouse"), project, 404)
    assert overview(operator("support"), project)["burn_down"]
