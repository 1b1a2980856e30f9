"""A contract behind the customer's link: read as it was mailed, and signed (W-6.2.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kernel import calls, clock, files, printing, registry, saving
from kernel.access import SYSTEM, Actor
from kernel.reading import render_document
from kernel.refusals import Refused
from tenant_apps.contracts import signing
from tenant_apps.contracts.models import Contract, PlanLine
from tenant_apps.quoting import links
from tenant_apps.quoting.models import QuoteLink

KEY = "contracts.contract"
SHOWN = ("number", "title", "contract_date", "delivery_date", "warranty_months", "currency", "net_total", "tax_total", "total")
DAYS = 30
"""How long a link to a contract can be signed on."""


def mail(contract: Contract, email: str, message: str, *, by: Actor, at: datetime) -> None:
    """A letter with a link to a contract as it is now."""
    subject = _("Contract %(number)s from %(company)s") % {"number": contract.number, "company": connection.tenant.name}  # type: ignore[attr-defined]
    asked = _("Read it, ask, and sign it here, on a phone too:")
    made = QuoteLink(contract=contract, email=email or signing.address_of(contract), expires_on=at.date() + timedelta(days=DAYS))
    links.post(made, subject, message, asked, by=by, at=at)


def told(link: QuoteLink) -> dict[str, Any]:
    """The contract as the other party reads it, and where it stands for them."""
    contract = _of(link)
    shown = render_document(registry.get(KEY), contract.pk, SYSTEM) or {}
    return {
        **{name: shown[name] for name in SHOWN}, "what": "contract", "company": connection.tenant.name, "customer": shown["customer"]["label"],  # type: ignore[attr-defined]
        "lines": links.goods(shown["lines"]),
        "payment": [_stage(stage) for stage in PlanLine.objects.filter(contract=contract).order_by("seq")],
        "clauses": [{"title": clause["title"], "text": clause["text"]} for clause in shown["clauses"]], "remark": shown["terms_text"],
        "valid_until": link.expires_on and link.expires_on.isoformat(), "standing": standing(link, clock.now().date()), "talk": link.talk,
        "newer": False, "signed_by": contract.facts.get("signature", {}).get("name", ""),
    }  # fmt: skip


def _of(link: QuoteLink) -> Contract:
    assert link.contract is not None
    return link.contract


def _stage(stage: PlanLine) -> str:
    return f"{stage} {stage.amount:,.2f} ({stage.get_trigger_display()})"


def standing(link: QuoteLink, today: date) -> str:
    """open, accepted, superseded or expired; what was changed after the letter is no more what it tells of."""
    contract = _of(link)
    if contract.facts.get("signature") or contract.state not in (Contract.State.DRAFT, Contract.State.TERMINATED):
        return "accepted"
    if contract.updated_at and contract.updated_at > link.issued_at:
        return "superseded"
    over = contract.state == Contract.State.TERMINATED or (link.expires_on and link.expires_on < today)
    return "expired" if over else "open"


def accept(link: QuoteLink, name: str, signature: str, at: datetime) -> None:
    """The other party signs with a signature drawn by hand; the picture and the contract as it was signed are kept with it."""
    name, picture = links.named(name), links.picture(signature)
    with calls.call():
        contract = saving.lock(_of(link))
        link.contract = contract
        _still_open(link, at)
        paper = printing.render(
            registry.get(KEY), printing.chosen(registry.get(KEY), "", contract.pk, link.language), contract.pk, SYSTEM, link.language
        )
        kept = files.attach(contract, files.keep("signature.png", picture, "image/png", by=SYSTEM, at=at), by=SYSTEM, at=at)
        files.attach(contract, files.keep(f"{contract.number}.pdf", paper, "application/pdf", by=SYSTEM, at=at), by=SYSTEM, at=at)
        contract.facts = {**contract.facts, "signature": {"file": kept.pk, "email": link.email}}
        signing.countersign(contract, by=SYSTEM, at=at, name=name)
        links.tell(contract, _("%(name)s has signed %(contract)s") % {"name": name, "contract": contract}, "", f"link:{link.pk}:accepted")


def _still_open(link: QuoteLink, at: datetime) -> None:
    """Refuse what comes too late, and say what to do instead."""
    now = standing(link, at.date())
    sentences = {
        "superseded": _("This contract has been changed since this letter. Please ask for a new one."),
        "expired": _("This link was valid until %(day)s. Write a comment and ask for a new one.") % {"day": link.expires_on},
        "accepted": _("This contract has been signed already."),
    }
    if now in sentences:
        raise Refused(now, sentences[now])
