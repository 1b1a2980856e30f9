"""Sending, winning, losing and revising quotes (spec 2.3, W-6.2.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from kernel.figures import figure
from kernel.money import percent_of
from kernel.refusals import FieldError, Refused
from tenant_apps.catalog.priced import COPIED
from tenant_apps.contracts.models import Contract, ContractLine
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models import Quote, QuoteLine

S = Quote.State


@action(label=_("Send"), when=S.DRAFT, then=S.SENT, style="primary", bulk=True, says=_("sent to the customer"))
def send(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Fix the quote and offer it to the customer; print the PDF for the mail."""
    lines = statements.lines(QuoteLine)(quote.pk)
    if quote.total <= 0:
        raise Refused("empty", _t("There is nothing on this quote. Add a line first."))
    if quote.valid_until and quote.valid_until < at.date():
        raise Refused("expired", _t("It was valid until %(day)s. Choose a later day.") % {"day": quote.valid_until})
    check_floor(quote, lines, by)


FLOOR = ("catalog.item", "list_price", "floor_percent")


def check_floor(quote: Quote, lines: list[QuoteLine], by: Actor) -> None:
    """No line below the floor, `list price × floor %`, unless a role grants it (spec 2.3)."""
    if by.may("quoting.quote", "below_floor"):
        return
    statements.attach(lines, "item")
    errors = []
    for position, line in enumerate(lines):
        floor = percent_of(line.list_price * line.quantity, line.item.floor_percent)
        if line.amount < floor:
            errors.append(
                FieldError(
                    f"lines.{position}.discount",
                    "below_floor",
                    _t("The floor of this line is %(floor)s.") % {"floor": figure(floor, *FLOOR)},
                )
            )
    if errors:
        raise Refused(
            "below_floor",
            _t("%(n)d lines are below the floor price. Raise the price, or ask somebody who may go below it.") % {"n": len(errors)},
            errors=errors,
        )


@action(label=_("Customer accepts"), when=S.SENT, then=S.CONVERTED, style="primary", opens=True, says=_("won"))
def accept(quote: Quote, *, by: Actor, at: datetime) -> None:
    """The customer takes the offer: a contract with its payment plan is made of it."""
    rows = [ContractLine(**{name: getattr(line, name) for name in COPIED}) for line in statements.lines(QuoteLine)(quote.pk)]
    values = {
        "customer_id": quote.customer_id, "title": quote.title, "scheme_id": quote.scheme_id, "warranty_months": quote.warranty_months,
        "delivery_date": at.date() + timedelta(days=quote.delivery_days), "owner": quote.owner, "unit": quote.unit, **coming_from(quote),
    }  # fmt: skip
    saving.create(Contract, values, {"lines": rows}, by=by, at=at)


@action(
    label=_("Mark as lost"), when=(S.DRAFT, S.SENT), then=S.LOST, style="danger", says=_("lost"),
    params={"reason": {"label": _("Reason"), "type": "choice", "choices": LOST}, "comment": {"label": _("Remark"), "type": "long"}},
)  # fmt: skip
def lose(quote: Quote, *, by: Actor, at: datetime, reason: str, comment: str = "") -> None:
    """The customer did not take it; the reason is kept for the analysis."""
    quote.lost_reason = reason[:200]


@action(label=_("Mark as expired"), when=S.SENT, then=S.EXPIRED, says=_("expired"))
def expire(quote: Quote, *, by: Actor, at: datetime) -> None:
    """The day until which it was valid has passed; a new revision can go on from it. Happens by itself every night."""


@action(label=_("New revision"), when=(S.SENT, S.EXPIRED, S.LOST), then=S.SUPERSEDED, opens=True, says=_("replaced by a new revision"))
def revise(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Go on with a copy under the same number and the next revision; this one stays readable."""
    base = quote.number.partition("-R")[0]
    rows = [
        QuoteLine(remark=line.remark, **{name: getattr(line, name) for name in COPIED}) for line in statements.lines(QuoteLine)(quote.pk)
    ]
    names = ("customer_id", "contact_id", "title", "delivery_days", "scheme_id", "warranty_months", "remark", "owner", "unit", "custom")
    values = {name: getattr(quote, name) for name in names} | {
        "revision": quote.revision + 1,
        "number": f"{base}-R{quote.revision + 1}",
        **coming_from(quote),
    }
    saving.create(Quote, values, {"lines": rows}, by=by, at=at)
