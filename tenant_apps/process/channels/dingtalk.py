"""DingTalk: one-to-one messages of a company's robot (open.dingtalk.com, 批量发送单聊消息)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.api.wire import dump
from tenant_apps.process.channels.account import Account, Failed, ask, token
from tenant_apps.process.channels.cards import Card


def send(account: Account, to: str, title: str, text: str) -> str:
    account.need("app_key", "robot_code", "secret")
    base = settings.OUTSIDE_SERVERS["dingtalk"]["api"]
    content = {
        "robotCode": account.settings["robot_code"],
        "userIds": [to],
        **_message(account.card, title, f"**{title}**\n\n{text}"),
    }
    headers = {"x-acs-dingtalk-access-token": token(account, lambda: _pass(account))}
    told = ask(f"{base}/v1.0/robot/oToMessages/batchSend", content, headers=headers)
    refused = told.get("invalidStaffIdList") or told.get("flowControlledStaffIdList")
    if refused or not told.get("processQueryKey"):
        raise Failed(f"{told.get('code', '')} {told.get('message', '')} {refused or ''}".strip())
    return str(told["processQueryKey"])


def _message(card: Card | None, title: str, text: str) -> dict[str, str]:
    """Plain, or as a card whose buttons open the page on which it is decided (机器人发送消息的类型, sampleActionCard)."""
    told = {"title": title, "text": text}
    if card is None:
        return {"msgKey": "sampleMarkdown", "msgParam": dump(told).decode()}
    if len(card.answers) < 2:
        told |= {"singleTitle": _("Go and decide"), "singleURL": card.page}
        return {"msgKey": "sampleActionCard", "msgParam": dump(told).decode()}
    for place, (verb, label) in enumerate(card.answers.items(), 1):
        told |= {f"actionTitle{place}": label, f"actionURL{place}": card.link(verb)}
    return {"msgKey": "sampleActionCard2", "msgParam": dump(told).decode()}


def _pass(account: Account) -> tuple[str, int]:
    asked = {"appKey": account.settings["app_key"], "appSecret": account.secret}
    told = ask(f"{settings.OUTSIDE_SERVERS['dingtalk']['api']}/v1.0/oauth2/accessToken", asked)
    if not told.get("accessToken"):
        raise Failed(f"{told.get('code', '')} {told.get('message', '')}".strip())
    return str(told["accessToken"]), int(told.get("expireIn", 7200))
