"""What the platform's log hears of by itself: jobs and exports, changes of permissions, what operators do, calls of programs (W-2.1.3)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from kernel import clock
from kernel.access import Actor
from kernel.events import follows
from kernel.jobs import when_ended
from kernel.models import Event, Job
from shared_apps.accounts import log
from shared_apps.console import calls
from shared_apps.console.models import Client, PlatformLog
from tenants.context import here, public_context

EXPORTS = ("export", "company_export", "client_archive")


def note(kind: str, account: int | None, company: int | None, at: datetime, **data: Any) -> None:
    """One line. Names of things and counts, nothing that was typed."""
    with public_context():
        PlatformLog.objects.create(at=at, account=account, company=company, kind=kind, data=data)


def company_here() -> int | None:
    return getattr(here().tenant, "pk", None)


@when_ended
def job_ended(job: Job, state: str) -> None:
    """Exports apart: they take data out of the company."""
    told = {name: job.result[name] for name in ("rows", "created", "updated", "code") if name in job.result}
    kind = "export" if job.kind in EXPORTS else "job"
    company = company_here()
    if company is None and "client" in job.params:
        company = Client.objects.filter(pk=job.params["client"]).values_list("tenant", flat=True).first()
    what = job.params.get("resource") or job.kind
    note(kind, job.params.get("account"), company, clock.now(), what=what, state=state, **told)


@follows("organization.member.*", "organization.role.*")
def permission_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Somebody changed who may do what in a company; which rights these are stands in its own history."""
    if by.account is None:  # what a company is founded with
        return
    fields = sorted(event.changes) if isinstance(event.changes, dict) else []
    note("permission", by.account, company_here(), at, what=event.kind, id=event.subject_id, fields=fields)


@follows("console.person.*")
def operator_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Operators come and go; guests of companies come by themselves."""
    if document.client_id is None:
        note("permission", by.account, None, at, what=event.kind, id=event.subject_id)


@follows("console.client.*")
def operator_acted(client: Client, event: Event, *, by: Actor, at: datetime) -> None:
    """What an operator did with a company, and the reason that was given."""
    if by.account is not None:
        values = (event.data or {}).get("values") or {}
        reason = {"reason": values["reason"]} if values.get("reason") else {}
        note("operator", by.account, client.tenant, at, what=event.kind.rpartition(".")[2], **reason)


class ProgramsMiddleware:
    """Notes that a program works in somebody's name: the first call of an hour at once, all of them when the hour is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        account = getattr(request, "program", None)
        if account is not None:
            spent = round((time.perf_counter() - started) * 1000)
            if calls.count((account, company_here()), request, response.status_code, spent):
                log.record("api", request, account, method=request.method, path=request.path[:120])
        return response
