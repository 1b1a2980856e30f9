"""How the platform is now: real queues, real errors, real slow statements; nothing personal in any of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from config import celery_app
from shared_apps.console.models import Client
from tenants import observing
from tenants.context import public_context
from tenants.models import Tenant
from tenants.tasks import refill
from tests.api import Api
from tests.console.conftest import Operator


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    def forget() -> None:
        for key in observing.store().scan_iter("millwright:observed:*"):
            observing.store().delete(key)

    forget()
    yield
    forget()


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tasks wait in the broker, as without a worker."""
    observing.store().delete("celery")
    monkeypatch.setitem(celery_app.conf, "task_always_eager", False)
    yield
    observing.store().delete("celery")


def health(operator: Operator) -> dict:
    return operator("support").get("/console/health/")


@pytest.mark.usefixtures("queued")
def test_a_waiting_task_and_its_age_are_told(operator: Operator):
    refill.apply_async()
    text = observing.store().lindex("celery", -1)
    message = json.loads(text)
    message["headers"]["sent_at"] -= 90
    observing.store().lset("celery", -1, json.dumps(message))
    refill.apply_async()
    (queue,) = health(operator)["queues"]
    assert (queue["name"], queue["waiting"]) == ("celery", 2)
    assert 90 <= queue["oldest"] < 900


def test_where_nobody_works_no_worker_is_told(operator: Operator):
    assert health(operator)["workers"] == []


def test_an_unhandled_error_is_counted_without_what_was_typed(operator: Operator, api: Api, monkeypatch: pytest.MonkeyPatch):
    def broken(*args: object, **told: object) -> None:
        raise ZeroDivisionError("王建国 13800000000")

    monkeypatch.setattr("kernel.api.me.describe.menu", broken)
    api.client.raise_request_exception = False
    for _ in range(2):
        assert api.client.get("/api/v1/meta/").status_code == 500
    api.client.raise_request_exception = True
    monkeypatch.undo()
    (fault,) = health(operator)["faults"]
    assert (fault["error"], fault["count"]) == ("ZeroDivisionError", 2)
    assert fault["place"].startswith("kernel.api.me:") and "王" not in json.dumps(fault, ensure_ascii=False)


def test_an_error_in_a_job_and_in_a_task_is_counted(operator: Operator):
    for name in ("millwright.jobs", "celery.app.trace"):
        try:
            raise KeyError("王建国")
        except KeyError:
            logging.getLogger(name).exception("it broke")
    assert sum(one["count"] for one in health(operator)["faults"]) == 2


def test_a_slow_statement_is_counted_without_its_values(operator: Operator, settings):
    settings.SLOW_STATEMENT_MS = 20
    with public_context(), connection.cursor() as cursor:
        for name in ("王建国", "李四"):
            cursor.execute("SELECT pg_sleep(0.03), %s::text", [name])
        cursor.execute("SELECT pg_sleep(0.03), '13800000000'")
    settings.SLOW_STATEMENT_MS = 100_000
    rows = {one["sql"]: one for one in health(operator)["slow"]}
    assert rows["SELECT pg_sleep(0.03), %s::text"]["count"] == 2
    assert rows["SELECT pg_sleep(0.03), %s::text"]["longest"] >= 30
    assert rows["SELECT pg_sleep(0.03),"]["count"] == 1
    assert "1380" not in json.dumps(list(rows))


def test_companies_that_need_somebody_are_named(operator: Operator, company: Tenant):
    Api.of_owner(company).get("/console/news/")
    Client.objects.filter(tenant=company.pk).update(trouble="late", backed_up_at=timezone.now())
    told = health(operator)
    assert told["companies"]["late"] >= 1
    assert company.name in [row["name"] for row in told["companies"]["worst"]]
    Client.objects.filter(tenant=company.pk).update(trouble="")


def test_storage_and_spares_are_real(operator: Operator):
    told = health(operator)
    with public_context(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    assert abs(told["storage"]["database"] - size) < size / 2
    assert told["storage"]["connections"] >= 1 and told["spares"]["wanted"] == 2


def test_no_company_reads_it(api: Api):
    api.get("/console/health/", 404)
