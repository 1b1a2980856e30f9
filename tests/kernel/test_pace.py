"""Nobody changes things faster than any person could; whoever does is told when to go on."""

from __future__ import annotations

import pytest

from kernel import pace
from tests import trade
from tests.api import PREFIX, Api


@pytest.fixture
def slow(settings, monkeypatch):
    """Forty changes a minute, counted in tens, in a minute that does not end."""
    settings.CHANGES_A_MINUTE = 40
    monkeypatch.setattr(pace, "STEP", 10)
    monkeypatch.setattr(pace, "_running", pace.Minute())
    monkeypatch.setattr(pace.time, "time", lambda: 1_900_000_040.0)


def test_too_many_changes_in_a_minute_are_refused_and_reading_goes_on(api: Api, slow):
    colleague = trade.join(api, "Administrator")
    made = [colleague.ask("post", "/partners/partners/", {"name": trade.some("Fast")})[0] for _ in range(60)]
    assert made == [201] * 49 + [429] * 11
    answer = colleague.client.post(f"{PREFIX}/partners/partners/", {"name": "Fast"}, content_type="application/json")
    assert (answer.json()["code"], answer["Retry-After"]) == ("too_fast", "40")
    colleague.get("/partners/partners/?limit=1")
    trade.customer(api)  # somebody else is not held up


def test_processes_count_together(api: Api, slow, monkeypatch):
    colleague = trade.join(api, "Administrator")
    for expected in ([201] * 30, [201] * 19 + [429] * 11):
        monkeypatch.setattr(pace, "_running", pace.Minute())  # another process
        made = [colleague.ask("post", "/partners/partners/", {"name": trade.some("Fast")})[0] for _ in range(30)]
        assert made == expected


def test_a_new_minute_begins_at_nothing(api: Api, slow, monkeypatch):
    colleague = trade.join(api, "Administrator")
    assert {colleague.ask("post", "/partners/partners/", {"name": trade.some("Fast")})[0] for _ in range(60)} == {201, 429}
    monkeypatch.setattr(pace.time, "time", lambda: 1_900_000_100.0)
    trade.customer(colleague)
