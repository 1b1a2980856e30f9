"""Account mail, sent outside of the request."""

from __future__ import annotations

import smtplib

from celery import shared_task
from django.core.mail import send_mail

from tenants.schema_task import PublicTask

AWAY = (OSError, smtplib.SMTPException)


@shared_task(base=PublicTask, name="accounts.deliver", autoretry_for=AWAY, retry_backoff=True, retry_kwargs={"max_retries": 6})
def deliver(subject: str, body: str, to: list[str], html: str = "") -> None:
    """Send one mail; tried again for about a minute when the mail server is away."""
    send_mail(subject, body, None, to, html_message=html or None)
