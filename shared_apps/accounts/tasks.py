"""Account mail, sent outside of the request."""

from __future__ import annotations

import logging
import smtplib

from celery import shared_task
from django.core.mail import send_mail
from kombu.exceptions import OperationalError

from tenants.schema_task import PublicTask

log = logging.getLogger("millwright.accounts")
AWAY = (OSError, smtplib.SMTPException)


@shared_task(base=PublicTask, name="accounts.deliver", autoretry_for=AWAY, retry_backoff=True, retry_kwargs={"max_retries": 6})
def deliver(subject: str, body: str, to: list[str], html: str = "") -> None:
    """Send one mail; tried again for about a minute when the mail server is away."""
    send_mail(subject, body, None, to, html_message=html or None)


def send_soon(subject: str, body: str, to: list[str], html: str = "") -> None:
    """Have a worker send a mail; without a broker it is sent on the spot."""
    try:
        deliver.delay(subject, body, to, html)
    except OperationalError:
        log.warning("no broker: the mail is sent at once")
        send_mail(subject, body, None, to, html_message=html or None, fail_silently=True)
