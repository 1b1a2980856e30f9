"""WeCom: messages of a self-built application (developer.work.weixin.qq.com, 发送应用消息)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tenant_apps.process.channels.account import Account, Failed, ask, forget, token

EXPIRED = (40014, 42001)
MOST = 2000


def send(account: Account, to: str, title: str, text: str) -> str:
    account.need("corp_id", "agent_id", "secret")
    base = settings.OUTSIDE_SERVERS["wecom"]["api"]
    content = {
        "touser": to,
        "msgtype": "text",
        "agentid": account.settings["agent_id"],
        "text": {"content": f"{title}\n{text}".strip()[:MOST]},
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


def _pass(account: Account) -> tuple[str, int]:
    query = urlencode({"corpid": account.settings["corp_id"], "corpsecret": account.secret})
    told: dict[str, Any] = ask(f"{settings.OUTSIDE_SERVERS['wecom']['api']}/cgi-bin/gettoken?{query}", method="GET")
    if told.get("errcode") or not told.get("access_token"):
        raise Failed(f"{told.get('errcode')} {told.get('errmsg', '')}".strip())
    return str(told["access_token"]), int(told.get("expires_in", 7200))
