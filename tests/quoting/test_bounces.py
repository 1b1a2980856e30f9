"""A letter that comes back after days: told on the quote, to the seller, at the contact, and asked about before the next one."""

from __future__ import annotations

import io
import secrets
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core import mail as post_office
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from kernel import clock
from kernel.models import Event
from kernel.returned import take, trails
from kernel.returned.mailbox import read
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.founding import browser
from tests.process.postbox import PASSWORD, Mailbox, report

GONE = "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown"
LATE = "Action: delayed\r\nStatus: 4.4.1\r\nDiagnostic-Code: smtp; connect timed out"
MAIL = "quoting.quote.mail#address"


@pytest.fixture(autouse=True)
def address(settings) -> None:
    settings.BOUNCE_ADDRESS = "bounce@mail.example.cn"


@pytest.fixture
def offer(api: Api) -> Json:
    who = trade.customer(api, contacts=[{"name": "Li", "email": f"li@{secrets.token_hex(4)}.example"}])
    made = trade.quote(api, {"item": trade.item(api)["id"]}, customer=who["id"], contact=who["contacts"][0]["id"])
    return api.act(made, "send")["document"]


def mailed(api: Api, offer: Json, **values) -> post_office.EmailMessage:
    post_office.outbox.clear()
    api.act(offer, "mail", **values)
    (letter,) = post_office.outbox
    return letter


def letters(api: Api, offer: Json) -> list[Json]:
    return api.get(f"/quoting/quotes/{offer['id']}/letters/")["rows"]


def contact(api: Api, offer: Json) -> Json:
    return api.read("partners.contact", offer["contact"]["id"])


def test_a_letter_leaves_under_an_address_of_its_own(api: Api, offer: Json):
    letter = mailed(api, offer)
    (trail,) = trails.found_in(letter.from_email)
    assert (trail.company, trail.kind, trail.pk) == (api.company.pk, "q", letters(api, offer)[0]["id"])
    seen = letter.message()
    assert "no-reply@" in seen["From"] and trail.sealed() in seen["Message-ID"] and letter.to[0] not in letter.from_email


def test_it_is_told_on_the_quote_to_the_seller_and_before_the_next_letter(api: Api, offer: Json):
    letter = mailed(api, offer)
    assert take(report(letter.from_email, GONE)) == "noted"
    (row,) = letters(api, offer)
    assert (row["delivery"], row["why"], row["trouble"]) == ("bounced", "There is no such mailbox.", "550 5.1.1 User unknown")
    message = api.get("/me/messages/")["rows"][0]
    assert (
        f"did not reach {letter.to[0]}" in message["title"]
        and "Correct the address" in message["text"]
        and message["link"]["id"] == offer["id"]
    )
    assert contact(api, offer)["bounced_on"]
    told = api.act(offer, "mail", 409)
    assert (told["code"], told["checklist"]["kind"]) == ("address_bounced", MAIL) and letter.to[0] in told["detail"]
    assert told["help"][0]["values"] == {"id": offer["contact"]["id"]}
    again = mailed(api, offer, _checked={MAIL: told["checklist"]["items"]})
    assert take(report(letter.from_email, GONE)) == "known", "the same notification once more"
    assert [row["delivery"] for row in letters(api, offer)] == ["sent", "bounced"]
    secret = again.body.rpartition("/q/")[2].strip()
    Api(api.company, browser(api.company)).get(f"/quoting/links/{secret}/")
    assert contact(api, offer)["bounced_on"] is None, "a later letter was opened"
    assert take(report(again.from_email, GONE)) == "known", "what was opened has arrived"
    with tenant_context(api.company):
        event = Event.objects.filter(kind="quoting.quote.mail", subject_id=offer["id"]).latest("pk")
    assert event.data["checked"] == told["checklist"]["items"]


@pytest.mark.parametrize("place", ["contact", "customer"])
def test_another_address_is_free_of_it(api: Api, offer: Json, place: str):
    take(report(mailed(api, offer).from_email, GONE))
    if place == "contact":
        api.change(contact(api, offer), {"email": "li@new.example.com"})
    else:
        customer = api.read("partners.partner", offer["customer"]["id"])
        api.change(customer, {"contacts": [{"id": customer["contacts"][0]["id"], "email": "li@new.example.com"}]})
    assert contact(api, offer)["bounced_on"] is None
    assert mailed(api, offer).to == ["li@new.example.com"]


def test_a_late_letter_is_said_to_be_late_and_then_what_became_of_it(api: Api, offer: Json):
    letter = mailed(api, offer)
    assert [take(report(letter.from_email, LATE)) for _twice in range(2)] == ["noted", "known"]
    (row,) = letters(api, offer)
    assert row["delivery"] == "delayed" and "still being tried" in row["why"] and contact(api, offer)["bounced_on"] is None
    assert take(report(letter.from_email, "Action: delivered\r\nStatus: 2.0.0")) == "noted"
    assert letters(api, offer)[0]["delivery"] == "sent"
    assert take(report("bounce@mail.example.cn", GONE, original=f"Message-ID: {letter.message()['Message-ID']}\r\n")) == "noted", (
        "headers only"
    )


