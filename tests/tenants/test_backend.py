"""The connection: cheap to switch, small, and gone when its server is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.contrib.contenttypes.models import ContentType
from django.db import NotSupportedError, connection

from tenants import roles
from tenants.context import as_owner, tenant_context
from tests.database import asked
from tests.tenants.trap import lay, read


def backend() -> int:
    return int(asked("SELECT pg_backend_pid()"))


@contextmanager
def traced(place) -> Iterator[list[str]]:
    """The messages with a SET in them that go to PostgreSQL, as the driver's library writes them down; filled in at the end."""
    found: list[str] = []
    with place.open("w+") as told:
        connection.connection.pgconn.trace(told.fileno())
        try:
            yield found
        finally:
            connection.connection.pgconn.untrace()
        found += re.findall(r'Query\t "(SET .*)"$', place.read_text(), re.MULTILINE)


def test_one_set_when_the_company_changes_and_none_otherwise(found, tmp_path):
    company = found()
    backend()
    with tenant_context(company), traced(tmp_path / "first") as sent:
        for _ in range(3):
            backend()
        with tenant_context(company):
            backend()
    assert sent == [f'SET ROLE "{roles.of(company.schema_name)}"; SET search_path = "{company.schema_name}", "public"']
    with traced(tmp_path / "then") as sent, tenant_context(company):
        backend()
    assert sent == []


def test_a_switch_is_no_query_of_the_request(found, django_assert_num_queries):
    company = found()
    with django_assert_num_queries(1), tenant_context(company):
        backend()


def test_content_types_stay_known_from_company_to_company(found, django_assert_num_queries):
    known = ContentType.objects.get_for_model(ContentType)
    with tenant_context(found()), django_assert_num_queries(0):
        assert ContentType.objects.get_for_model(ContentType) == known


def test_a_living_connection_is_kept_without_asking_the_server(platform, django_assert_num_queries):
    connection.close()
    connection.shelf.clear()  # those of earlier tests may be of age
    pid = backend()
    with django_assert_num_queries(1):
        connection.close_if_unusable_or_obsolete()
        assert backend() == pid


def test_a_statement_that_a_migration_made_stale_is_prepared_anew(found):
    company = lay(found())
    with tenant_context(company):
        for _ in range(5):
            read(company)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE trap ALTER text TYPE varchar(50)")
        with suppress(NotSupportedError):
            read(company)
        connection.close_if_unusable_or_obsolete()
        assert read(company) == [company.slug]


def test_a_prepared_statement_answers_for_the_company_that_asks(found):
    companies = [lay(found()) for _ in range(3)]
    for _ in range(8):
        for company in companies:
            assert read(company) == [company.slug]


def test_a_company_sees_the_tables_of_its_schema_only(found):
    company = found()
    with tenant_context(company), connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    assert "django_migrations" in names
    assert "tenants_tenant" not in names
