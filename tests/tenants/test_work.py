"""Work that is sent to every company."""

from __future__ import annotations

import pytest
from django.db import transaction

from config import celery_app
from tenants.models import SchemaRelease, SpareSchema, Tenant
from tenants.schema_task import HEADER
from tenants.tasks import fan_out


def test_every_open_company_gets_its_own_message_at_its_own_time(found, monkeypatch):
    open_ = {found().schema_name for _ in range(3)}
    closed = found()
    Tenant.objects.filter(pk=closed.pk).update(state=Tenant.State.PROVISIONING)
    sent: list[dict] = []
    monkeypatch.setattr(celery_app, "send_task", lambda name, **options: sent.append({"name": name, **options}))
    count = fan_out.delay("kernel.sweep", spread=30, expires=60, limit=5).result
    schemas = [message["headers"][HEADER] for message in sent]
    assert len(schemas) == len(set(schemas)) == count
    assert open_ <= set(schemas) and closed.schema_name not in schemas
    assert all(message["kwargs"] == {"limit": 5} and 0 <= message["countdown"] <= 30 for message in sent)
    assert len({message["countdown"] for message in sent}) == count
    assert all(message["expires"] == message["countdown"] + 60 for message in sent)


def test_every_line_of_the_timetable_names_a_task_and_where_it_runs():
    celery_app.loader.import_default_modules()
    for line in celery_app.conf.beat_schedule.values():
        assert line["task"] in celery_app.tasks
        assert line["options"]["headers"] == {HEADER: "public"}
        if line["task"] == fan_out.name:
            assert line["kwargs"]["task"] in celery_app.tasks


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_asked_by_address(platform, client, path):
    assert client.get(path, HTTP_HOST="10.1.2.3:8000").status_code == 200


def test_not_ready_before_the_first_deployment(platform, client):
    with transaction.atomic():
        SpareSchema.objects.all().delete()
        SchemaRelease.objects.all().delete()
        answer = client.get("/health/ready")
        transaction.set_rollback(True)
    assert (answer.status_code, answer.json()["database"], answer.json()["cache"]) == (503, False, True)
