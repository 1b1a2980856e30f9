"""Decided from a mail, WeCom or DingTalk (spec 2.14): as whoever was asked, once, and never by looking."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing

from kernel import clock, people
from tenant_apps.approvals import turns
from tenant_apps.approvals.models import Task
from tenant_apps.organization.models import Member
from tenant_apps.process.channels import wecom_calls
from tenant_apps.process.channels.wecom_calls import Keys
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.approvals.conftest import Office, ask, office
from tests.founding import browser
from tests.process.servers import Mail, Services
from tests.process.test_channels import channel, mail, only_ours, services

__all__ = ["mail", "office", "only_ours", "services"]
LOOK, DECIDE = "/approvals/decide/look/", "/approvals/decide/"


@pytest.fixture
def stranger(api: Api) -> Api:
    """A browser in which nobody is logged in."""
    return Api(api.company, browser(api.company))


def word_of(who: Api, office: Office, approval: int) -> str:
    with tenant_context(who.company):
        return turns.word(Task.objects.get(pk=office.task(who, approval)["id"]))


def test_a_link_shows_what_it_is_about_and_decides_once_and_only_when_confirmed(office: Office, stranger: Api):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    offer, approval = office.held()
    word = word_of(office.head, office, approval)
    for _twice in range(2):
        told = stranger.post(LOOK, {"word": word})
        assert told["verbs"] == ["agree", "refuse"] and told["card"]["amount"] == offer["total"] and told["card"]["facts"]
    assert stranger.get(DECIDE, 405) and stranger.get(LOOK, 405)
    assert office.turn(approval) == [office.head.member]
    assert stranger.post(DECIDE, {"word": word, "verb": "refuse"}, 422)["errors"][0]["path"] == "comment"
    assert stranger.post(DECIDE, {"word": word, "verb": "cancel"}, 422)["errors"][0]["path"] == "verb"
    stranger.post(DECIDE, {"word": word, "verb": "agree", "comment": "by mail"})
    assert office.turn(approval) == [office.boss.member]
    story = office.seller.get(f"/approvals/story/{approval}/")["steps"][0]["tasks"][0]
    assert (story["who"]["id"], story["decision"], story["comment"]) == (office.head.member, "approved", "by mail")
    assert stranger.post(DECIDE, {"word": word, "verb": "agree"}, 410)["code"] == "turn_over"
    assert stranger.post(LOOK, {"word": word})["verbs"] == []
    mine = office.head.read("approvals.task", office.head.get("/approvals/inbox/?box=done")["rows"][0]["id"])
    office.head.act(mine, "take_back")
    assert stranger.post(DECIDE, {"word": word, "verb": "agree"}, 410)["code"] == "turn_over", "a turn taken back is another one"


def test_a_link_is_good_for_its_company_its_person_and_its_week(office: Office, stranger: Api, monkeypatch: pytest.MonkeyPatch):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    word = word_of(office.head, office, approval)
    elsewhere = signing.dumps(["t_999999", *signing.loads(word, salt=turns.SALT)[1:]], salt=turns.SALT)
    for bad in (elsewhere, word[:-1] + ("a" if word[-1] != "a" else "b"), "", None, {"x": 1}):
        assert stranger.post(LOOK, {"word": bad}, 410)["code"] == "turn_over"
    with monkeypatch.context() as patched:
        patched.setattr(turns, "AGE", -1)
        assert stranger.post(LOOK, {"word": word}, 410)["code"] == "turn_over"
    office.head.act(office.task(office.head, approval), "hand_over", to=office.boss.member)
    assert stranger.post(DECIDE, {"word": word, "verb": "agree"}, 410)["code"] == "turn_over"
    leaver = trade.join(office.admin, "Finance")
    office.flow([ask("first", leaver, office.boss)])
    _offer, approval = office.held()
    word = word_of(leaver, office, approval)
    with tenant_context(office.admin.company):
        task = turns.of_word(word)[0]
        task.reminded, task.version = 1, task.version + 1
        assert turns.is_on(task, turns.of_word(word)[1]), "a reminder takes no turn"
        Member.objects.filter(pk=leaver.member).update(state=Member.State.DISABLED)
    assert stranger.post(LOOK, {"word": word}, 410)["code"] == "turn_over", "whoever left decides nothing"


def test_what_needs_more_than_a_yes_or_a_no_is_decided_after_logging_in(office: Office, stranger: Api, monkeypatch: pytest.MonkeyPatch):
    def offered(*patch: Any, **settings: Any) -> list[str]:
        office.flow([ask("first", office.head, **settings)])
        _offer, approval = office.held()
        word = word_of(office.head, office, approval)
        with monkeypatch.context() as patched:
            if patch:
                patched.setattr(*patch)
            told = stranger.post(LOOK, {"word": word})["verbs"]
            for verb in set(turns.VERBS) - set(told):
                assert stranger.post(DECIDE, {"word": word, "verb": verb, "comment": "x"}, 403)["code"] == "log_in"
        return told

    assert offered(signature=True) == []
    assert offered(buttons=["agree"]) == ["agree"]
    assert offered(people.directory, "needed", lambda account: "any") == []
    assert offered(turns.BY_LINK, "default", False) == []


def test_mail_carries_the_links_as_long_as_there_is_something_to_decide(office: Office, stranger: Api, mail: Mail):
    made = channel(office.admin, "email", "", host="127.0.0.1", port=str(mail.port), sender="Works <erp@example.cn>")
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    (letter,) = mail.letters
    links = re.findall(r"http://[^\s/]+/decide/(\w+)#(\S+)", letter.replace("=\r\n", "").replace("=3D", "="))
    assert [verb for verb, _word in links] == ["agree", "refuse"] and "confirm" in letter
    stranger.post(DECIDE, {"word": links[0][1], "verb": links[0][0]})
    assert office.state(approval) == "approved"
    assert not any("/decide" in letter for letter in mail.letters[1:])
    assert made["kind"] == "email"


def test_dingtalk_gets_a_card_whose_buttons_open_the_page(office: Office, services: Services):
    channel(office.admin, "dingtalk")
    wants(office.head, "dingtalk", "user1")
    office.flow([ask("first", office.head)])
    office.held()
    (content,) = [content for name, content in services.taken if name == "dingtalk"]
    assert content["msgKey"] == "sampleActionCard2" and "/decide/agree#" in content["msgParam"] and "/decide/refuse#" in content["msgParam"]


# WeCom ---------------------------------------------------------------------------------------------------------------
def wants(who: Api, way: str, address: str) -> None:
    who.put("/me/channels/", {"kinds": {"approval": [way]}, "addresses": {way: address}})


class WeCom:
    """The service's side: it shows cards, and calls the address that an administrator entered there."""

    def __init__(self, api: Api, made: Json) -> None:
        told = api.get(f"/process/channels/{made['id']}/callback/")
        self.keys, self.client = Keys(told["token"], told["key"], "ww1"), browser(api.company)
        self.path = told["url"][told["url"].index("/api/") :]

    def query(self, sealed: str, ago: int = 0, **more: str) -> str:
        stamp, nonce = str(int(clock.now().timestamp()) - ago), secrets.token_hex(4)
        return urlencode({"msg_signature": self.keys.signature(stamp, nonce, sealed), "timestamp": stamp, "nonce": nonce, **more})

    def seal(self, message: str) -> str:
        return wecom_calls.envelope(self.keys.sealed(message, clock.now().timestamp()).encode())

    def press(self, who: str, task: str, verb: str, ago: int = 0) -> tuple[int, str]:
        """The status of the answer, and what the card says then."""
        event = {
            "ToUserName": "ww1", "FromUserName": who, "CreateTime": "1", "MsgType": "event", "Event": "template_card_event", "EventKey": verb,
            "TaskId": task, "CardType": "button_interaction", "ResponseCode": "RC", "AgentID": "1000002",
        }  # fmt: skip
        sealed = self.seal("<xml>" + "".join(f"<{name}><![CDATA[{text}]]></{name}>" for name, text in event.items()) + "</xml>")
        body = f"<xml><ToUserName><![CDATA[ww1]]></ToUserName><AgentID>1</AgentID><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        answer = self.client.post(f"{self.path}?{self.query(sealed, ago)}", body, content_type="text/xml")
        if answer.status_code != 200:
            return answer.status_code, ""
        told = {name: held or plain for name, held, plain in wecom_calls.TEXT.findall(answer.content.decode())}
        query = {"timestamp": told["TimeStamp"], "nonce": told["Nonce"], "msg_signature": told["MsgSignature"]}
        reply = self.keys.opened(told["Encrypt"], query, clock.now().timestamp())
        assert "<MsgType>update_button</MsgType>" in reply and f"<ToUserName>{who}</ToUserName>" in reply
        return 200, re.findall("<ReplaceName>(.*)</ReplaceName>", reply)[0]


