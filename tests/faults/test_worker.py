"""A worker dies at the worst moment: after the commit, in the middle of what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from config import celery_app
from kernel import tasks
from kernel.jobs import SILENT_FOR
from kernel.models import Event, Job, Message
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.database import as_owner
from tests.faults.programs import kill, wait_for, worker


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work goes to the broker and waits there for a worker."""
    monkeypatch.setitem(celery_app.conf, "task_always_eager", False)
    with celery_app.connection_for_write() as broker:
        broker.default_channel.queue_purge("celery")


@pytest.fixture
def inbox_locked(api: Api) -> Iterator[psycopg.Connection[Any]]:
    """Nobody can write into an inbox until this transaction ends."""
    with as_owner() as outside:
        outside.execute(f"LOCK TABLE {api.company.schema_name}.kernel_message IN ACCESS EXCLUSIVE MODE")
        yield outside


def waits_for_the_inbox(outside: psycopg.Connection[Any]) -> bool:
    row = outside.execute(
        "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE NOT l.granted AND c.relname = 'kernel_message'"
    ).fetchone()
    assert row is not None
    return bool(row[0])


def mention(api: Api, colleague: Api, text: str) -> Json:
    offer = trade.quote(api)
    api.post(f"/quoting/quotes/{offer['id']}/notes/", {"text": text, "mentions": [colleague.member]}, 201)
    return offer


def pending(api: Api) -> int:
    with tenant_context(api.company):
        return Event.objects.filter(pending=True).count()


def arrived(api: Api, text: str) -> int:
    with tenant_context(api.company):
        return Message.objects.filter(text=text).count()


def sweep(api: Api) -> None:
    """As the scheduler has it done every minute."""
    with tenant_context(api.company):
        celery_app.send_task("kernel.sweep", headers={"_schema_name": api.company.schema_name})


def test_news_reach_the_inbox_through_a_worker(api: Api, as_role, queued, tmp_path: Path):
    reader = as_role("General manager")
    with worker(tmp_path / "worker.log"):
        mention(api, reader, "by a worker")
        wait_for(lambda: arrived(api, "by a worker"), "the message of a mention")
    assert pending(api) == 0


def test_a_worker_killed_between_commit_and_handler_is_made_up_for_once(api: Api, as_role, queued, inbox_locked, tmp_path: Path):
    reader = as_role("General manager")
    with worker(tmp_path / "first.log") as first:
        mention(api, reader, "the worker died")
        wait_for(lambda: waits_for_the_inbox(inbox_locked), "the handler at work")
        kill(first)
    inbox_locked.rollback()
    assert (pending(api), arrived(api, "the worker died")) == (1, 0)
    with worker(tmp_path / "second.log"):
        sweep(api)
        wait_for(lambda: pending(api) == 0, "the sweeper's delivery")
        assert arrived(api, "the worker died") == 1
        sweep(api)
        sweep(api)
        mention(api, reader, "afterwards")
        wait_for(lambda: arrived(api, "afterwards"), "the next message")
    assert arrived(api, "the worker died") == 1


def test_a_message_the_broker_lost_is_made_up_for(api: Api, as_role, queued):
    """The broker's memory may go; the event is in the database."""
    mention(api, as_role("General manager"), "lost on the way")
    with celery_app.connection_for_write() as broker:
        broker.default_channel.queue_purge("celery")
    assert pending(api) == 1
    sweep_here(api)
    sweep_here(api)
    assert (pending(api), arrived(api, "lost on the way")) == (0, 1)


def sweep_here(api: Api) -> None:
    with tenant_context(api.company):
        tasks.sweep.apply(headers={"_schema_name": api.company.schema_name}, throw=True)


def test_an_event_is_delivered_by_one_worker_at_a_time(api: Api, as_role, queued):
    """Two workers get the same message: one delivers, the other passes on."""
    mention(api, as_role("General manager"), "twice sent")
    with tenant_context(api.company):
        key = Event.objects.get(pending=True).pk
    with as_owner() as outside:
        outside.execute(f"SELECT 1 FROM {api.company.schema_name}.kernel_event WHERE id = %s FOR UPDATE", [key])
        sweep_here(api)
        assert (pending(api), arrived(api, "twice sent")) == (1, 0)
    sweep_here(api)
    assert (pending(api), arrived(api, "twice sent")) == (0, 1)


def test_a_job_whose_worker_died_is_failed_and_says_so(api: Api, queued):
    job = api.post("/partners/partners/export/", {"format": "csv"}, 202)["job"]
    with tenant_context(api.company), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_job SET state = 'running', beat_at = now() - %s::interval WHERE id = %s", [SILENT_FOR * 2, job["id"]])
        sweep_here(api)
        assert Job.objects.get(pk=job["id"]).state == "failed"
    told = api.get(f"/jobs/{job['id']}/")
    assert told["state"] == "failed" and "stopped" in told["message"]
