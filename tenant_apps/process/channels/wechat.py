"""WeChat service account: template messages (developers.weixin.qq.com, 模板消息)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings

from tenant_apps.process.channels.account import Account, Failed, ask, forget, token

EXPIRED = (40001, 40014, 42001)


def send(account: Account, to: str, title: str, text: str) -> str:
    account.need("app_id", "template", "secret")
    base = settings.OUTSIDE_SERVERS["weixin"]["api"]
    content = {
        "touser": to,
        "template_id": account.settings["template"],
        "url": account.card.page if account.card is not None else account.settings.get("url", ""),
        "data": {"title": {"value": title}, "text": {"value": text}},
        "client_msg_id": account.origin[:32],
    }
    for last in (False, True):
        told = ask(f"{base}/cgi-bin/message/template/send?{urlencode({'access_token': token(account, lambda: _pass(account))})}", content)
        if told.get("errcode") not in EXPIRED or last:
            break
        forget(account)
    if told.get("errcode"):
        raise Failed(f"{told['errcode']} {told.get('errmsg', '')}".strip())
    return str(told.get("msgid", ""))


def _pass(account: Account) -> tuple[str, int]:
    asked = {"grant_type": "client_credential", "appid": account.settings["app_id"], "secret": account.secret}
    told = ask(f"{settings.OUTSIDE_SERVERS['weixin']['api']}/cgi-bin/stable_token", asked)
    if not told.get("access_token"):
        raise Failed(f"{told.get('errcode')} {told.get('errmsg', '')}".strip())
    return str(told["access_token"]), int(told.get("expires_in", 7200))
