"""A suspended company: every address that changes something refuses, and what was queued waits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.urls import URLPattern, get_resolver

from kernel import jobs, registry
from kernel.access import SYSTEM
from kernel.models import Event, Job
from tenants import lifecycle
from tenants.context import tenant_context
from tenants.lifecycle import By
from tenants.models import Tenant
from tests.api import Api

UNSAFE = ("post", "put", "patch", "delete")
OPERATOR = By("operator")
APART = {"shared_apps.accounts.security", "shared_apps.billing.views"}
"""One's own account is no company's; who is suspended must be able to pay."""
NEEDED = {"LogInView", "LogOutView", "ForgottenView", "ResetView", "Export", "ExportView", "Preview", "Sketch", "TypedPrices", "CancelJob"}


def addresses(patterns=None, before: str = "") -> Iterator[tuple[str, type]]:
    """Every address of the product with its view; parameters filled in."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        path = before + re.sub(r"<(int:)?[^>]+>", "1", str(one.pattern))
        if isinstance(one, URLPattern):
            yield f"/{path}", getattr(one.callback, "view_class", None) or getattr(one.callback, "cls", one.callback)
        else:
            yield from addresses(one.url_patterns, path)


WRITING = [(path, view) for path, view in addresses() if path.startswith("/api/v1/") and any(hasattr(view, verb) for verb in UNSAFE)]


@pytest.fixture(scope="module")
def suspended(api: Api) -> Iterator[Api]:
    lifecycle.suspend(api.company, by=OPERATOR)
    cache.clear()
    yield api
    lifecycle.activate(api.company, by=OPERATOR)
    cache.clear()


def test_every_address_that_changes_something_refuses(suspended: Api):
    assert len(WRITING) > len(registry.everything())
    wrong = []
    for path, view in WRITING:
        for verb in UNSAFE:
            if hasattr(view, verb) and not getattr(view, "while_read_only", False):
                answer = getattr(suspended.client, verb)(path, {}, content_type="application/json")
                if (answer.status_code, answer.json().get("code")) != (403, "read_only"):
                    wrong.append((verb, path, answer.status_code))
    assert wrong == []


def test_only_these_are_open(suspended: Api):
    """Whoever adds one says here why a suspended company needs it."""
    told = {view.__name__ for _path, view in WRITING if getattr(view, "while_read_only", False) and view.__module__ not in APART}
    assert told == NEEDED


def test_an_export_runs_and_an_import_waits(suspended: Api):
    told = suspended.post("/partners/partners/export/", {"format": "csv", "columns": ["name"]}, 202)
    with tenant_context(Tenant.objects.get(pk=suspended.company.pk)):
        assert Job.objects.get(pk=told["job"]["id"] if "job" in told else told["id"]).state == Job.State.DONE
        waiting = jobs.start("import", "Import", {}, by=SYSTEM)
        jobs.run(waiting.pk)
        assert Job.objects.get(pk=waiting.pk).state == Job.State.QUEUED
        waiting.delete()


def test_news_wait_until_the_company_is_open_again(suspended: Api):
    from kernel.tasks import deliver

    company = Tenant.objects.get(pk=suspended.company.pk)
    with tenant_context(company):
        event = Event.objects.create(at="2026-11-22T00:00Z", kind="x.y", subject="partners.partner", subject_id=1, pending=True)
        deliver.apply(args=[[event.pk]])
        assert Event.objects.get(pk=event.pk).pending
    opened = lifecycle.activate(company, by=OPERATOR)
    with tenant_context(opened):
        deliver.apply(args=[[event.pk]])
        assert not Event.objects.get(pk=event.pk).pending
    lifecycle.suspend(company, by=OPERATOR)
