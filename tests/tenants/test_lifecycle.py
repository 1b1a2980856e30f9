"""From trial to suspension: each step once, written down, and a read-only company that refuses every change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tenants import lifecycle
from tenants.lifecycle import By, WrongState
from tenants.models import Tenant, Transition
from tenants.states import FOLLOWS, LEAVING, OPEN, READ_ONLY, State
from tenants.tasks import advance
from tenants.throwaway import on_own_connection
from tests.founding import browser, log_in, owner_of

OPERATOR = By("operator", 1)
CHANGE = "/api/v1/partners/partners/"


@pytest.fixture
def company(found):
    return found(language="en")


def reload(company: Tenant) -> Tenant:
    return Tenant.objects.get(pk=company.pk)


def due(company: Tenant) -> None:
    Tenant.objects.filter(pk=company.pk).update(until=timezone.now() - timedelta(seconds=1))


def steps(company: Tenant) -> list[tuple[str, str]]:
    return list(Transition.objects.filter(company=company).values_list("before", "after"))


def test_a_sign_up_is_a_trial_of_fourteen_days(company, settings):
    assert company.state == State.TRIAL
    assert timedelta(days=13.9) < company.until - timezone.now() <= timedelta(days=settings.TRIAL_DAYS)
    assert steps(company) == [("requested", "provisioning"), ("provisioning", "trial")]


def test_time_takes_a_company_from_trial_to_grace_to_suspension(company, settings):
    advance.delay()
    assert reload(company).state == State.TRIAL
    due(company)
    advance.delay()
    assert reload(company).state == State.PAST_DUE
    assert reload(company).until > timezone.now() + timedelta(days=settings.GRACE_DAYS - 1)
    due(company)
    advance.delay()
    advance.delay()
    assert reload(company).state == State.SUSPENDED
    assert reload(company).until is None
    assert steps(company)[2:] == [("trial", "past_due"), ("past_due", "suspended")]


def test_the_clock_runs_in_four_places_at_once_and_moves_once(company):
    due(company)
    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(lambda _: on_own_connection(lifecycle.advance, company), range(4)))
    assert sum(moved) == 1
    assert steps(company)[2:] == [("trial", "past_due")]


def test_a_step_taken_twice_is_written_down_once(company):
    for _ in range(2):
        lifecycle.suspend(company, by=OPERATOR, reason="chargeback")
    last = Transition.objects.filter(company=company).last()
    assert (last.by, last.account, last.reason, last.after) == ("operator", 1, "chargeback", "suspended")
    assert len(steps(company)) == 3


def test_what_cannot_follow_is_refused_with_a_sentence(company):
    lifecycle.cancel(company, by=OPERATOR)
    with pytest.raises(WrongState, match="cannot become"):
        lifecycle.suspend(company, by=OPERATOR)
    assert reload(company).state == State.CANCELLED


def test_an_export_does_not_put_the_deletion_off(company):
    assert lifecycle.exported(company, by=OPERATOR).state == State.TRIAL
    cancelled = lifecycle.cancel(company, by=OPERATOR)
    exported = lifecycle.exported(cancelled, by=OPERATOR)
    assert (exported.state, exported.until) == (State.EXPORTED, cancelled.until)


def test_a_trial_is_extended_from_its_end_and_ends_a_suspension(company):
    until = company.until
    assert lifecycle.extend_trial(company, 7, by=OPERATOR).until == until + timedelta(days=7)
    lifecycle.suspend(company, by=OPERATOR)
    again = lifecycle.extend_trial(company, 7, by=OPERATOR)
    assert (again.state, again.read_only) == (State.TRIAL, False)


def test_every_state_can_be_reached_and_all_but_the_last_left():
    reached, new = set(), {State.REQUESTED}
    while new:
        reached |= new
        new = {State(after) for state in new for after in FOLLOWS[state]} - reached
    assert reached == set(State)
    assert [state for state in State if not FOLLOWS[state]] == [State.DELETED]
    assert LEAVING < READ_ONLY < OPEN


@pytest.mark.parametrize("leave", [lifecycle.suspend, lifecycle.cancel])
def test_a_read_only_company_is_read_and_refuses_changes(company, leave):
    client = log_in(company, owner_of(company).email)
    cache.clear()
    left = leave(company, by=OPERATOR)
    assert client.get(CHANGE).status_code == 200
    told = client.get("/api/v1/meta/").json()["company"]
    assert (told["state"], told["read_only"]) == (left.state, True)
    refused = client.post(CHANGE, {"name": "New"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only")
    assert "exported" in refused.json()["detail"]
    lifecycle.activate(company, by=OPERATOR)
    assert client.post(CHANGE, {"name": "New"}, content_type="application/json").status_code == 201


def test_one_logs_in_and_out_of_a_suspended_company(company):
    lifecycle.suspend(company, by=OPERATOR)
    client = log_in(company, owner_of(company).email)
    assert client.get("/api/v1/session/").json()["authenticated"]
    assert client.post("/api/v1/logout/").status_code == 200


def test_a_company_closed_for_a_restore_answers_with_a_sentence(company):
    company.closed = "restore"
    company.save()
    answer = browser(company).get("/api/v1/session/")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "closed", "30")
