"""The demo company tells what the specification's fourth chapter promises, and its books are in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from random import Random
from time import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.db.models import F, Sum
from django.test import Client
from django.utils import timezone

from kernel import clock, people
from kernel.models import Event, Message, Note
from shared_apps.console.demo import EMAIL, SECOND_FACTOR
from shared_apps.console.models import Feedback
from shared_apps.implementation.models import AcceptanceScript, Confirmation, Milestone, Project
from tenant_apps.analytics.demo import book, crew, platform
from tenant_apps.analytics.demo.filling import fill
from tenant_apps.analytics.demo.timeline import this_month
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.contracts.models import Contract, PlanLine
from tenant_apps.crm.models import Evaluation, Lead, Opportunity
from tenant_apps.crm.models.industry import INDUSTRY_KINDS
from tenant_apps.finance.models import Allocation, Due, Entry, Invoice, Receipt
from tenant_apps.inventory.models import Balance, Reservation, Serial
from tenant_apps.logistics.models import Delivery
from tenant_apps.partners.models import Contact, Partner
from tenant_apps.quoting.models import Quote, QuoteLink
from tenant_apps.sales.models import Order
from tenants.context import public_context, tenant_context
from tenants.directory import host_of
from tenants.models import Tenant
from tests.founding import browser

SHENCE = book.read("shence")


@pytest.fixture(scope="module")
def shence(product: None, django_db_blocker) -> Iterator[Tenant]:
    with django_db_blocker.unblock():
        fill(SHENCE)
        tenant = Tenant.objects.get(slug="shence")
        with tenant_context(tenant):
            yield tenant
        connection.set_schema_to_public()


def plan(title: str) -> list[Decimal]:
    contract = Contract.objects.get(title=title)
    return list(PlanLine.objects.filter(contract=contract).order_by("seq").values_list("amount", flat=True))


def test_a_second_time_changes_nothing(shence: Tenant):
    before = Event.objects.count()
    assert fill(SHENCE) is False
    assert Event.objects.count() == before


def test_there_is_as_much_as_promised(shence: Tenant):
    assert 240 <= Partner.objects.exclude(kind__in=INDUSTRY_KINDS).count() <= 300
    assert Contact.objects.count() >= 850
    assert 130 <= Quote.objects.count() <= 160
    assert 50 <= Contract.objects.count() <= 70
    assert 45 <= Order.objects.count() <= 65


def test_the_market_is_told_too(shence: Tenant):
    assert (Lead.objects.count(), Opportunity.objects.count()) == (162, 85)
    assert {one.state for one in Opportunity.objects.all()} == set(Opportunity.State.values)
    first, second = Lead.objects.filter(name="西南材料检测中心").order_by("pk")
    assert first.dealer != second.dealer and second.twin == first


def test_the_quote_of_231000_was_revised_and_waits_for_its_second_payment(shence: Tenant):
    first, second = Quote.objects.filter(title="100 kN 高低温拉伸系统").order_by("pk")
    assert (first.total, first.discount_rate, first.state) == (Decimal(244000), Decimal("4.98"), Quote.State.SUPERSEDED)
    assert (second.total, second.discount_rate, second.revision) == (Decimal(231000), Decimal("10.05"), 2)
    assert plan(first.title) == [Decimal(69300), Decimal(138600), Decimal(23100)]
    order = Order.objects.get(title=first.title)
    delivery = Delivery.objects.get(source="sales.order", source_id=order.pk)
    assert (order.state, order.collected, delivery.state) == (Order.State.READY, Decimal(69300), Delivery.State.DRAFT)


def test_the_fatigue_system_is_paid_in_four_stages(shence: Tenant):
    assert plan("250 kN 疲劳试验系统") == [Decimal(564000), Decimal(564000), Decimal(564000), Decimal(188000)]


@pytest.mark.parametrize("model", [Quote, Order, Delivery, Due])
def test_documents_stand_in_most_of_their_states(shence: Tenant, model):
    there = set(model.objects.values_list("state", flat=True))
    missing = {Quote: set(), Order: {"draft", "partly_shipped"}, Delivery: {"cancelled"}, Due: {"partly_received", "waived"}}[model]
    assert there >= set(model.State.values) - missing - {"accepted", "shipped"}


def test_money_is_overdue_and_retention_is_due(shence: Tenant):
    today = clock.now().date()
    late = Due.objects.filter(due_date__lt=today, triggered_on__isnull=False, collected__lt=F("amount"))
    assert late.filter(retention=True).exists()
    assert late.filter(retention=False).count() >= 5


def test_this_month_has_orders_and_money(shence: Tenant):
    start = clock.now().date().replace(day=1)
    assert Order.objects.filter(order_date__gte=start).exists()
    assert Receipt.objects.filter(state="posted", received_on__gte=start).exists()


@pytest.mark.parametrize("day", [1, 2, 8, 15, 29, 30])
@pytest.mark.parametrize(("month", "hour"), [(2, 0), (8, 3), (11, 23)])
def test_whatever_the_day_contracts_are_signed_and_paid_for_by_now(month: int, day: int, hour: int):
    """Also right after midnight of the first, and on a first that is a Sunday."""
    now = timezone.make_aware(datetime(2026, month, min(day, 28 if month == 2 else day), hour, 1))
    pairs = this_month((now.day + 6) // 7, now, Random(day))
    assert len(pairs) >= 1
    assert all(now.replace(day=1, hour=0, minute=0) <= signed <= paid <= now for signed, paid in pairs)


def test_colleagues_have_written_to_each_other(shence: Tenant):
    written = Note.objects.exclude(mentions=[])
    assert written.count() >= 5
    member = people.members()
    assert all(note.text.startswith(f"@{member[note.mentions[0]]} ") for note in written)
    assert {note.subject for note in written} == {"quoting.quote", "sales.order"}
    assert Message.objects.filter(origin__startswith="event:").exists()


def test_what_is_agreed_beside_the_usual_deals(shence: Tenant):
    parts = Contract.objects.exclude(deliveries=[]).get()
    assert [row["quantity"] for row in parts.deliveries] == ["2", "2", "2"]
    assert list(Invoice.objects.filter(due__isnull=False).order_by("state").values_list("state", flat=True)) == ["draft", "issued"]
    bought = sorted((row.kind, row.state == "draft", row.source) for row in Contract.objects.filter(kind__in=("purchase", "freight")))
    own = [("freight", False, ""), ("purchase", False, ""), ("purchase", True, "")]
    assert bought == [*own, ("purchase", True, "contracts.contract")]
    assert {"proposed", "adopted", "superseded"} == set(Evaluation.objects.values_list("state", flat=True))


def test_letters_are_read_signed_late_and_come_back(shence: Tenant):
    went = Counter(QuoteLink.objects.values_list("delivery", flat=True))
    assert went == {"sent": 3, "delayed": 1, "bounced": 1}
    (returned,) = QuoteLink.objects.filter(delivery="bounced")
    assert [one.email for one in Contact.objects.filter(bounced_on__isnull=False)] == [returned.email]
    assert Message.objects.filter(member=returned.issued_by, origin=f"link:{returned.pk}:bounced").exists()
    assert Quote.objects.filter(state="accepted", facts__has_key="signature").count() == 1
    assert Contract.objects.filter(state="draft", facts__has_key="signature").count() == 1


def test_nothing_happens_in_the_future(shence: Tenant):
    assert not Event.objects.filter(at__gt=clock.now()).exists()


def test_the_books_agree(shence: Tenant):
    sums = Entry.objects.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    assert sums["debit"] == Invoice.objects.filter(state="issued").aggregate(sum=Sum("total"))["sum"]
    assert sums["credit"] == Receipt.objects.filter(state="posted").aggregate(sum=Sum("amount"))["sum"]
    assert Allocation.objects.aggregate(sum=Sum("amount"))["sum"] == Due.objects.aggregate(sum=Sum("collected"))["sum"]
    assert Balance.objects.aggregate(sum=Sum("reserved"))["sum"] == Reservation.objects.aggregate(sum=Sum("quantity"))["sum"]
    in_stock = Serial.objects.filter(state="in_stock").count()
    assert Balance.objects.filter(item__serialised=True).aggregate(sum=Sum("on_hand"))["sum"] == in_stock


@pytest.mark.parametrize("login", crew.logins(SHENCE), ids=lambda login: login["position"])
def test_every_printed_log_in_opens_the_door(shence: Tenant, login: dict[str, str]):

    answer = browser(shence).post("/api/v1/login/", {"email": login["email"], "password": crew.PASSWORD}, content_type="application/json")
    assert answer.status_code == 200, answer.content


def test_the_other_company_can_be_read(product: None):
    told = book.read("hengxi")
    assert {line[0] for deal in told.deals for line in deal["lines"]} <= {
        row.code for kind in ("machines", "accessories", "services") for row in told.products(kind)
    }


def test_the_platform_serves_the_company(shence: Tenant):
    """Five weeks into its implementation: papers signed, tests partly run, one milestone paid, one to pay, one to accept; told once."""
    for _again in range(2):
        platform.serve(SHENCE, platform.operate())
    with public_context():
        project = Project.objects.get(client__tenant=shence.pk)
        stages = Milestone.objects.filter(contract__project=project).order_by("position")
        states = list(stages.values_list("state", flat=True))
        papers = sorted(Confirmation.objects.filter(project=project).values_list("kind", "state"))
        tested = Counter(AcceptanceScript.objects.filter(project=project).values_list("state", flat=True))
        drawn = Confirmation.objects.filter(project=project, kind="flow").exclude(drawing={}).count()
        reported = set(Feedback.objects.filter(client__tenant=shence.pk).values_list("state", flat=True))
    assert (project.state, project.requirements, str(project.coverage)) == ("running", 12, "83.3")
    assert states == ["paid", "invoiced", "delivered", "planned"]
    assert papers == [("flow", "offered"), ("flow", "signed"), ("function", "signed"), ("requirements", "signed")]
    assert (drawn, tested) == (2, {"passed": 3, "ready": 2, "failed": 1})
    assert reported == {"closed", "answered", "classified", "new"}


def test_the_operator_logs_in_with_the_second_factor_that_is_printed(shence: Tenant):
    platform.operate()
    client = Client(HTTP_HOST=host_of("console"))
    told = client.post("/api/v1/login/", {"email": EMAIL, "password": crew.PASSWORD}, content_type="application/json")
    assert told.json()["pending"] == "second_factor"
    code = format_hotp_value(hotp_value(SECOND_FACTOR, int(time()) // 30))
    client.post("/api/v1/login/second/", {"code": code}, content_type="application/json")
    assert client.get("/api/v1/meta/").json()["company"]["slug"] == "console"


def test_large_quotes_are_being_decided(shence: Tenant):
    with tenant_context(shence):
        running = Approval.objects.filter(state="running")
        assert running.count() >= 2 and {one.verb for one in running} == {"send"}
        assert Task.objects.filter(approval__in=running, state="active").count() == running.count()
