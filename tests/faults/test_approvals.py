"""Approvals decided by many at once, and by workers that die: each decided once, each call carried out once."""

from __future__ import annotations

import pytest

from config import celery_app
from kernel import calls, clock, doors, people, registry
from kernel import tasks as kernel_tasks
from kernel.models import Event
from tenant_apps.approvals import replaying
from tenant_apps.approvals.models import Approval, Task
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.approvals.conftest import Office, ask, office
from tests.faults.together import copies, together

__all__ = ["office"]
MANY, CLIENTS = 200, 8
PARTNER, PARTNERS = "partners.partner", "/partners/partners/"


def waiting(who: Api) -> list[Json]:
    rows: list[Json] = []
    cursor = ""
    while cursor is not None:
        page = who.get(f"/approvals/inbox/?limit=100&cursor={cursor}")
        rows, cursor = [*rows, *page["rows"]], page["next"]
    return rows


def test_200_tasks_approved_at_once_from_8_clients_are_decided_once_each(office: Office, api: Api):
    """Every task is wanted by two of the clients."""
    office.flow([ask("first", office.head)], on=(PARTNER, "create"))
    names = [trade.some("Held") for _ in range(MANY)]
    with tenant_context(api.company):
        by = people.directory.load_actor(api.company.owner_id)
        for name in names:
            with calls.call():
                assert by is not None and doors.create(registry.get(PARTNER), {"name": name}, by=by, at=clock.now()) is None
    cards = waiting(office.head)
    assert len(cards) == MANY
    seats = [Api.of_account(api.company, account_of(office.head), office.head.member) for _ in range(CLIENTS)]

    def decide(number: int) -> list[int]:
        share = MANY // CLIENTS
        mine = [*cards, *cards][number * share : (number + 2) * share]
        return [seats[number].ask("post", f"/approvals/tasks/{card['id']}/agree/", {"version": card["version"]})[0] for card in mine]

    codes = [code for some in together(CLIENTS, decide) for code in some]
    assert codes.count(200) == codes.count(409) == MANY and len(codes) == 2 * MANY
    with tenant_context(api.company):
        assert Task.objects.filter(state="approved").count() == MANY
        assert Approval.objects.filter(state="approved", done_at__isnull=False, open=False).count() == MANY
        assert Event.objects.filter(kind="approvals.task.agree").count() == MANY
        made = Event.objects.filter(kind="partners.partner.create", actor=api.member, data__label__in=names)
        assert made.count() == len(set(made.values_list("data__label", flat=True))) == MANY
    office.off((PARTNER, "create"))


def account_of(who: Api) -> int:
    from tenant_apps.organization.models import Member

    with tenant_context(who.company):
        return int(Member.objects.values_list("account", flat=True).get(pk=who.member) or 0)


def test_two_who_decide_parts_of_one_approval_wait_for_each_other(office: Office, api: Api):
    """First answer counts: one of them decides, the others hear that it is decided, and nobody is chosen out by the database."""
    judges = (office.head, office.boss, office.other)
    office.flow([ask("any", *judges, mode="any")], on=(PARTNER, "create"))
    for _ in range(3):
        approval = api.post(PARTNERS, {"name": trade.some("Held")}, 202)["held"]["approval"]
        cards = [next(card for card in waiting(who) if card["approval"] == approval) for who in judges]
        answers = together(3, lambda at, cards=cards: judges[at].ask("post", f"/approvals/tasks/{cards[at]['id']}/agree/", {})[0])
        assert sorted(answers) == [200, 409, 409]
    office.off((PARTNER, "create"))


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work goes to the broker, and nobody takes it."""
    monkeypatch.setitem(celery_app.conf, "task_always_eager", False)


def sweep(api: Api) -> None:
    with tenant_context(api.company):
        kernel_tasks.sweep()


def held(office: Office, api: Api) -> tuple[str, int]:
    office.flow([ask("first", office.head)], on=(PARTNER, "create"))
    name = trade.some("Held")
    return name, api.post(PARTNERS, {"name": name}, 202)["held"]["approval"]


def test_a_worker_that_dies_between_decision_and_replay_loses_nothing(office: Office, api: Api, no_worker: None):
    name, approval = held(office, api)
    office.agree(office.head, approval)
    told = api.read("approvals.approval", approval)
    assert (told["state"], told["done_at"], api.rows(PARTNER, f"q={name}")) == ("approved", None, [])
    sweep(api)
    sweep(api)
    assert len(api.rows(PARTNER, f"q={name}")) == 1 and api.read("approvals.approval", approval)["done_at"]
    office.off((PARTNER, "create"))


class Killed(BaseException):
    """As abrupt as a kill: nothing catches it."""


def test_a_worker_that_dies_in_the_middle_of_the_replay_leaves_no_half(
    office: Office, api: Api, no_worker: None, monkeypatch: pytest.MonkeyPatch
):
    name, approval = held(office, api)
    office.agree(office.head, approval)
    whole = replaying._carry_out

    def die(*given: object) -> None:
        whole(*given)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(replaying, "_carry_out", die)
        with pytest.raises(Killed):
            sweep(api)
    assert api.rows(PARTNER, f"q={name}") == [] and api.read("approvals.approval", approval)["done_at"] is None
    sweep(api)
    assert len(api.rows(PARTNER, f"q={name}")) == 1
    office.off((PARTNER, "create"))


def test_an_unforeseen_error_ends_as_failed_and_can_be_tried_again(office: Office, api: Api, monkeypatch: pytest.MonkeyPatch):
    name, approval = held(office, api)

    def break_down(*given: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(replaying, "_carry_out", break_down)
        office.agree(office.head, approval)
    told = api.read("approvals.approval", approval)
    assert told["state"] == "failed" and "fault is ours" in told["outcome"] and api.rows(PARTNER, f"q={name}") == []
    api.act(told, "retry")
    assert len(api.rows(PARTNER, f"q={name}")) == 1 and api.read("approvals.approval", approval)["done_at"]
    office.off((PARTNER, "create"))


def test_asked_for_many_times_at_once_one_document_waits_once(office: Office, api: Api):
    office.flow([ask("first", office.head)])
    offer = trade.quote(api)
    seats = copies(api, CLIENTS)
    answers = together(CLIENTS, lambda number: seats[number].ask("post", f"/quoting/quotes/{offer['id']}/send/", {}))
    assert sorted(status for status, _told in answers) == [202] + [409] * (CLIENTS - 1)
    assert len(api.get(f"/approvals/of/quoting.quote/{offer['id']}/")["rows"]) == 1
    office.off()
