"""Letters to people outside of the company: by its own mail server where it has one, else by the platform's."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

from kernel.webhooks import outgoing

PERMANENT = 500


class Returned(Exception):
    """The mail server has refused it for good; why, in its words."""


class Away(Exception):
    """It was not taken now, and may be later."""


@dataclass(frozen=True)
class Letter:
    """What somebody writes to somebody outside; answers go to them."""

    to: str
    subject: str
    text: str
    reply_to: str = ""


def by_platform(letter: Letter) -> None:
    """From the platform's address, in the company's name."""
    company = str((getattr(connection, "tenant", None) and connection.tenant.name) or "")  # type: ignore[attr-defined]
    sender = formataddr((company, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    with answers():
        message(letter, sender).send()


def message(letter: Letter, sender: str) -> EmailMessage:
    answers_to = [letter.reply_to] if letter.reply_to else None
    return EmailMessage(" ".join(letter.subject.split()), letter.text, sender, [letter.to], reply_to=answers_to)


@contextmanager
def answers() -> Iterator[None]:
    """What mail servers answer, as one of the two errors above."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        told = "; ".join(f"{code} {_text(said)}" for code, said in refused.recipients.values())
        raise _error(max(code for code, _said in refused.recipients.values()))(told) from refused
    except smtplib.SMTPResponseException as refused:
        raise _error(refused.smtp_code)(f"{refused.smtp_code} {_text(refused.smtp_error)}") from refused
    except (OSError, smtplib.SMTPException) as error:
        raise Away(str(outgoing.TROUBLES[outgoing.trouble(error)])) from error


def _error(code: int) -> type[Exception]:
    return Returned if code >= PERMANENT else Away


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


class Port:
    """Filled in by the app that keeps the company's account at a mail server."""

    send: Callable[[Letter], None] = staticmethod(by_platform)


port = Port()
