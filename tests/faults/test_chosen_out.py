"""When PostgreSQL ends a transaction to break a deadlock, the work is done again, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from kernel.batch import AT_ONCE
from kernel.calls import ATTEMPTS
from kernel.models import Event
from tenants.context import as_owner, tenant_context
from tests import trade
from tests.api import Api, at
from tests.kernel.sheets import PARTNER, bring, named, undo

TRAP = """
CREATE SEQUENCE tripped;
CREATE FUNCTION trip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('tripped') <= {times} THEN RAISE EXCEPTION 'chosen out' USING ERRCODE = '{state}'; END IF;
  RETURN NULL;
END $$;
GRANT ALL ON SEQUENCE tripped TO PUBLIC;
CREATE TRIGGER trip AFTER INSERT ON kernel_event EXECUTE FUNCTION trip();
"""


@pytest.fixture
def trap(api: Api) -> Iterator[Callable[..., None]]:
    """`trap(2)`: PostgreSQL ends the next two transactions in which something happens; a sequence counts them, which no rollback undoes."""

    def set_up(times: int, state: str = "40P01") -> None:
        with tenant_context(api.company), as_owner(), connection.cursor() as cursor:
            cursor.execute(TRAP.format(times=times, state=state))

    yield set_up
    with tenant_context(api.company), as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION trip() CASCADE; DROP SEQUENCE tripped")


@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_an_import_is_done_again_and_brings_each_row_once(api: Api, trap: Callable[..., None], state: str):
    name = trade.some("Works")
    trap(ATTEMPTS - 1, state)
    told = bring(api, PARTNER, [["Name"], [name], [f"{name} 2"]])
    assert (told["created"], told["failed"], len(named(api, name))) == (2, 0, 1)
    with tenant_context(api.company):
        assert Event.objects.filter(subject=PARTNER, data__label__startswith=name).count() == 2


def test_what_is_taken_back_is_taken_back_all_the_same(api: Api, trap: Callable[..., None]):
    name = trade.some("Works")
    brought = bring(api, PARTNER, [["Name"], [name]])
    trap(ATTEMPTS - 1)
    undo(api, brought)
    assert named(api, name) == []


def test_a_row_of_a_batch_is_done_again_and_no_other(api: Api, trap: Callable[..., None]):
    who, part = trade.customer(api)["id"], trade.item(api)["id"]
    drafts = [api.create("quoting.quote", {"customer": who, "lines": [{"item": part}]}) for _ in range(AT_ONCE + 1)]
    trap(ATTEMPTS - 1)
    job = api.post(f"{at('quoting.quote')}bulk/", {"verb": "send", "ids": [one["id"] for one in drafts]}, 202)["job"]
    assert api.get(f"/jobs/{job['id']}/")["result"]["failed"] == 0
    assert {(now["state"], now["version"]) for now in map(api.again, drafts)} == {("sent", 2)}


def test_it_is_not_tried_for_ever(api: Api, trap: Callable[..., None]):
    name = trade.some("Works")
    trap(ATTEMPTS)
    bring(api, PARTNER, [["Name"], [name]], "failed")
    assert named(api, name) == []
