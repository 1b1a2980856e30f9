"""Letters to people outside of the company: by its own mail server where it has one, else by the platform's."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formataddr, make_msgid, parseaddr

from celery import Task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

from kernel.returned import trails
from kernel.webhooks import outgoing

PERMANENT = 500
RETRIES = 6
"""After the first attempt, within about two hours."""


class Returned(Exception):
    """The mail server has refused it for good; why, in its words."""

    recipient = False
    """Whether it refused the recipient, and not us or what we wrote."""


class Away(Exception):
    """It was not taken now, and may be later."""


@dataclass(frozen=True)
class Letter:
    """What somebody writes to somebody outside; answers go to them."""

    to: str
    subject: str
    text: str
    reply_to: str = ""
    kept: tuple[str, int] = ("", 0)
    """Which row of which kind of letters it is (`returned.returns_of`): what comes back is told there."""


def by_platform(letter: Letter) -> None:
    """From the platform's address, in the company's name."""
    company = str((getattr(connection, "tenant", None) and connection.tenant.name) or "")  # type: ignore[attr-defined]
    sender = formataddr((company, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    with answers():
        returning(message(letter, sender), letter).send()


def message(letter: Letter, sender: str) -> EmailMessage:
    """Its message number tells whose it is, too: a notification that is sent on to the platform still returns the headers."""
    answers_to = [letter.reply_to] if letter.reply_to else None
    envelope = _envelope(letter)
    names = {"Message-ID": f"<{envelope.partition('+')[2]}>" if envelope else make_msgid(domain=settings.BASE_DOMAIN)}
    return EmailMessage(" ".join(letter.subject.split()), letter.text, sender, [letter.to], reply_to=answers_to, headers=names)


def returning(made: EmailMessage, letter: Letter) -> EmailMessage:
    """By the platform's server: what comes back goes to an address of this letter alone, where the platform reads such mail."""
    if envelope := _envelope(letter):
        made.extra_headers["From"], made.from_email = made.from_email, envelope
    return made


def _envelope(letter: Letter) -> str:
    kind, pk = letter.kept
    if not kind or not settings.BOUNCE_ADDRESS:
        return ""
    return trails.envelope(trails.Trail(connection.tenant.pk, kind, pk, trails.mark_of(letter.to)))  # type: ignore[attr-defined]


@contextmanager
def answers() -> Iterator[None]:
    """What mail servers answer, as one of the two errors above."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        told = "; ".join(f"{code} {_text(said)}" for code, said in refused.recipients.values())
        error = _error(max(code for code, _said in refused.recipients.values()))(told)
        if isinstance(error, Returned):
            error.recipient = True
        raise error from refused
    except smtplib.SMTPResponseException as refused:
        raise _error(refused.smtp_code)(f"{refused.smtp_code} {_text(refused.smtp_error)}") from refused
    except (OSError, smtplib.SMTPException) as trouble:
        raise Away(str(outgoing.TROUBLES[outgoing.trouble(trouble)])) from trouble


def _error(code: int) -> type[Exception]:
    return Returned if code >= PERMANENT else Away


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


class Port:
    """Filled in by the app that keeps the company's account at a mail server."""

    send: Callable[[Letter], None] = staticmethod(by_platform)


port = Port()


def carry(task: Task, letter: Letter, failed: Callable[[str, bool], None]) -> bool:
    """Send within a task of at most `RETRIES` retries. While the mail server is away the task is tried again; one that is not taken
    ends in `failed(the server's words, whether it refused the recipient)`."""
    try:
        port.send(letter)
    except Returned as refused:
        failed(str(refused), refused.recipient)
    except Away as away:
        if task.request.retries < RETRIES:
            raise task.retry(exc=away, countdown=60 * 2**task.request.retries) from away
        failed(str(away), False)
    else:
        return True
    return False
