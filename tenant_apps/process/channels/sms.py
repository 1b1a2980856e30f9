"""SMS by Aliyun: SendSms, signed as the third version of its signatures says (help.aliyun.com, V3 版本请求体与签名机制)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from django.conf import settings

from kernel.api.wire import dump
from tenant_apps.process.channels.account import Account, Failed, ask

ALGORITHM = "ACS3-HMAC-SHA256"
MOST = 60
"""An SMS has little room; the rest is read in the inbox."""


def send(account: Account, to: str, title: str, text: str) -> str:
    account.need("key_id", "sign_name", "template", "secret")
    query = {
        "PhoneNumbers": to,
        "SignName": account.settings["sign_name"],
        "TemplateCode": account.settings["template"],
        "TemplateParam": dump({"title": title[:MOST], "text": text[:MOST]}).decode(),
        "OutId": account.origin[:255],
    }
    base = settings.SMS_SERVER
    canonical = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(query.items()))
    headers = signed(account, urlsplit(base).netloc, "SendSms", canonical)
    told = ask(f"{base}/?{canonical}", headers=headers)
    if told.get("Code") != "OK":
        raise Failed(f"{told.get('Code', '')} {told.get('Message', '')}".strip())
    return str(told.get("BizId", ""))


def signed(account: Account, host: str, action: str, query: str, body: bytes = b"") -> dict[str, str]:
    """The headers that prove who asks."""
    digest = hashlib.sha256(body).hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": digest,
        "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": "2017-05-25",
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n{query}\n{lines}\n{names}\n{digest}"
    told = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(account.secret.encode(), told.encode(), hashlib.sha256).hexdigest()
    return {**headers, "Authorization": f"{ALGORITHM} Credential={account.settings['key_id']},SignedHeaders={names},Signature={signature}"}
