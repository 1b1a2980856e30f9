"""Coroutines share a thread and its connection; each keeps its company all the same."""

from __future__ import annotations

import asyncio
import threading
from contextvars import copy_context

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.core.cache import cache
from django.core.handlers.asgi import ASGIHandler
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tenants.context import CompanyUnset, current_schema, tenant_context
from tenants.models import Tenant
from tests.tenants.trap import Trap, lay

ROUNDS = 10


async def view(request: HttpRequest) -> HttpResponse:
    """Asks three times, and lets others in between."""
    seen = set()
    for _ in range(3):
        seen |= {row.text async for row in Trap.objects.all()}
        await asyncio.sleep(0)
        seen.add(await sync_to_async(lambda: Trap.objects.get().text)())
        seen.add(await cache.aget_or_set("whose", sorted(seen)[0]))
    return HttpResponse(",".join(seen))


urlpatterns = [path("whose", view)]


@pytest.fixture(scope="module")
def companies(founded) -> list[Tenant]:
    return [lay(founded()) for _ in range(3)]


async def read(company: Tenant) -> bool:
    with tenant_context(company):
        for _ in range(3):
            await asyncio.sleep(0)
            if [row.text async for row in Trap.objects.all()] != [company.slug]:
                return False
            if await sync_to_async(current_schema)() != company.schema_name:
                return False
    return True


async def all_at_once(companies: list[Tenant]) -> list[bool]:
    try:
        return await asyncio.gather(*(read(company) for company in companies * ROUNDS))
    finally:
        await sync_to_async(connections.close_all)()


def test_coroutines_on_one_connection_read_only_their_own(companies):
    assert all(async_to_sync(all_at_once)(companies))
    assert connection.schema_name == "public"


def test_coroutines_of_another_thread_too(companies):
    answers: list[bool] = []

    def run() -> None:
        answers.extend(asyncio.run(all_at_once(companies)))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert len(answers) == len(companies) * ROUNDS and all(answers)


def test_a_coroutine_without_a_company_may_not_ask(companies):
    refused: list[bool] = []

    async def ask() -> None:
        try:
            await Trap.objects.acount()
        except CompanyUnset:
            refused.append(True)

    thread = threading.Thread(target=lambda: asyncio.run(ask()))
    thread.start()
    thread.join()
    assert refused == [True]


def test_work_handed_to_another_thread_with_its_context_keeps_its_company(companies):
    seen: list[str] = []

    def work() -> None:
        try:
            seen.append(Trap.objects.get().text)
        finally:
            connections.close_all()

    for company in companies:
        with tenant_context(company):
            thread = threading.Thread(target=copy_context().run, args=[work])
        thread.start()
        thread.join()
    assert seen == [company.slug for company in companies]


def test_asynchronous_views_of_several_companies_at_once(companies, settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)

    handler = ASGIHandler()

    async def ask(company: Tenant) -> str:
        host = f"{company.slug}.localhost:8000".encode()
        request = ApplicationCommunicator(handler, {"type": "http", "method": "GET", "path": "/whose", "headers": [(b"host", host)]})
        await request.send_input({"type": "http.request"})
        assert (await request.receive_output(60))["status"] == 200
        body: str = (await request.receive_output(60))["body"].decode()
        await request.wait()
        return body

    async def everybody() -> list[str]:
        return await asyncio.gather(*map(ask, companies * 4))

    assert async_to_sync(everybody)() == [company.slug for company in companies * 4]
