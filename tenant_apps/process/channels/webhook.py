"""A program of the company's own, told in JSON and signed as in “Standard Webhooks”."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from kernel.api.wire import dump
from kernel.refusals import FieldError
from kernel.webhooks.models import url_errors
from tenant_apps.process.channels.account import JSON, Account, Failed, spoken


def send(account: Account, to: str, title: str, text: str) -> str:
    account.need("url", "secret")
    card = {"page": account.card.page, "answers": list(account.card.answers)} if account.card is not None else None
    body = dump({"id": account.origin, "to": to, "title": title, "text": text, **({"decide": card} if card else {})})
    stamp = str(int(time.time()))
    content = f"{account.origin}.{stamp}.".encode() + body
    signature = base64.b64encode(hmac.digest(account.secret.encode(), content, hashlib.sha256)).decode()
    headers = {**JSON, "webhook-id": account.origin, "webhook-timestamp": stamp, "webhook-signature": f"v1,{signature}"}
    answer = spoken("POST", account.settings["url"], body, headers)
    if not 200 <= answer.status < 300:
        raise Failed(f"{answer.status} {answer.text[:200]}")
    return str(answer.status)


def errors(url: str) -> list[FieldError]:
    return [FieldError("settings.url", error.code, error.detail) for error in url_errors(url)]
