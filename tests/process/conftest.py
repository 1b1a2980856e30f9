from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kernel import clock, saving
from kernel.access import SYSTEM
from tenant_apps.process.engine import running
from tenant_apps.process.models import Rule
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.kernel.receiver import receiver

__all__ = ["receiver"]


@pytest.fixture(scope="module")
def bare(api: Api) -> Api:
    """A company whose shipped rules are switched off, so that a test sees its own only."""
    for rule in api.rows("process.rule", "limit=100"):
        api.act(rule, "disable")
    return api


@pytest.fixture(scope="module")
def crew(bare: Api) -> dict[str, Api]:
    """A seller, their superior, the head of their department and the general manager."""
    people = {"seller": trade.join(bare, "Sales engineer"), "superior": trade.join(bare, "Sales manager")}
    people |= {"head": trade.join(bare, "Sales manager"), "manager": trade.join(bare, "General manager", department="Management")}
    sales = trade.unit(bare, "Sales")
    bare.change(bare.read("organization.unit", sales), {"head": people["head"].member})
    boss = bare.create("organization.position", {"name": trade.some("Sales lead"), "department": sales})
    post = bare.create("organization.position", {"name": trade.some("Seller"), "department": sales, "reports_to": boss["id"]})
    for name, position in (("seller", post), ("superior", boss)):
        bare.change(bare.read("organization.member", people[name].member), {"position": position["id"]})
    return people


def look(api: Api) -> int:
    """What the scheduler does: every rule that is due looks at the documents."""
    with tenant_context(api.company):
        Rule.objects.update(next_at=None)
        return running.run_due()


def alerts(api: Api, query: str = "") -> list[Json]:
    return api.get(f"/process/alerts/?{query}")["rows"]


def inbox(api: Api, query: str = "kind=alert") -> list[Json]:
    return api.get(f"/me/messages/?{query}")["rows"]


@pytest.fixture
def watching(bare: Api, on_day: Callable[[date], None]):
    """`watching(day)`: it is that day, and the rules have looked."""

    def go(day: date) -> None:
        on_day(day)
        look(bare)

    return go


def placed(api: Api, seller: Api, promised: str) -> Json:
    """An order of the seller's, promised for a day."""
    with tenant_context(api.company):
        from tenant_apps.organization.chart import unit_of
        from tenant_apps.sales.models import Order

        _agreed, made = trade.order(api)
        order = Order.objects.get(pk=made["id"])
        saving.change(
            order,
            {"owner": seller.member, "unit": unit_of(seller.member or 0), "promised_date": date.fromisoformat(promised)},
            by=SYSTEM,
            at=clock.now(),
        )
    return api.read("sales.order", made["id"])
