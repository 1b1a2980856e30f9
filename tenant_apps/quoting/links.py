"""The customer's link to a quote or a contract: issued once, kept as a digest, valid as long as the quote (spec 2.3)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel import calls, clock, files, messages, notes, registry, saving
from kernel.access import SYSTEM, Actor
from kernel.reading import render_document
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import key_of
from tenant_apps.contracts.models import SchemeLine
from tenant_apps.pricing import configured
from tenant_apps.quoting import actions, deciding, delivery
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models import Quote, QuoteLine, QuoteLink
from tenant_apps.selection import chosen
from tenants.sandbox import in_sandbox

S, D = Quote.State, QuoteLink.Delivery
LONGEST, LARGEST, TALKS = 2000, 200_000, 100
PNG = b"\x89PNG\r\n\x1a\n"
SHOWN = (
    "number",
    "title",
    "quote_date",
    "valid_until",
    "delivery_days",
    "warranty_months",
    "currency",
    "net_total",
    "tax_total",
    "total",
    "remark",
)
COLUMNS = ("spec", "quantity", "unit_price", "discount", "tax_rate", "amount", "remark")


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def address(secret: str) -> str:
    """Where the customer opens it: at the company's own address."""
    company = connection.tenant  # type: ignore[attr-defined]
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT not in ("", "80", "443") else ""
    return f"{settings.PUBLIC_SCHEME}://{company.slug}.{settings.BASE_DOMAIN}{port}/q/{secret}"


def issue(link: QuoteLink, *, by: Actor, at: datetime) -> str:
    """Keep a new link; its secret is known to whoever gets the letter only."""
    secret = secrets.token_urlsafe(32)
    link.digest, link.language = digest(secret), get_language() or settings.LANGUAGE_CODE
    link.issued_at, link.issued_by = at, by.id
    link.save()
    return secret


def mail(quote: Quote, email: str, message: str, *, by: Actor, at: datetime) -> None:
    """A letter with a link to a quote."""
    subject = _("Quote %(number)s from %(company)s") % {"number": quote.number, "company": connection.tenant.name}  # type: ignore[attr-defined]
    asked = _("Read it, ask, and accept it here, on a phone too:")
    post(QuoteLink(quote=quote, email=email, expires_on=quote.valid_until), subject, message, asked, by=by, at=at)


def post(link: QuoteLink, subject: str, message: str, asked: str, *, by: Actor, at: datetime) -> None:
    """Send a letter with a new link when the transaction is through."""
    from tenant_apps.quoting.tasks import deliver

    if in_sandbox():
        raise Refused("sandbox", _("Nothing goes out of a sandbox. Send it from the live company."))
    secret = issue(link, by=by, at=at)
    text = f"{message.strip()}\n\n{asked}\n\n{address(secret)}\n".lstrip()
    transaction.on_commit(lambda: deliver.delay(link.pk, subject, text), robust=True)


def found(secret: str) -> QuoteLink:
    """The link behind a secret; refused when it was never issued or the quote has been taken back."""
    link = QuoteLink.objects.select_related("quote", "contract").filter(digest=digest(secret)).first()
    if link is None or (link.quote and link.quote.state in (S.DRAFT, S.SUBMITTED, S.APPROVED)):
        raise Refused("link_gone", _("This link does not hold any more. Please ask for a new one."), status=410)
    return link


# what the customer sees ----------------------------------------------------------------------------------------------
def told(link: QuoteLink) -> dict[str, Any]:
    """The quote as the customer reads it, and where it stands for them."""
    quote = link.offer
    shown = render_document(registry.get(deciding.KEY), quote.pk, SYSTEM) or {}
    schemes = SchemeLine.objects.filter(scheme=quote.scheme_id).order_by("seq") if quote.scheme_id else ()
    return {
        **{name: shown[name] for name in SHOWN}, "what": "quote", "company": connection.tenant.name, "customer": shown["customer"]["label"],  # type: ignore[attr-defined]
        "lines": goods(shown["lines"]), "payment": [str(stage) for stage in schemes], "standing": standing(quote, clock.now().date()), "talk": link.talk,
        "newer": _sent_successor(quote) is not None, "signed_by": quote.facts.get("signature", {}).get("name", ""),
    }  # fmt: skip


def goods(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is offered line by line, in the reader's language, with the chosen options group by group; a contract knows no kinds of lines."""
    return [
        {
            **{name: line.get(name, "") for name in COLUMNS}, "kind": line.get("kind", QuoteLine.Kind.NORMAL.value),
            "measure": line["measure"]["label"] if line["measure"] else "", "description": more["description"],
            "chosen": [{"group": group, "options": [[one.label, one.said] for one in rows]} for group, rows in chosen.grouped(more["chosen"])],
        }
        for line, more in zip(lines, configured.told(lines), strict=True)
    ]  # fmt: skip


def standing(quote: Quote, today: date) -> str:
    """open, accepted, declined, superseded, expired, or withdrawn: closed by the company before its last day."""
    over = quote.valid_until is not None and quote.valid_until < today
    if quote.state == S.SENT:
        return "expired" if over else "open"
    if quote.state == S.LOST and "declined" in quote.facts:
        return "declined"
    known = {S.CONVERTED: "accepted", S.ACCEPTED: "accepted", S.SUPERSEDED: "superseded"}
    return known.get(S(quote.state)) or ("expired" if over else "withdrawn")


def _sent_successor(quote: Quote) -> Quote | None:
    newest = quote.newest() if quote.state == S.SUPERSEDED else None
    return newest if newest is not None and newest.state == S.SENT else None


def opened(link: QuoteLink, at: datetime) -> None:
    """The first time it is opened, the owner is told."""
    if link.opened_at is None and QuoteLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=at):
        delivery.arrived(link)
        tell(link.document, _("%(quote)s was opened by the customer.") % {"quote": link.document}, link.email, f"link:{link.pk}:opened")


