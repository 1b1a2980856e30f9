"""WeCom: messages of a self-built application, with buttons where something is to be decided (developer.work.weixin.qq.com, 发送应用消息)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tenant_apps.process.channels.account import Account, Failed, ask, forget, token

EXPIRED = (40014, 42001)
MOST = 2000
TITLE, DESCRIPTION, SUBTITLE = 36, 44, 112
"""Characters that a card has room for."""


def send(account: Account, to: str, title: str, text: str) -> str:
    account.need("corp_id", "agent_id", "secret")
    base = settings.OUTSIDE_SERVERS["wecom"]["api"]
    content = {
        "touser": to,
        "agentid": account.settings["agent_id"],
        **_message(account, title, text),
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 1800,
    }
    for last in (False, True):
        told = ask(f"{base}/cgi-bin/message/send?{urlencode({'access_token': token(account, lambda: _pass(account))})}", content)
        if told.get("errcode") not in EXPIRED or last:
            break
        forget(account)
    if told.get("errcode") or told.get("invaliduser"):
        raise Failed(f"{told.get('errcode')} {told.get('errmsg', '')} {told.get('invaliduser', '')}".strip())
    return str(told.get("msgid", ""))


def _message(account: Account, title: str, text: str) -> dict[str, Any]:
    """Plain text, or a card whose buttons are answered where it stands (模板卡片, 按钮交互型)."""
    card = account.card
    if card is None or not card.answers:
        return {"msgtype": "text", "text": {"content": f"{title}\n{account.text_of(text)}".strip()[:MOST]}}
    styles = {"agree": 1, "refuse": 2}
    return {
        "msgtype": "template_card",
        "template_card": {
            "card_type": "button_interaction",
            "main_title": {"title": title[:TITLE], "desc": text[:DESCRIPTION]},
            "sub_title_text": title[TITLE:][:SUBTITLE],
            "card_action": {"type": 1, "url": card.page},
            "task_id": card.task,
            "button_list": [{"text": label, "style": styles[verb], "key": verb} for verb, label in card.answers.items()],
        },
    }


def _pass(account: Account) -> tuple[str, int]:
    query = urlencode({"corpid": account.settings["corp_id"], "corpsecret": account.secret})
    told: dict[str, Any] = ask(f"{settings.OUTSIDE_SERVERS['wecom']['api']}/cgi-bin/gettoken?{query}", method="GET")
    if told.get("errcode") or not told.get("access_token"):
        raise Failed(f"{told.get('errcode')} {told.get('errmsg', '')}".strip())
    return str(told["access_token"]), int(told.get("expires_in", 7200))
