"""What happens to quotes by itself."""

from __future__ import annotations

from contextlib import suppress

from celery import Task, shared_task
from django.utils.translation import override

from kernel import clock, mail
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.organization.models import Member
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


RETRIES = 6


@shared_task(name="quoting.deliver", bind=True, max_retries=RETRIES)
def deliver(self: Task, link: int, subject: str, text: str) -> None:
    """Send the letter with a link; an address that is refused, or a mail server that stays away for an hour, is told on the quote."""
    row = QuoteLink.objects.get(pk=link)
    answers_to = Member.objects.filter(pk=row.issued_by or 0).values_list("email", flat=True).first() or ""
    try:
        with override(row.language):
            mail.port.send(mail.Letter(row.email, subject, text, answers_to))
    except mail.Returned as refused:
        links.delivered(link, str(refused))
    except mail.Away as away:
        if self.request.retries >= RETRIES:
            links.delivered(link, str(away))
        else:
            raise self.retry(exc=away, countdown=60 * 2**self.request.retries) from away
    else:
        links.delivered(link)
