"""Messages to colleagues that came back after the mail server had taken them: not delivered after all, and told where that is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import clock, messages, people
from kernel.returned import Notice, Trail, reasons, trails
from tenant_apps.process.models import Channel, Outgoing
from tenants.context import here

SURE = timedelta(days=5)
"""So long a mail server tries (RFC 5321): a message that has not come back by then has arrived."""


def message(pk: int, trail: Trail, notice: Notice) -> bool:
    """Those that went together in this mail count as not delivered; the person and the administrators are told once for an address."""
    row = Outgoing.objects.filter(pk=pk).first()
    if row is None or notice.outcome != "failed" or trail.mark != trails.mark_of(row.address):
        return False
    together = Outgoing.objects.filter(channel=row.channel_id, member=row.member, receipt=row.receipt, sent_at__isnull=False)
    changed = together.exclude(receipt="").update(sent_at=None, next_at=None, answer=notice.words)
    if changed:
        _tell(row, notice)
    return bool(changed)


def _tell(row: Outgoing, notice: Notice) -> None:
    told = {admin.id: admin.language for admin in people.directory.load_admins() if admin.id}
    told.setdefault(row.member, here().tenant.language)  # type: ignore[union-attr]
    for member, language in told.items():
        with override(language):
            title = _("Mail to %(email)s comes back") % {"email": row.address}
            todo = _("Have an administrator correct the address, or choose another channel under Messages.")
            text = f"{reasons.sentence(notice.status)} {todo}\n{notice.words}".strip()
        messages.send([member], title, text=text, origin=f"mail-back:{row.address}"[:120])


def trouble(member: int, address: str) -> dict[str, Any] | None:
    """Since when and why mail to this address of somebody comes back; None when none does, or one has arrived since."""
    sent = Outgoing.objects.filter(member=member, channel__kind=Channel.Kind.EMAIL, address=address).exclude(receipt="")
    last = returned(sent).order_by("-pk").first()
    if last is None or sent.filter(pk__gt=last.pk, sent_at__lt=clock.now() - SURE).exists():
        return None
    return {"at": last.created_at, "why": why(last), "said": last.answer}


def returned(rows: QuerySet[Outgoing]) -> QuerySet[Outgoing]:
    """Those that a mail server took and gave back."""
    return rows.exclude(receipt="").filter(sent_at=None, next_at=None)


def why(row: Outgoing) -> str:
    """In words, why a mail came back; empty for what did not."""
    back = row.receipt and row.sent_at is None and row.next_at is None and row.answer
    return reasons.sentence(reasons.status_in(row.answer)) if back else ""
