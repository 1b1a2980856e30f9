"""What operators see first: companies, feedback, money that waits, and the promise of uptime."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from shared_apps.console.models import Client, Feedback, Probe
from tests.api import Api
from tests.console.conftest import Operator


def card(api: Api, name: str) -> Any:
    return api.get(f"/home/platform_{name}/")


@pytest.fixture(autouse=True)
def known(api: Api) -> None:
    """The company is known to the platform from its first step there."""
    api.get("/console/news/")


def test_companies_are_counted_by_state_and_by_the_week_they_signed_up(operator: Operator):
    admin = operator()
    at_work = Client.objects.filter(state__in=("trial", "active", "past_due")).count()
    told = card(admin, "companies")
    assert (told["value"], told["link"]["key"]) == (str(at_work), "console.client")
    states = card(admin, "states")
    assert sum(int(count) for count in states["series"][0]["data"]) == Client.objects.count()
    weeks = card(admin, "signups")
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    this_week = Client.objects.filter(signed_up_on__gte=monday).count()
    assert (len(weeks["x"]), weeks["x"][-1], weeks["series"][0]["data"][-1]) == (12, monday.strftime("%m-%d"), str(this_week))


def test_what_stops_work_stands_on_top(api: Api, operator: Operator):
    Feedback.objects.all().delete()
    for severity in ("minor", "blocked", "hindered"):
        api.create("console.feedback", {"title": severity, "severity": severity})
    support = operator("support")
    assert [row["label"] for row in card(support, "urgent")["rows"]] == ["blocked", "hindered", "minor"]
    assert card(support, "feedback")["value"] == "3"
    declined = support.one("console.feedback", "severity=minor")
    support.act(declined, "decline", reason="No")
    assert card(support, "feedback")["value"] == "2"


@pytest.fixture
def early() -> Iterator[datetime]:
    """The last hour has been measured."""
    Probe.objects.all().delete()
    now = timezone.now().replace(second=0, microsecond=0)
    yield now
    Probe.objects.all().delete()


def test_uptime_is_told_with_two_places(early: datetime, operator: Operator):
    Probe.objects.bulk_create(Probe(minute=early - timedelta(minutes=n), ok=n != 5) for n in range(61))
    told = card(operator(), "uptime")
    began = timezone.localtime(early).replace(day=1, hour=0, minute=0)
    minutes = min(60, int((timezone.localtime(early) - began) / timedelta(minutes=1)))
    expected = int(10000 * (minutes - 1) / minutes) / 10000
    assert (float(told["value"]), told["unit"], told["places"]) == (expected, "percent", 2)


def test_nobody_at_a_company_is_offered_the_operators_cards(api: Api):
    assert not [one for one in api.get("/home/")["cards"] if one["name"].startswith("platform")]
    api.get("/home/platform_companies/", 404)


def test_answers_are_held_against_their_promise(api: Api, operator: Operator):
    """Due ones count, whether answered or not; what is not due breaks nothing."""
    Feedback.objects.all().delete()
    admin = operator()
    assert card(admin, "promises")["value"] is None
    hours = {"blocked": 4, "hindered": 24, "minor": 72}
    for severity, promised in hours.items():
        made = api.create("console.feedback", {"title": severity, "severity": severity})
        row = Feedback.objects.get(pk=made["id"])
        assert row.answer_by - row.created_at == timedelta(hours=promised)
    assert card(admin, "promises")["value"] is None
    quick, late, _waits = (admin.one("console.feedback", f"severity={severity}") for severity in hours)
    admin.act(quick, "reply", text="Mended")
    Feedback.objects.filter(pk=late["id"]).update(answer_by=timezone.now() - timedelta(minutes=1))
    assert Decimal(card(admin, "promises")["value"]) == Decimal("0.5")
    admin.act(admin.again(late), "classify", kind="problem", severity="minor")
    assert Decimal(card(admin, "promises")["value"]) == 1
