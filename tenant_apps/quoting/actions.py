"""Deciding about, sending, winning, losing and revising quotes (spec 2.3, W-6.2.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, messages, saving, statements
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.differences import differences, snapshot
from kernel.documents import coming_from
from kernel.refusals import FieldError, Help, Invalid, Refused
from tenant_apps.catalog.priced import copied
from tenant_apps.contracts.models import Contract, ContractLine
from tenant_apps.pricing import configured
from tenant_apps.quoting import calculating, deciding
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models import Quote, QuoteLine

S = Quote.State
OPEN = (S.DRAFT, S.SUBMITTED, S.APPROVED, S.SENT, S.ACCEPTED)
NOTE = {"note": {"label": _("Remark"), "max_length": 500}}


def settle(quote: Quote, at: datetime) -> None:
    """Work a quote out again as it is about to go out; refused when it is empty, too old, or priced by what holds no more."""
    lines = statements.lines(QuoteLine)(quote.pk)
    before = [snapshot(line) for line in lines]
    calculating.calculate(quote, lines, at.date())
    changed = [line for line, was in zip(lines, before, strict=True) if differences(line, was)]
    if changed:
        bulk.update(changed, [field.name for field in QuoteLine._meta.concrete_fields if not field.primary_key])
    configured.check(lines)
    if quote.total <= 0:
        raise Refused("empty", _t("There is nothing on this quote. Add a line first."))
    if quote.valid_until and quote.valid_until < at.date():
        raise Refused("expired", _t("It was valid until %(day)s. Choose a later day.") % {"day": quote.valid_until})
    again = [Help(_t("Price anew"), "quoting.quote.reprice", {"id": quote.pk})]
    if quote.rate_until and quote.rate_until < at.date():
        told = {"currency": quote.currency, "day": quote.rate_until}
        raise Refused("rate_expired", _t("The rate of %(currency)s was valid until %(day)s. Price the quote anew.") % told, help=again)
    stale = calculating.outdated(quote, lines, at.date())
    if stale:
        told = {"n": len(stale), "day": quote.quote_date}
        raise Refused("prices_expired", _t("Prices of %(n)d lines have changed since %(day)s. Price the quote anew.") % told, help=again)


@action(label=_("Submit"), when=S.DRAFT, style="primary", bulk=True, says=_("submitted"))
def submit(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Have it decided by whoever has the authority for its discount, margin and terms."""
    settle(quote, at)
    set_state(quote, S.APPROVED if deciding.may_send(quote, by) else S.SUBMITTED)


@action(label=_("Approve"), when=S.SUBMITTED, style="primary", bulk=True, says=_("approved"), params=NOTE)
def approve(quote: Quote, *, by: Actor, at: datetime, note: str = "") -> None:
    """Agree to its price; below the floor somebody of finance countersigns."""
    if deciding.decide(quote, by, note):
        set_state(quote, S.APPROVED)
        _tell(quote, by, at, _t("%(quote)s was approved and can be sent.") % {"quote": quote}, note)


@action(label=_("Reject"), when=S.SUBMITTED, then=S.DRAFT, style="danger", bulk=True, says=_("rejected"), params=NOTE)
def reject(quote: Quote, *, by: Actor, at: datetime, note: str) -> None:
    """Send it back with the reason; it can be changed and submitted again."""
    deciding.decide(quote, by, note)
    quote.facts = {**quote.facts, "agreed": []}
    _tell(quote, by, at, _t("%(quote)s was rejected.") % {"quote": quote}, note)


