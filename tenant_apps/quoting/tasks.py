"""What happens to quotes by itself."""

from __future__ import annotations

import smtplib
from contextlib import suppress

from celery import shared_task
from django.core.mail import send_mail

from kernel import clock
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.quoting import actions, links
from tenant_apps.quoting.models import Quote, QuoteLink


@shared_task(name="quoting.expire")
def expire() -> int:
    """Expire the quotes whose last day has passed; running twice changes nothing more."""
    now = clock.now()
    done = 0
    for quote in Quote.objects.filter(state=Quote.State.SENT, valid_until__lt=now.date()):
        with suppress(Refused):  # decided by somebody meanwhile
            actions.expire(quote, by=SYSTEM, at=now)
            done += 1
    return done


AWAY = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, OSError)


@shared_task(name="quoting.deliver", autoretry_for=AWAY, retry_backoff=True, retry_kwargs={"max_retries": 6})
def deliver(link: int, subject: str, text: str) -> None:
    """Send the letter with a link; an address that the mail server does not take is told on the quote."""
    to = QuoteLink.objects.values_list("email", flat=True).get(pk=link)
    try:
        send_mail(subject, text, None, [to])
    except smtplib.SMTPRecipientsRefused as refused:
        links.delivered(link, "; ".join(f"{code} {_text(told)}" for code, told in refused.recipients.values()))
    except smtplib.SMTPResponseException as refused:
        links.delivered(link, f"{refused.smtp_code} {_text(refused.smtp_error)}")
    else:
        links.delivered(link)


def _text(told: bytes | str) -> str:
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else told
