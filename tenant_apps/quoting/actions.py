"""Deciding about, sending, winning, losing and revising quotes (spec 2.3, W-6.2.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import messages, saving, statements
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.documents import coming_from
from kernel.refusals import FieldError, Invalid
from tenant_apps.contracts.models import Contract, ContractLine
from tenant_apps.partners import bounces
from tenant_apps.partners.models import Partner
from tenant_apps.quoting import asking, configuring, deciding, repricing, settling
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models import Quote, QuoteLine

S = Quote.State
OPEN = (S.DRAFT, S.SUBMITTED, S.APPROVED, S.SENT, S.ACCEPTED)
NOTE = {"note": {"label": _("Remark"), "max_length": 500}}


@action(label=_("Submit"), when=S.DRAFT, style="primary", bulk=True, says=_("submitted"))
def submit(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Have it decided by whoever has the authority for its discount, margin and terms; they find it in their messages."""
    settling.settle(quote, by, at)
    within = deciding.may_send(quote, by)
    set_state(quote, S.APPROVED if within else S.SUBMITTED)
    if not within:
        asking.ask(quote, by, at)


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
    settling.settle(quote, by, at)
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
    bounces.warn(quote.customer_id, to, f"{deciding.KEY}.mail", by)
    links.mail(quote, to, message, by=by, at=at)


# how it ends ---------------------------------------------------------------------------------------------------------
@action(label=_("Customer accepts"), when=S.SENT, then=S.CONVERTED, style="primary", opens=True, says=_("won"))
def accept(quote: Quote, *, by: Actor, at: datetime) -> None:
    """The customer takes the offer: a contract with its payment plan is made of it."""
    settling.in_time(quote, at)
    _contract(quote, by, at)


@action(
    label=_("Accepted, contract later"), when=S.SENT, then=S.ACCEPTED, says=_("accepted by the customer"),
    params={"name": {"label": _("Accepted by"), "max_length": 60}},
)  # fmt: skip
def confirm(quote: Quote, *, by: Actor, at: datetime, name: str = "") -> None:
    """The customer has agreed, here or with a signature on the link; the contract is made of it when everything is clear."""
    settling.in_time(quote, at)


@action(label=_("Make the contract"), when=S.ACCEPTED, then=S.CONVERTED, style="primary", opens=True, says=_("won"))
def convert(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Make the contract with its payment plan of what the customer has accepted."""
    _contract(quote, by, at)


def _contract(quote: Quote, by: Actor, at: datetime) -> None:
    lines = [line for line in statements.lines(QuoteLine)(quote.pk) if line.counted]
    values = {
        "customer_id": quote.customer_id, "title": quote.title, "scheme_id": quote.scheme_id, "warranty_months": quote.warranty_months,
        "delivery_date": at.date() + timedelta(days=quote.delivery_days or 0), "owner": quote.owner, "unit": quote.unit, "currency": quote.currency,
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
    """Go on with a copy under the same number and the next revision; this one stays readable. Deleted as a draft, it brings this one back."""
    names = ("customer_id", "contact_id", "owner", "unit", "custom", "estimate_cost")
    values = quote.terms() | {name: getattr(quote, name) for name in names} | quote.following() | coming_from(quote)
    kept = {name: told for name, told in quote.facts.items() if name == "estimated"}
    quote.facts = {**quote.facts, "was": quote.state}
    lines = configuring.apart([line.again() for line in statements.lines(QuoteLine)(quote.pk)], by, at)
    saving.create(Quote, values | {"facts": kept}, {"lines": lines}, by=by, at=at)


@action(
    label=pgettext_lazy("verb", "Copy"), opens=True, says=_("copied"),
    params={"customer": {"label": _("Customer"), "help": _("Empty: the same one. Another one gets the prices of the company's rules.")}},
)  # fmt: skip
def copy(quote: Quote, *, by: Actor, at: datetime, customer: Partner | None = None) -> None:
    """A new quote of its own number with all its lines. What was typed for one customer is not offered to another."""
    same = customer is None or customer.pk == quote.customer_id
    lines = [line.again() if same else line.afresh() for line in statements.lines(QuoteLine)(quote.pk)]
    whom = {"customer_id": quote.customer_id, "contact_id": quote.contact_id} if same else {"customer": customer}
    saving.create(Quote, quote.terms() | whom | coming_from(quote), {"lines": configuring.apart(lines, by, at)}, by=by, at=at)


@action(label=_("Price anew"), when=S.DRAFT, says=_("priced anew"), params={"lines": {"label": _("Lines (empty: all)")}})
def reprice(quote: Quote, *, by: Actor, at: datetime, lines: list[Any] | None = None) -> None:
    """Take the prices and the exchange rate of today; discounts stay. Look at the difference line by line first."""
    repricing.take(quote, lines or [], by=by, at=at)
