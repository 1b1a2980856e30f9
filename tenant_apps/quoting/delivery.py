"""How the letter with a link went: taken, late, or not delivered at all, at once or after days; in words, and what to do about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import clock, messages, statements
from kernel.returned import Notice, Trail, reasons, trails
from kernel.specs import key_of
from tenant_apps.partners import bounces
from tenant_apps.quoting.models import QuoteLink

D = QuoteLink.Delivery
LONGEST, LATEST = 300, 20


def taken(pk: int) -> None:
    """A mail server has taken the letter; if it has come back meanwhile, that is told already."""
    QuoteLink.objects.filter(pk=pk, delivery=D.QUEUED).update(delivery=D.SENT)


def refused(pk: int, words: str, *, recipient: bool) -> None:
    """No mail server took it, for reasons in these words; `recipient`: because of the address."""
    link = QuoteLink.objects.select_related("quote", "contract").get(pk=pk)
    _failed(link, words, recipient and reasons.blames_address(reasons.status_in(words)), clock.now())


def came_back(pk: int, trail: Trail, notice: Notice) -> bool:
    """News of a letter that a mail server had taken. A letter that was opened has arrived, whatever is told of it."""
    with transaction.atomic():
        link = QuoteLink.objects.select_for_update().filter(pk=pk).first()
        told = link is not None and link.opened_at is None and link.delivery != D.BOUNCED and trail.mark == trails.mark_of(link.email)
        if link is None or not told:
            return False
        if notice.outcome == "failed":
            _failed(link, notice.words, reasons.blames_address(notice.status), clock.now())
            return True
        now = (D.DELAYED, notice.words) if notice.outcome == "delayed" else (D.SENT, "")
        return bool(QuoteLink.objects.filter(pk=pk).exclude(delivery=now[0]).update(delivery=now[0], trouble=now[1]))


def _failed(link: QuoteLink, words: str, address: bool, at: datetime) -> None:
    link.delivery, link.trouble = D.BOUNCED, words[:LONGEST]
    link.save(update_fields=["delivery", "trouble"])
    if address:
        bounces.mark(link.document.customer_id, link.email, timezone.localdate(at))
    with override(link.language):
        title = _("The letter with %(quote)s did not reach %(email)s") % {"quote": link.document, "email": link.email}
        todo = _("Correct the address of the contact and send the letter again.") if address else _("Send it again, or call the customer.")
        text = f"{reasons.sentence(reasons.status_in(words))} {todo}\n{link.trouble}".strip()
    readers = [one for one in (link.document.owner, link.issued_by) if one is not None]
    about = {"_key": key_of(type(link.document)), "id": link.document.pk}
    messages.send(readers, title, text=text, link=about, origin=f"link:{link.pk}:bounced")


def arrived(link: QuoteLink) -> None:
    """It was opened: the address works, whatever was told before."""
    QuoteLink.objects.filter(pk=link.pk, delivery__in=(D.DELAYED, D.BOUNCED)).update(delivery=D.SENT, trouble="")
    bounces.clear(link.document.customer_id, link.email, timezone.localdate(link.issued_at))


def came_back_on(customer: int | None, email: str) -> date | None:
    """The day of this customer's last letter to an address if it came back for the address's fault and none was opened since."""
    ended = QuoteLink.objects.filter(Q(delivery=D.BOUNCED) | Q(opened_at__isnull=False), email__iexact=email)
    of_customer = ended.filter(quote__customer=customer).union(ended.filter(contract__customer=customer))
    for link in of_customer.order_by("-id")[:LATEST]:
        if link.opened_at is not None:
            return None
        if reasons.blames_address(reasons.status_in(link.trouble)):
            return timezone.localdate(link.issued_at)
    return None


def of(name: str, pk: int) -> list[dict[str, Any]]:
    """The letters of a quote or a contract and how they went; nobody sees the secrets again."""
    rows = statements.values(
        QuoteLink, name, ("id", "email", "issued_at", "expires_on", "delivery", "trouble", "opened_at", "talk"), ("-id",)
    )(pk)
    return [{**row, "expires_on": row["expires_on"] and row["expires_on"].isoformat(), "why": _why(row)} for row in rows]


def _why(row: dict[str, Any]) -> str:
    """What the words of the mail server mean."""
    late = row["delivery"] == D.DELAYED
    sentence = reasons.sentence(reasons.status_in(row["trouble"])) if row["trouble"] else ""
    return f"{sentence} {_('It is still being tried.')}" if late else sentence