def test_nothing_is_believed_but_the_address(api: Api, offer: Json, founded, settings):
    letter = mailed(api, offer)
    (trail,) = trails.found_in(letter.from_email)
    other = founded()
    forged = [
        letter.from_email[:20] + ("b" if letter.from_email[20] == "a" else "a") + letter.from_email[21:],
        trails.envelope(trails.Trail(other.pk, "q", trail.pk, trail.mark)),
        trails.envelope(trails.Trail(api.company.pk, "q", trail.pk, trails.mark_of("wang@kunde.example"))),
        trails.envelope(trails.Trail(2**31, "q", trail.pk, trail.mark)),
        trails.envelope(trails.Trail(api.company.pk, "x", trail.pk, trail.mark)),
    ]
    assert [take(report(one, GONE)) for one in forged] == ["refused", "known", "known", "gone", "refused"]
    assert letters(api, offer)[0]["delivery"] == "sent" and contact(api, offer)["bounced_on"] is None


def test_a_contract_is_asked_about_too(api: Api, offer: Json):
    with tenant_context(api.company):
        from tenant_apps.partners import bounces

        bounces.mark(offer["customer"]["id"], contact(api, offer)["email"].upper(), clock.now().date())
    agreed = trade.contract(api, {"item": trade.item(api)["id"]}, customer=offer["customer"]["id"])
    told = api.act(agreed, "mail", 409)
    assert told["code"] == "address_bounced"
    api.act(agreed, "mail", _checked={told["checklist"]["kind"]: told["checklist"]["items"]})
    assert api.get(f"/contracts/contracts/{agreed['id']}/letters/")["rows"][0]["delivery"] == "sent"


def test_an_address_typed_by_hand_is_asked_about_too(api: Api, offer: Json, django_assert_num_queries):
    from tenant_apps.quoting import delivery

    typed, customer = f"gone@{secrets.token_hex(4)}.example", offer["customer"]["id"]
    take(report(mailed(api, offer, email=typed).from_email, "Action: failed\r\nStatus: 5.7.1"))
    letter = mailed(api, offer, email=typed)
    take(report(letter.from_email, GONE))
    told = api.act(offer, "mail", 409, email=typed)
    assert told["code"] == "address_bounced" and typed in told["detail"] and "Enter another address" in told["detail"]
    assert api.act(trade.contract(api, {"item": trade.item(api)["id"]}, customer=customer), "mail", 409, email=typed.upper())["checklist"]
    with tenant_context(api.company):
        with django_assert_num_queries(1):
            assert delivery.came_back_on(customer, typed) == timezone.localdate()
        assert delivery.came_back_on(customer + 1, typed) is None
    again = mailed(api, offer, email=typed, _checked={MAIL: told["checklist"]["items"]})
    assert api.act(offer, "mail", 409, email=typed)["code"] == "address_bounced", "the later letter has not been read yet"
    Api(api.company, browser(api.company)).get(f"/quoting/links/{again.body.rpartition('/q/')[2].strip()}/")
    assert mailed(api, offer, email=typed).to == [typed]


@pytest.fixture
def postbox(settings) -> Iterator[Mailbox]:
    running = Mailbox()
    settings.BOUNCE_IMAP_URL, settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = running.url, "bounce", PASSWORD
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_mailbox_is_read_once_and_kept(api: Api, offer: Json, postbox: Mailbox, monkeypatch: pytest.MonkeyPatch):
    letter = mailed(api, offer)
    postbox.letters = [report(letter.from_email, GONE), b"From: li@x.example\r\n\r\nThank you!"]
    with monkeypatch.context() as broken:
        broken.setattr("tenant_apps.partners.bounces.mark", lambda *_given: 1 / 0)
        assert read() == {"ignored": 1} and postbox.seen == {2}, "what cannot be dealt with stays new"
    assert letters(api, offer)[0]["delivery"] == "sent"
    assert read() == {"noted": 1} and postbox.seen == {1, 2} and letters(api, offer)[0]["delivery"] == "bounced"
    assert read() == {} and len(postbox.letters) == 2


def test_it_is_off_until_a_mailbox_is_named(settings):
    settings.BOUNCE_IMAP_URL = ""
    assert read() == {}


def test_a_mail_server_pipes_one_in(api: Api, offer: Json, monkeypatch: pytest.MonkeyPatch):
    def piped(raw: bytes) -> str:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        said = io.StringIO()
        call_command("returned_mail", stdout=said, stderr=said)
        return said.getvalue().strip()

    letter = mailed(api, offer)
    assert piped(report("bounce+nobody@mail.example.cn", GONE)) == "refused: 1"
    with monkeypatch.context() as away:
        away.setattr("kernel.returned.handling._company", lambda _pk: 1 / 0)
        with pytest.raises(SystemExit) as later:
            piped(report(letter.from_email, GONE))
        assert later.value.code == 75
    assert piped(report(letter.from_email, GONE)) == "noted: 1"


def test_the_seller_reads_it_in_chinese(api: Api, offer: Json):
    take(report(mailed(api, offer).from_email, "Action: failed\r\nStatus: 5.2.2"))
    with override("zh-hans"), tenant_context(api.company):
        from tenant_apps.quoting import delivery

        assert delivery.of("quote", offer["id"])[0]["why"] == "收件邮箱已满。"
