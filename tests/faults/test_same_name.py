"""Two colleagues who give two customers one name at the same moment: the second is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection, connections

from kernel import calls, clock, saving
from kernel.access import SYSTEM
from tenant_apps.partners.models import Partner
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.kernel.sheets import bring

T = TypeVar("T")
TAX = "91310000MA1K35XX7Q"


def while_another_is_changed(api: Api, other: Json, values: Json, work: Callable[[], T], *, locked_only: bool = False) -> T:
    """What `work` answers when it begins while `other` has been changed, or is only locked as yet, and nothing is committed."""

    def begin() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, tenant_context(api.company):
        with calls.call():
            document = saving.lock(Partner.objects.get(pk=other["id"]))
            if locked_only:
                answer = pool.submit(begin)
                wait_until_stuck_or_done(answer)
            saving.change(document, values, by=SYSTEM, at=clock.now())
            if not locked_only:
                answer = pool.submit(begin)
                wait_until_stuck_or_done(answer)
        return answer.result(60)


def wait_until_stuck_or_done(answer: Future[T]) -> None:
    """Until the other connection waits for this one, or needed not to."""
    stuck = False
    while not (stuck or answer.done()):
        time.sleep(0.02)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            stuck = bool(cursor.fetchone()[0])


@pytest.mark.parametrize("values", [{"name": "Same Steel"}, {"tax_no": TAX}], ids=["name", "tax number"])
def test_two_customers_renamed_at_once_do_not_become_one(api: Api, values: Json):
    one, two = trade.customer(api), trade.customer(api)
    status, told = while_another_is_changed(
        api, one, values, lambda: api.ask("patch", f"/partners/partners/{two['id']}/", {**values, "version": 1})
    )
    assert (status, told["errors"][0]["path"], told["errors"][0]["code"]) == (422, *values, "duplicate")
    assert api.again(two)["version"] == 1


def test_a_customer_entered_while_another_gets_its_name_is_told(api: Api):
    one, name = trade.customer(api), trade.some("Steel")
    status, told = while_another_is_changed(api, one, {"name": name}, lambda: api.ask("post", "/partners/partners/", {"name": name}))
    assert (status, told["errors"][0]["code"]) == (422, "duplicate")


def test_who_changes_something_else_waits_for_nobody(api: Api):
    one, two = trade.customer(api), trade.customer(api)
    values = {"phone": "021-5550", "version": 1}
    status, told = while_another_is_changed(
        api, one, {"name": trade.some("Steel")}, lambda: api.ask("patch", f"/partners/partners/{two['id']}/", values)
    )
    assert (status, told["phone"]) == (200, "021-5550")


@pytest.mark.parametrize("locked_only", [True, False], ids=["about to be renamed", "renamed"])
def test_a_sheet_and_a_form_that_change_one_customer_do_not_lock_each_other_out(api: Api, locked_only: bool):
    """The sheet enters a customer and changes another, which a form renames at the same moment: one after the other, no deadlock."""
    held, name = trade.customer(api), trade.some("Renamed")
    rows = [["number", "name", "short_name"], ["", trade.some("Fresh"), ""], [held["number"], "", "S"]]

    def work() -> Json:
        return bring(api, "partners.partner", rows, mode="upsert")

    told = while_another_is_changed(api, held, {"name": name}, work, locked_only=locked_only)
    assert (told["created"], told["updated"]) == (1, 1)
    now = api.again(held)
    assert (now["name"], now["short_name"]) == (name, "S")
