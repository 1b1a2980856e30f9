"""The idle connections of a process: every company on one that knows it, none that knows too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from tenants.context import public_context, tenant_context
from tenants.models import Tenant
from tests import database
from tests.tenants.test_backend import backend


@pytest.fixture
def visit(found, settings) -> Iterator[Callable[[Tenant], int]]:
    """`visit(company)`: the server session that a request for this company works in. Two companies to a connection, two connections."""
    settings.COMPANIES_PER_CONNECTION = settings.DATABASE_CONNECTIONS = 2

    def at_work(company: Tenant) -> int:
        with tenant_context(company):
            session = backend()
        connection.close_if_unusable_or_obsolete()
        return session

    yield at_work
    connection.shelf.clear()


def companies_of(found: Callable[[], Tenant], count: int) -> list[Tenant]:
    """That many companies, and no connection that has met them."""
    made = [found() for _ in range(count)]
    connection.close()
    connection.shelf.clear()
    return made


def test_a_company_gets_the_connection_that_knows_it(found, visit):
    companies = companies_of(found, 4)
    first = [visit(company) for company in companies]
    assert first[0] == first[1] != first[2] == first[3]
    assert [visit(company) for company in companies] == first


def test_who_asks_the_platform_first_works_on_the_company_s_connection_all_the_same(found, visit):
    companies = companies_of(found, 4)
    first = [visit(company) for company in companies]
    for company, known in zip(companies, first, strict=True):
        with tenant_context(company):
            with public_context():
                assert backend() == known
            assert backend() == known
        connection.close_if_unusable_or_obsolete()


def test_a_connection_that_has_met_many_companies_is_renewed_between_requests(found, visit):
    companies = companies_of(found, 5)
    known = {visit(company) for company in companies[:4]}
    renewed = visit(companies[4])
    assert renewed not in known
    assert sum(visit(company) == renewed for company in companies) < len(companies)


def test_work_that_leads_through_many_companies_leaves_no_full_connection_behind(found, visit):
    companies = companies_of(found, 3)
    for company in companies:
        with tenant_context(company):
            through = backend()
    connection.close_if_unusable_or_obsolete()
    assert visit(companies[0]) != through


def test_an_idle_connection_that_was_cut_is_not_lent(found, visit):
    (company,) = companies_of(found, 1)
    cut = visit(company)
    with database.log_in() as outside:
        outside.execute("SELECT pg_terminate_backend(%s, 5000)", [cut])
    assert visit(company) != cut


def test_two_threads_never_share_a_connection(found, visit):
    company, together = found(), Barrier(2)

    def work() -> int:
        try:
            with tenant_context(company):
                session = backend()
                together.wait(30)
            return session
        finally:
            connections.close_all()

    visit(company)
    with ThreadPoolExecutor(2) as pool:
        assert len({task.result() for task in [pool.submit(work) for _ in range(2)]}) == 2