@pytest.fixture
def wecom(office: Office, services: Services) -> WeCom:
    wants(office.head, "wecom", "ZhangSan")
    return WeCom(office.admin, channel(office.admin, "wecom"))


def cards(services: Services) -> list[Json]:
    return [content["template_card"] for name, content in services.taken if name == "wecom" and content["msgtype"] == "template_card"]


def test_a_button_in_wecom_decides_as_whoever_was_asked_and_once(office: Office, services: Services, wecom: WeCom):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    _offer, approval = office.held()
    (card,) = cards(services)
    assert card["card_type"] == "button_interaction" and [one["key"] for one in card["button_list"]] == ["agree", "refuse"]
    assert re.fullmatch(r"[\w@-]{1,128}", card["task_id"]) and "/decide#" in card["card_action"]["url"]
    assert wecom.press("lisi", card["task_id"], "agree") == (200, "Not for you to decide")
    assert office.turn(approval) == [office.head.member]
    assert wecom.press("zhangsan", card["task_id"], "agree") == (200, "Agreed")
    assert office.turn(approval) == [office.boss.member]
    assert wecom.press("zhangsan", card["task_id"], "refuse") == (200, "Nothing more to decide")
    assert office.turn(approval) == [office.boss.member]


def test_refused_in_wecom_says_where(office: Office, services: Services, wecom: WeCom):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    assert wecom.press("zhangsan", cards(services)[-1]["task_id"], "refuse") == (200, "Refused")
    assert office.state(approval) == "rejected"
    assert "WeCom" in office.seller.get(f"/approvals/story/{approval}/")["steps"][0]["tasks"][0]["comment"]


