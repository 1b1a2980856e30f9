"""What happens to quotes by itself."""

from __future__ import annotations

from contextlib import suppress

from celery import Task, shared_task
from django.utils.translation import override

from kernel import clock, mail
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.organization.models import Member
from tenant_apps.quoting import actions, delivery
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


@shared_task(name="quoting.deliver", bind=True, max_retries=mail.RETRIES)
def deliver(self: Task, link: int, subject: str, text: str) -> None:
    """Send the letter with a link; an address that is refused, or a mail server that stays away for two hours, is told on the quote."""
    row = QuoteLink.objects.get(pk=link)
    answers_to = Member.objects.filter(pk=row.issued_by or 0).values_list("email", flat=True).first() or ""
    letter = mail.Letter(row.email, subject, text, answers_to, ("q", link))
    with override(row.language):
        if mail.carry(self, letter, lambda words, recipient: delivery.refused(link, words, recipient=recipient)):
            delivery.taken(link)
