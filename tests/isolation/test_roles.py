"""PostgreSQL itself keeps a company in its schema, whatever SQL our code comes up with."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from tenants import roles
from tenants.context import PUBLIC, as_owner, public_context, tenant_context
from tenants.deploying import admit
from tenants.models import Tenant
from tenants.throwaway import on_own_connection
from tests.database import as_owner as as_owner_outside
from tests.database import log_in
from tests.tenants.trap import Trap, lay, read

OPEN_TO_COMPANIES: frozenset[str] = frozenset()
"""Tables outside its schema that a company's role may see or change, and the columns. There are none."""
RIGHTS = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
OUTSIDE = """
    SELECT n.nspname || '.' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE n.nspname <> %(own)s AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND
           CASE WHEN relkind = 'S' THEN has_sequence_privilege(%(role)s, c.oid, 'USAGE, SELECT, UPDATE')
                WHEN relkind IN ('r', 'p', 'v', 'm', 'f') THEN has_table_privilege(%(role)s, c.oid, %(rights)s)
                     OR has_any_column_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') END
"""
SCHEMAS = "SELECT nspname FROM pg_namespace WHERE has_schema_privilege(%(role)s, oid, %(right)s) AND nspname !~ '^pg_'"
TABLES = """
    SELECT quote_ident(nspname) || '.' || quote_ident(relname), (SELECT quote_ident(attname) FROM pg_attribute
           WHERE attrelid = c.oid AND attnum > 0 AND attidentity = '' AND attgenerated = '' AND NOT attisdropped ORDER BY attnum LIMIT 1)
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = ANY(%s) AND relkind = 'r' ORDER BY 1
"""


@pytest.fixture(scope="module")
def pair(founded) -> tuple[Tenant, Tenant]:
    return lay(founded()), lay(founded())


def asked(sql: str, **told: object) -> set[str]:
    with public_context(), connection.cursor() as cursor:
        cursor.execute(sql, told)
        return {row[0] for row in cursor.fetchall()}


def tables(*schemas: str) -> list[tuple[str, str]]:
    with public_context(), connection.cursor() as cursor:
        cursor.execute(TABLES, [list(schemas)])
        return cursor.fetchall()


