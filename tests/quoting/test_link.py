"""The customer's link: read, ask, sign on a phone, decline; and what comes too late is told (spec 2.3)."""

from __future__ import annotations

import secrets
import smtplib
from datetime import date
from typing import Any

import pytest
from celery.exceptions import Retry
from django.core import mail

from kernel.mail import RETRIES
from tenant_apps.quoting.models import QuoteLink
from tenant_apps.quoting.tasks import deliver
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.founding import browser

SIGNATURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def mailed(api: Api, offer: Json, **values: Any) -> tuple[Api, str]:
    """A stranger's browser, and the address in the letter that has just gone out."""
    mail.outbox.clear()
    api.act(offer, "mail", **values)
    (letter,) = mail.outbox
    secret = letter.body.rpartition("/q/")[2].strip()
    return Api(api.company, browser(api.company)), f"/quoting/links/{secret}/"


@pytest.fixture
def offer(api: Api) -> Json:
    who = trade.customer(api, contacts=[{"name": "Li", "email": f"li@{secrets.token_hex(4)}.example"}])
    lines = [{"item": trade.item(api)["id"]}, {"item": trade.item(api, "90")["id"], "kind": "optional"}]
    made = trade.quote(api, *lines, customer=who["id"], contact=who["contacts"][0]["id"])
    return api.act(made, "send")["document"]


def test_the_customer_reads_asks_and_signs(api: Api, offer: Json):
    customer, link = mailed(api, offer, message="As discussed.")
    assert "As discussed." in mail.outbox[0].body and mail.outbox[0].to[0].startswith("li@")
    seen = customer.get(link)
    assert (seen["standing"], seen["total"], [line["kind"] for line in seen["lines"]]) == ("open", "1000.00", ["normal", "optional"])
    assert not {"cost", "floor", "margin_rate"} & {name for line in seen["lines"] for name in line} and "cost_total" not in seen
    assert customer.ask("get", f"{link}paper/")[1].startswith(b"%PDF")
    told = customer.post(f"{link}comment/", {"name": "Li", "text": "Is training included?"})
    assert [one["text"] for one in told["talk"]] == ["Is training included?"]
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": "scribble"}, 422)["errors"][0]["path"] == "signature"
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE})["standing"] == "accepted"
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE}, 409)["code"] == "accepted"
    now = api.again(offer)
    assert now["state"] == "accepted"
    history = api.get(f"/quoting/quotes/{offer['id']}/events/")["rows"]
    assert {"confirm", "note", "file", "mail"} <= {event["verb"] for event in history}
    titles = [row["title"] for row in api.get("/me/messages/")["rows"]]
    assert [any(part in title for title in titles) for part in ("opened", "wrote", "accepted")] == [True, True, True]
    (letter,) = api.get(f"/quoting/quotes/{offer['id']}/letters/")["rows"]
    assert (letter["delivery"], letter["email"], letter["opened_at"] is not None) == ("sent", mail.outbox[0].to[0], True)
    agreed = api.made(now, "convert", "contracts.contract")
    assert (agreed["total"], len(agreed["lines"])) == ("1000.00", 1)


def test_the_customer_declines_with_a_reason(api: Api, offer: Json):
    customer, link = mailed(api, offer)
    assert customer.post(f"{link}decline/", {"name": "Li", "text": "No"}, 422)["errors"][0]["path"] == "reason"
    assert customer.post(f"{link}decline/", {"name": "Li", "reason": "budget", "text": "Next year"})["standing"] == "declined"
    assert (api.again(offer)["state"], api.again(offer)["lost_reason"]) == ("lost", "budget")


def test_the_link_of_an_old_revision_leads_to_the_new_one(api: Api, offer: Json):
    customer, link = mailed(api, offer)
    second = api.made(offer, "revise", "quoting.quote")
    told = api.refused(offer, "accept", "wrong_state")
    assert second["number"] in told["detail"] and told["help"][0]["values"] == {"id": second["id"]}
    assert (customer.get(link)["standing"], customer.get(link)["newer"]) == ("superseded", False)
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE}, 409)["code"] == "superseded"
    assert customer.post(f"{link}newer/", {}, 409)["code"] == "not_yet"
    api.act(second, "send")
    new = customer.post(f"{link}newer/", {})["secret"]
    assert customer.get(f"/quoting/links/{new}/")["number"] == second["number"]


def test_what_has_expired_is_not_accepted(api: Api, on_day):
    on_day(date(2026, 5, 1))
    offer = api.act(trade.quote(api, valid_until="2026-05-31"), "send")["document"]
    customer, link = mailed(api, offer, email="li@example.com")
    on_day(date(2026, 6, 1))
    assert customer.get(link)["standing"] == "expired"
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE}, 409)["code"] == "expired"


def test_a_letter_that_bounces_is_told_on_the_quote(api: Api, offer: Json, monkeypatch: pytest.MonkeyPatch):
    def refuse(letter: mail.EmailMessage) -> None:
        raise smtplib.SMTPRecipientsRefused({letter.to[0]: (550, b"No such user")})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    api.act(offer, "mail")
    (letter,) = api.get(f"/quoting/quotes/{offer['id']}/letters/")["rows"]
    assert (letter["delivery"], letter["trouble"]) == ("bounced", "550 No such user")
    assert f"did not reach {letter['email']}" in api.get("/me/messages/")["rows"][0]["title"]


def test_a_mail_server_that_is_away_is_asked_again_and_told_in_the_end(api: Api, offer: Json, monkeypatch: pytest.MonkeyPatch):
    _customer, _link = mailed(api, offer)
    answer = api.read("organization.member", api.member)["email"]
    assert (mail.outbox[0].reply_to, mail.outbox[0].from_email.partition(" <")[0].strip('"')) == ([answer], api.company.name)

    def later(letter: mail.EmailMessage) -> None:
        raise smtplib.SMTPRecipientsRefused({letter.to[0]: (451, b"Greylisted, try again")})

    monkeypatch.setattr(mail.EmailMessage, "send", later)
    (letter,) = api.get(f"/quoting/quotes/{offer['id']}/letters/")["rows"]
    with tenant_context(api.company):
        with pytest.raises(Retry):
            deliver.apply((letter["id"], "Offer", "Here."), throw=True)
        assert QuoteLink.objects.get(pk=letter["id"]).delivery == "sent", "nothing is said as long as it is tried"
        deliver.apply((letter["id"], "Offer", "Here."), retries=RETRIES, throw=True)
    (letter,) = api.get(f"/quoting/quotes/{offer['id']}/letters/")["rows"]
    assert (letter["delivery"], letter["trouble"]) == ("bounced", "451 Greylisted, try again")


def test_a_made_up_link_shows_nothing_and_there_must_be_an_address(api: Api):
    stranger = Api(api.company, browser(api.company))
    assert stranger.get("/quoting/links/made-up/", 410)["code"] == "link_gone"
    assert stranger.post("/quoting/links/made-up/accept/", {"name": "X", "signature": SIGNATURE}, 410)["code"] == "link_gone"
    offer = api.act(trade.quote(api), "send")["document"]
    assert api.act(offer, "mail", 422)["errors"][0]["path"] == "email"