def test_only_what_wecom_has_signed_just_now_is_looked_at(office: Office, services: Services, wecom: WeCom):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    card = cards(services)[-1]["task_id"]
    assert wecom.press("zhangsan", card, "agree", ago=int(timedelta(hours=1).total_seconds()))[0] == 403
    right = wecom.keys
    for wrong in (Keys("x" * 32, right.aes, "ww1"), Keys(right.token, "x" * 43, "ww1"), Keys(right.token, right.aes, "ww2")):
        wecom.keys = wrong
        assert wecom.press("zhangsan", card, "agree")[0] == 403
    wecom.keys = right
    assert office.turn(approval) == [office.head.member]
    answer = wecom.client.post(
        f"{wecom.path}?timestamp=1&nonce=2&msg_signature=3", "<xml><!ENTITY a 'b'>&a;</xml>", content_type="text/xml"
    )
    assert answer.status_code == 403
    sealed = wecom.seal("hello")
    answer = wecom.client.get(f"{wecom.path}?{wecom.query(sealed, echostr=sealed)}")
    assert (answer.status_code, answer.content) == (200, b"hello"), "the check of the address when it is entered there"


def test_a_step_that_needs_more_goes_to_wecom_without_buttons(office: Office, services: Services, wecom: WeCom):
    office.flow([ask("first", office.head, signature=True)])
    office.held()
    (content,) = [content for name, content in services.taken if name == "wecom"]
    assert content["msgtype"] == "text" and "/w/page/approvals" in content["text"]["content"]