@action(label=_("Back to draft"), when=(S.SUBMITTED, S.APPROVED), then=S.DRAFT, says=_("taken back"))
def withdraw(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Take it back to change it; it is decided about again."""
    quote.facts = {**quote.facts, "agreed": []}


def _tell(quote: Quote, by: Actor, at: datetime, title: str, text: str = "") -> None:
    if quote.owner is not None and quote.owner != by.id:
        link = {"_key": deciding.KEY, "id": quote.pk}
        messages.send([quote.owner], title, text=text, link=link, origin=f"quote:{quote.pk}:{at.isoformat()}")


@action(label=_("Send"), when=(S.DRAFT, S.APPROVED), then=S.SENT, style="primary", bulk=True, says=_("sent to the customer"))
def send(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Fix the quote and offer it to the customer; print the PDF for the mail."""
    before = quote.level
    settle(quote, at)
    if quote.state == S.DRAFT or quote.level > before:
        deciding.check(quote, by)


@action(
    label=_("Mail a link"), when=S.SENT, says=_("mailed with a link"),
    params={"email": {"label": _("To"), "type": "email"}, "message": {"label": _("Message"), "type": "long"}},
)  # fmt: skip
def mail(quote: Quote, *, by: Actor, at: datetime, email: str = "", message: str = "") -> None:
    """Mail the customer a link with which they read, comment and accept it; without an address it goes to the contact's."""
    from tenant_apps.quoting import links

    to = email or (quote.contact.email if quote.contact_id and quote.contact else "")
    if not to:
        raise Invalid([FieldError("email", "required", _t("The contact has no e-mail address. Enter one here."))])
    links.mail(quote, to, message, by=by, at=at)


# how it ends ---------------------------------------------------------------------------------------------------------
@action(label=_("Customer accepts"), when=S.SENT, then=S.CONVERTED, style="primary", opens=True, says=_("won"))
def accept(quote: Quote, *, by: Actor, at: datetime) -> None:
    """The customer takes the offer: a contract with its payment plan is made of it."""
    _in_time(quote, at)
    _contract(quote, by, at)


@action(
    label=_("Accepted, contract later"), when=S.SENT, then=S.ACCEPTED, says=_("accepted by the customer"),
    params={"name": {"label": _("Accepted by"), "max_length": 60}},
)  # fmt: skip
def confirm(quote: Quote, *, by: Actor, at: datetime, name: str = "") -> None:
    """The customer has agreed, here or with a signature on the link; the contract is made of it when everything is clear."""
    _in_time(quote, at)


@action(label=_("Make the contract"), when=S.ACCEPTED, then=S.CONVERTED, style="primary", opens=True, says=_("won"))
def convert(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Make the contract with its payment plan of what the customer has accepted."""
    _contract(quote, by, at)


def _in_time(quote: Quote, at: datetime) -> None:
    """What the customer accepts is accepted by its last day; the night after, it is marked as expired."""
    if quote.valid_until and quote.valid_until < at.date():
        told = _t("It was valid until %(day)s. Make a new revision, and send that.") % {"day": quote.valid_until}
        raise Refused("expired", told, help=[Help(_t("New revision"), "quoting.quote.revise", {"id": quote.pk})])


def _contract(quote: Quote, by: Actor, at: datetime) -> None:
    lines = [line for line in statements.lines(QuoteLine)(quote.pk) if line.counted]
    values = {
        "customer_id": quote.customer_id, "title": quote.title, "scheme_id": quote.scheme_id, "warranty_months": quote.warranty_months,
        "delivery_date": at.date() + timedelta(days=quote.delivery_days), "owner": quote.owner, "unit": quote.unit, "currency": quote.currency,
        "rate": quote.rate, **coming_from(quote),
    }  # fmt: skip
    saving.create(Contract, values, {"lines": [ContractLine(**line.agreed()) for line in lines]}, by=by, at=at)


@action(
    label=_("Mark as lost"), when=OPEN, then=S.LOST, style="danger", says=_("lost"),
    params={"reason": {"label": _("Reason"), "type": "choice", "choices": LOST}, "comment": {"label": _("Remark"), "type": "long"}},
)  # fmt: skip
def lose(quote: Quote, *, by: Actor, at: datetime, reason: str, comment: str = "") -> None:
    """The customer did not take it; the reason is kept for the analysis."""
    quote.lost_reason = reason[:200]


@action(label=_("Mark as expired"), when=S.SENT, then=S.EXPIRED, says=_("expired"))
def expire(quote: Quote, *, by: Actor, at: datetime) -> None:
    """The day until which it was valid has passed; a new revision can go on from it. Happens by itself every night."""


# going on ------------------------------------------------------------------------------------------------------------
@action(
    label=_("New revision"),
    when=(S.SENT, S.ACCEPTED, S.EXPIRED, S.LOST),
    then=S.SUPERSEDED,
    opens=True,
    says=_("replaced by a new revision"),
)
def revise(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Go on with a copy under the same number and the next revision; this one stays readable."""
    rows = [
        QuoteLine(kind=line.kind, remark=line.remark, configuration_id=line.configuration_id, **copied(line))
        for line in statements.lines(QuoteLine)(quote.pk)
    ]
    names = (
        "customer_id", "contact_id", "title", "delivery_days", "scheme_id", "warranty_months", "remark", "owner", "unit", "custom", "currency",
        "estimate_cost",
    )  # fmt: skip
    values = {name: getattr(quote, name) for name in names} | {
        "revision": quote.revision + 1,
        "number": f"{quote.base}-R{quote.revision + 1}",
        **coming_from(quote),
    }
    saving.create(Quote, values, {"lines": rows}, by=by, at=at)


@action(label=_("Price anew"), when=S.DRAFT, says=_("priced anew"), params={"lines": {"label": _("Lines (empty: all)")}})
def reprice(quote: Quote, *, by: Actor, at: datetime, lines: list[Any] | None = None) -> None:
    """Take the prices and the exchange rate of today; discounts stay. Look at the difference line by line first."""
    given = []
    for line in statements.lines(QuoteLine)(quote.pk):
        chosen = not lines or line.pk in lines
        given.append({"id": line.pk, "waterfall": {}, **({"unit_price": None} if chosen else {})})
    values = {"quote_date": at.date(), "valid_until": None, "rate": None, "rate_until": None}
    saving.change(quote, values, {"lines": given}, by=by, at=at)