def refused(sql: str) -> bool:
    """Whether PostgreSQL refuses the statement for want of a right, and for nothing else."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)
    return False


def test_no_table_outside_its_schema_is_open_to_a_company(pair):
    a, _ = pair
    role = roles.of(a.schema_name)
    assert asked(OUTSIDE, own=a.schema_name, role=role, rights=RIGHTS) == OPEN_TO_COMPANIES
    assert asked(SCHEMAS, role=role, right="USAGE") == {a.schema_name, PUBLIC, "information_schema"}  # public: for its functions
    assert asked(SCHEMAS, role=role, right="CREATE") == set()


def test_every_table_of_the_platform_and_of_others_is_refused(pair):
    a, b = pair
    every = tables(PUBLIC, b.schema_name)
    assert {f"{b.schema_name}.partners_partner", f"{PUBLIC}.accounts_user", f"{PUBLIC}.kernel_event"} <= {name for name, _ in every}
    with tenant_context(a):
        for name, column in every:
            assert refused(f"SELECT count(*) FROM {name}"), name
            assert refused(f"INSERT INTO {name} DEFAULT VALUES"), name
            assert refused(f"UPDATE {name} SET {column} = {column}"), name
            assert refused(f"DELETE FROM {name}"), name
    assert read(b) == [b.slug]


def test_a_company_works_with_every_table_of_its_own(pair):
    a, _ = pair
    with tenant_context(a):
        for name, column in tables(a.schema_name):
            assert not refused(f"SELECT count(*) FROM {name}"), name
            assert not refused(f"UPDATE {name} SET {column} = {column} WHERE false"), name
            assert not refused(f"DELETE FROM {name} WHERE false"), name


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE partners_partner",
        "ALTER TABLE partners_partner ADD COLUMN x int",
        "TRUNCATE kernel_event",
        "CREATE SCHEMA t_mine",
        "CREATE TABLE public.mine (id int)",
        "DROP SCHEMA {b} CASCADE",
        "CREATE TABLE {b}.mine (id int)",
        "SELECT nextval('public.tenants_schema_number')",
        "COPY {b}.partners_partner TO STDOUT",
        "COPY public.accounts_user TO '/tmp/users'",
        "CREATE ROLE mine",
    ],
)
def test_a_company_changes_no_table_and_nothing_outside(pair, sql):
    a, b = pair
    with tenant_context(a):
        assert refused(sql.format(b=b.schema_name))


def test_the_platform_reads_no_company(pair):
    a, b = pair
    with public_context():
        for name, _ in tables(a.schema_name, b.schema_name):
            assert refused(f"SELECT count(*) FROM {name}"), name


def test_the_log_in_may_do_nothing_before_it_takes_on_a_role(pair):
    a, _ = pair
    with log_in(autocommit=True) as outside:
        for name, _column in tables(PUBLIC, a.schema_name):
            with pytest.raises(InsufficientPrivilege):
                outside.execute(f"SELECT count(*) FROM {name}")


def here() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_schema()::text")
        return cursor.fetchone()


def at(company: Tenant) -> tuple[str, str]:
    return roles.of(company.schema_name), company.schema_name


@pytest.mark.parametrize("end", ["rolled back", "savepoint", "aborted"])
def test_the_role_holds_after_a_transaction_that_came_to_nothing(pair, end):
    a, b = pair
    secret = f"SELECT text FROM {b.schema_name}.trap"
    with tenant_context(b):
        assert here() == at(b)
    with tenant_context(a):
        with transaction.atomic():
            savepoint = transaction.savepoint()
            assert here() == at(a)  # the switch is part of this transaction, and goes with it
            if end == "savepoint":
                transaction.savepoint_rollback(savepoint)
                assert refused(secret)
            elif end == "aborted":
                with pytest.raises(DatabaseError), connection.cursor() as cursor:
                    cursor.execute(secret)
            transaction.set_rollback(True)
        assert refused(secret)
        assert here() == at(a)


def test_a_cursor_opened_for_one_company_serves_the_one_in_force(pair):
    a, b = pair
    with tenant_context(a), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM trap")
        assert cursor.fetchone() == (a.slug,)
        with tenant_context(b):
            cursor.execute("SELECT text FROM trap")
            assert cursor.fetchone() == (b.slug,)
        cursor.execute("SELECT text FROM trap")
        assert cursor.fetchone() == (a.slug,)


def test_a_role_that_cannot_be_taken_on_is_an_error(pair):
    a, b = pair
    membership = f'"{roles.of(a.schema_name)}" {{}} "{connection.settings_dict["USER"]}"'
    with as_owner_outside(autocommit=True) as owner:
        owner.execute(f"REVOKE {membership.format('FROM')}")
        with tenant_context(b):
            assert here() == at(b)
        try:
            with tenant_context(a), pytest.raises(DatabaseError):
                Trap.objects.count()
        finally:
            owner.execute(f"GRANT {membership.format('TO')} WITH INHERIT FALSE, SET TRUE")
    assert read(a) == [a.slug]


def test_accounts_are_asked_for_as_the_platform_and_only_by_the_log_in(pair):
    """A company's request finds its person, and then works for the company as before."""
    a, _ = pair
    with tenant_context(a):
        people = get_user_model().objects
        assert people.get(pk=a.owner_id).pk == a.owner_id
        assert here() == at(a)
        with transaction.atomic():
            people.filter(pk=a.owner_id).update(language="en")
            assert Trap.objects.get().text == a.slug
        assert refused("SELECT email FROM public.accounts_user")
        with pytest.raises(DatabaseError):
            Tenant.objects.count()


def test_a_table_that_a_later_release_makes_is_the_companys_too(pair):
    a, b = pair
    with as_owner(), tenant_context(a), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later_one (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, text text)")
    with tenant_context(a), connection.cursor() as cursor:
        cursor.execute("INSERT INTO later_one (text) VALUES ('mine') RETURNING id")
        cursor.execute("SELECT setval(pg_get_serial_sequence('later_one', 'id'), 7)")
    with tenant_context(b):
        assert refused(f"SELECT * FROM {a.schema_name}.later_one")


def test_a_company_of_an_earlier_release_gets_its_role_with_the_next_deployment(pair):
    a, _ = pair
    role, schema = roles.of(a.schema_name), a.schema_name
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            f'REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM "{role}"; REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM "{role}";'
            f'ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE ALL ON TABLES FROM "{role}";'
            f'ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE ALL ON SEQUENCES FROM "{role}";'
            f'REVOKE ALL ON SCHEMA {schema} FROM "{role}"; DROP ROLE "{role}"'
        )
    with pytest.raises(DatabaseError):
        read(a)
    assert on_own_connection(admit) == 1
    assert read(a) == [a.slug]
    assert on_own_connection(admit) == 0


def test_roles_come_in_batches(pair):
    def made() -> set[str]:
        return asked("SELECT rolname::text FROM pg_roles WHERE rolname LIKE %(like)s", like=f"{roles.of('t_9%')}")

    before = made()
    on_own_connection(roles.ensure, "t_900123")
    batch = made() - before
    assert roles.of("t_900123") in batch and len(batch) == roles.BATCH
    on_own_connection(roles.ensure, "t_900124")
    assert made() - before == batch
    on_own_connection(roles.drop, roles.neighbours("t_900123"))
    assert made() == before
