"""No thread, exception, lazy queryset or task ever reads another company than it was told."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery import shared_task
from django.db import DatabaseError, InternalError, connection, connections, transaction

from tenants.context import CompanyUnset, Schema, current_schema, tenant_context
from tenants.guard import OtherCompany
from tenants.schema_task import HEADER, CompanyTask, PublicTask, SchemaTask, WrongCompany
from tests.database import asked, log_in
from tests.tenants.trap import Trap, lay, read


def schema() -> str:
    return str(asked("SELECT current_schema()"))


def fail() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def write_and_fail(company) -> None:
    with transaction.atomic(), tenant_context(company):
        Trap.objects.create(text="lost")
        fail()


def test_a_block_is_its_companys_and_gives_back_the_one_before(found):
    a, b = found(), found()
    with tenant_context(a):
        with tenant_context(b):
            assert schema() == b.schema_name
        assert schema() == a.schema_name
    assert schema() == "public"


def test_many_threads_over_many_companies_read_only_their_own(found):
    companies = [lay(found()) for _ in range(4)]

    def work(thread: int) -> bool:
        try:
            return all(read(company) == [company.slug] for company in companies[thread % 4 :] + companies[: thread % 4] for _ in range(25))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_a_new_thread_has_no_company_and_may_not_ask(found):
    company = lay(found())
    seen: list[object] = []

    def ask() -> None:
        try:
            seen.append(Trap.objects.count())
        except CompanyUnset as refusal:
            seen.append(refusal)
        finally:
            connections.close_all()

    with tenant_context(company):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert isinstance(seen[0], CompanyUnset)


def test_an_error_inside_leaves_the_connection_where_it_was(found):
    a, b = lay(found()), lay(found())
    with tenant_context(a):
        with pytest.raises(DatabaseError), tenant_context(b):
            fail()
        assert list(Trap.objects.values_list("text", flat=True)) == [a.slug]


def test_a_rolled_back_switch_is_made_again(found):
    a, b = lay(found()), lay(found())
    with tenant_context(a):
        assert Trap.objects.get().text == a.slug
    with tenant_context(b):
        with transaction.atomic():
            assert Trap.objects.get().text == b.slug  # the switch is part of this transaction
            transaction.set_rollback(True)
        assert Trap.objects.get().text == b.slug


def test_a_switch_taken_back_with_a_savepoint_is_made_again(found):
    a, b = lay(found()), lay(found())
    with tenant_context(a), transaction.atomic():
        savepoint = transaction.savepoint()
        with tenant_context(b):
            assert Trap.objects.get().text == b.slug
            transaction.savepoint_rollback(savepoint)
            assert Trap.objects.get().text == b.slug
        assert Trap.objects.get().text == a.slug


def test_a_rolled_back_savepoint_is_undone_in_the_right_company(found):
    a, b = lay(found()), lay(found())
    with tenant_context(a), transaction.atomic():
        Trap.objects.create(text="kept")
        assert Trap.objects.count() == 2
        with pytest.raises(DatabaseError):
            write_and_fail(b)
        with tenant_context(b):
            assert Trap.objects.get().text == b.slug
        assert set(Trap.objects.values_list("text", flat=True)) == {a.slug, "kept"}
    assert read(a) == [a.slug, "kept"]
    assert read(b) == [b.slug]


def test_an_aborted_transaction_answers_nobody(found):
    a, b = lay(found()), lay(found())
    with tenant_context(a), transaction.atomic():
        with pytest.raises(DatabaseError):
            fail()
        with tenant_context(b), pytest.raises((InternalError, transaction.TransactionManagementError)):
            Trap.objects.count()
        transaction.set_rollback(True)
    assert read(b) == [b.slug]


def test_commit_hooks_run_in_the_company_whose_transaction_it_was(found):
    a = found()
    ran: list[str] = []
    with tenant_context(a), transaction.atomic():
        transaction.on_commit(lambda: ran.append(schema()))
    assert ran == [a.schema_name]


def test_a_failing_switch_is_an_error_and_not_the_last_company(found):
    a = lay(found())
    with tenant_context(a):
        assert Trap.objects.count() == 1
    with pytest.raises(DatabaseError), tenant_context(Schema("t_no_such_company")):
        Trap.objects.count()


def test_a_lost_connection_comes_back_in_the_same_company(found):
    a = lay(found())
    with tenant_context(a):
        end(asked("SELECT pg_backend_pid()"))
        connection.close_if_unusable_or_obsolete()
        assert Trap.objects.get().text == a.slug


def end(pid: int) -> None:
    with log_in() as outside:
        ended = outside.execute("SELECT pg_terminate_backend(%s, 30000)", [pid]).fetchone()
        assert ended[0], "the server has not ended the session in time"


def test_a_queryset_that_left_its_company_is_refused_elsewhere(found):
    a, b = lay(found()), lay(found())
    with tenant_context(a):
        lazy = Trap.objects.filter(text__gt="")
    with tenant_context(b):
        for evaluate in (list, lambda rows: rows.count(), lambda rows: rows.delete(), lambda rows: rows.exclude(pk=0).exists()):
            with pytest.raises(OtherCompany):
                evaluate(lazy)
    with pytest.raises(OtherCompany):
        lazy.first()
    with tenant_context(a):
        assert [row.text for row in lazy] == [a.slug]


def test_a_company_entered_by_with_is_refused(found):
    with pytest.raises(TypeError, match="tenant_context"), found():
        pass


@shared_task(base=CompanyTask, name="tests.whose")
def whose() -> str:
    return schema()


@shared_task(base=PublicTask, name="tests.nobodys")
def nobodys() -> str:
    return schema()


@shared_task(name="tests.plain")
def plain() -> str:
    return schema()


def test_a_task_runs_for_the_company_that_sent_it(found):
    a = found()
    with tenant_context(a):
        sent = whose.delay()
        assert plain.delay().result == a.schema_name
        assert current_schema() == a.schema_name
        assert connection.tenant is a
    assert sent.result == a.schema_name


def test_a_task_of_a_company_is_never_sent_from_outside_of_one(platform):
    with pytest.raises(WrongCompany):
        whose.delay()


def test_a_public_task_leaves_the_company_that_sent_it(found):
    with tenant_context(found()):
        assert nobodys.delay().result == "public"


def receive(task, headers: dict[str, str]) -> str:
    """What a worker does with a message whose company could not be chosen before."""
    task.push_request(called_directly=False, headers=headers)
    try:
        return task()
    finally:
        task.pop_request()


@pytest.mark.parametrize("task", [whose, plain, nobodys])
def test_a_message_without_a_company_does_not_run_in_public(platform, task):
    with pytest.raises(WrongCompany):
        receive(task, {})


def test_a_message_for_one_company_does_not_run_in_another(found):
    a, b = found(), found()
    with tenant_context(b), pytest.raises(WrongCompany):
        receive(plain, {HEADER: a.schema_name})
    with tenant_context(a):
        assert receive(plain, {HEADER: a.schema_name}) == a.schema_name


def test_a_message_for_a_company_that_is_gone_does_not_run(platform):
    answer = super(SchemaTask, whose).apply(headers={HEADER: "t_999999"}, throw=False)
    assert isinstance(answer.result, WrongCompany)