def successor(link: QuoteLink, at: datetime) -> str:
    """The secret of a link to the revision that has taken this one's place."""
    newest = _sent_successor(link.quote) if link.quote else None
    if newest is None:
        raise Refused("not_yet", _("The new revision has not been sent yet. You will get it by mail."))
    return issue(QuoteLink(quote=newest, email=link.email, expires_on=newest.valid_until, delivery=D.SENT), by=SYSTEM, at=at)


# what the customer does ----------------------------------------------------------------------------------------------
def comment(link: QuoteLink, name: str, text: str, at: datetime) -> None:
    """A question or remark: in the history of the document, and to its owner."""
    name, text = named(name), text.strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        raise Invalid([FieldError("text", "required", _("Please write something (up to 2,000 characters)."))])
    with calls.call():
        kept = QuoteLink.objects.select_for_update().get(pk=link.pk)
        if len(kept.talk) >= TALKS:
            raise Refused("too_many", _("There are many comments already. Please call or write to us."))
        kept.talk = [*kept.talk, {"at": timezone.localtime(at).isoformat(timespec="seconds"), "name": name, "text": text}]
        kept.save(update_fields=["talk"])
        notes.write(link.document, f"{name}: {text}", by=SYSTEM, at=at)
        title = _("%(name)s wrote about %(quote)s") % {"name": name, "quote": link.document}
        tell(link.document, title, text, f"link:{link.pk}:{len(kept.talk)}")


def accept(link: QuoteLink, name: str, signature: str, at: datetime) -> None:
    """The customer agrees with a signature drawn by hand; the picture is kept with the quote."""
    name, drawn = named(name), picture(signature)
    with calls.call():
        quote = saving.lock(link.offer)
        _still_open(quote, at)
        file = files.attach(quote, files.keep("signature.png", drawn, "image/png", by=SYSTEM, at=at), by=SYSTEM, at=at)
        quote.facts = {**quote.facts, "signature": {"name": name, "at": at.isoformat(), "file": file.pk, "email": link.email}}
        actions.confirm(quote, by=SYSTEM, at=at, name=name)
        tell(quote, _("%(name)s has accepted %(quote)s") % {"name": name, "quote": quote}, "", f"link:{link.pk}:accepted")


def decline(link: QuoteLink, name: str, reason: str, text: str, at: datetime) -> None:
    """The customer does not take it, and says why."""
    name = named(name)
    if reason not in dict(LOST):
        raise Invalid([FieldError("reason", "required", _("Please choose a reason."))])
    with calls.call():
        quote = saving.lock(link.offer)
        _still_open(quote, at)
        quote.facts = {**quote.facts, "declined": name}
        actions.lose(quote, by=SYSTEM, at=at, reason=reason, comment=f"{name}: {text}"[:LONGEST])
        tell(quote, _("%(name)s has declined %(quote)s") % {"name": name, "quote": quote}, text[:LONGEST], f"link:{link.pk}:declined")


def _still_open(quote: Quote, at: datetime) -> None:
    """Refuse what comes too late, and say what to do instead."""
    now = standing(quote, at.date())
    sentences = {
        "superseded": _("A new revision has taken the place of this one. Open the new one and accept it there."),
        "expired": _("This quote was valid until %(day)s. Write a comment and ask for a new one.") % {"day": quote.valid_until},
        "accepted": _("This quote has been accepted already."),
        "declined": _("This quote has been declined. Write a comment if that has changed."),
        "withdrawn": _("This quote has been closed. Write a comment and ask for a new one."),
    }
    if now in sentences:
        raise Refused(now, sentences[now])


def named(name: str) -> str:
    """Who it is, as they say."""
    name = " ".join(name.split())
    if not 0 < len(name) <= 60:
        raise Invalid([FieldError("name", "required", _("Please tell your name."))])
    return name


def picture(signature: str) -> bytes:
    """A drawing as a browser gives it: `data:image/png;base64,…`."""
    kind, _comma, encoded = signature.partition(",")
    try:
        drawn = base64.b64decode(encoded, validate=True) if kind == "data:image/png;base64" else b""
    except binascii.Error:
        drawn = b""
    if not drawn.startswith(PNG) or len(drawn) > LARGEST:
        raise Invalid([FieldError("signature", "required", _("Please sign with your finger, a pen or the mouse."))])
    return drawn


def tell(document: Any, title: str, text: str, origin: str) -> None:
    """A message to whoever owns what the link leads to."""
    if document.owner is not None:
        messages.send([document.owner], title, text=text, link={"_key": key_of(type(document)), "id": document.pk}, origin=origin)
