"""E-mail by the company's own SMTP server, or by the platform's."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from kernel import mail
from kernel.webhooks import outgoing
from tenant_apps.process.channels.account import Account, Failed

PATIENCE = 10


class _Plain(smtplib.SMTP):
    """Encrypts where the server offers it; a password is never sent in the clear."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return outgoing.connect(host, port, timeout)

    def starttls(self, *, context: ssl.SSLContext | None = None) -> Any:  # type: ignore[override]
        self.ehlo_or_helo_if_needed()
        return super().starttls(context=context) if self.has_extn("starttls") else None

    def login(self, user: str, password: str, **given: Any) -> Any:
        if not isinstance(self.sock, ssl.SSLSocket):
            raise Failed(_("This mail server does not encrypt, so the password was not sent to it."))
        return super().login(user, password, **given)


class _Secure(smtplib.SMTP_SSL):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(outgoing.connect(host, port, timeout), server_hostname=host)


class Outside(EmailBackend):
    """A server that a company has named: reached on the internet only, as webhooks are."""

    @property
    def connection_class(self) -> Any:
        return _Secure if self.use_ssl else _Plain


def send(account: Account, to: str, title: str, text: str) -> str:
    made = _made(account, mail.Letter(to, title, account.text_of(text) or title, kept=("m", account.outgoing)))
    made.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        with mail.answers():
            made.send()
    except (mail.Returned, mail.Away) as refused:
        raise Failed(str(refused)) from refused
    return made.extra_headers["Message-ID"]


def carry(account: Account, letter: mail.Letter) -> None:
    """A letter to somebody outside, from the company's own address."""
    made = _made(account, letter)
    try:
        with mail.answers():
            made.send()
    except Failed as failed:
        raise mail.Returned(str(failed)) from failed


def _made(account: Account, letter: mail.Letter) -> EmailMessage:
    """What comes back from a server of the company's own goes to its own address, which that server asks for."""
    made = mail.message(letter, _sender(account))
    made.connection = _server(account)
    return made if account.settings.get("host") else mail.returning(made, letter)


def _sender(account: Account) -> str:
    """Its own address; a server of its own sends for its own user."""
    user = account.settings.get("user", "") if account.settings.get("host") else ""
    return account.settings.get("sender") or (user if "@" in user else settings.DEFAULT_FROM_EMAIL)


def _server(account: Account) -> Any:
    host = account.settings.get("host")
    if not host:
        return get_connection()
    port = int(account.settings.get("port") or 465)
    user, password = account.settings.get("user", ""), account.secret
    return Outside(host=host, port=port, username=user, password=password, use_ssl=port == 465, use_tls=port != 465, timeout=PATIENCE)
