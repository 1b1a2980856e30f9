"""What must hold of a quote as it goes out, and as the customer takes it (spec 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _t

from kernel import bulk, statements
from kernel.access import Actor
from kernel.differences import differences, snapshot
from kernel.refusals import Help, Refused
from tenant_apps.pricing import configured
from tenant_apps.quoting import calculating, outdated, repricing
from tenant_apps.quoting.models import Quote, QuoteLine


def settle(quote: Quote, by: Actor, at: datetime) -> None:
    """Work a quote out again as it is about to go out; refused when it is empty, too old, or priced by what holds no more."""
    lines = statements.lines(QuoteLine)(quote.pk)
    before = [snapshot(line) for line in lines]
    calculating.calculate(quote, lines, at.date())
    changed = [line for line, was in zip(lines, before, strict=True) if differences(line, was)]
    if changed:
        bulk.update(changed, [field.name for field in QuoteLine._meta.concrete_fields if not field.primary_key])
    configured.check(lines)
    wrong = outdated.refusals(quote.facts)
    if wrong:
        raise Refused("not_sold", " ".join(error.detail for error in wrong), errors=wrong)
    if quote.total <= 0:
        raise Refused("empty", _t("There is nothing on this quote. Add a line first."))
    if quote.valid_until and quote.valid_until < at.date():
        raise Refused("expired", _t("It was valid until %(day)s. Choose a later day.") % {"day": quote.valid_until})
    _priced(quote, lines, by, at)


def _priced(quote: Quote, lines: Sequence[QuoteLine], by: Actor, at: datetime) -> None:
    """Refuse prices and rates that hold no more."""
    again = [Help(_t("Price anew"), "quoting.quote.reprice", {"id": quote.pk})]
    if quote.rate_until and quote.rate_until < at.date():
        told = {"currency": quote.currency, "day": quote.rate_until}
        raise Refused("rate_expired", _t("The rate of %(currency)s was valid until %(day)s. Price the quote anew.") % told, help=again)
    stale = repricing.outdated(quote, lines, by, at.date())
    if stale:
        lost = {"n": len(stale), "day": quote.quote_date}
        raise Refused("prices_expired", _t("Prices of %(n)d lines have changed since %(day)s. Price the quote anew.") % lost, help=again)


def in_time(quote: Quote, at: datetime) -> None:
    """What the customer accepts is accepted by its last day; the night after, it is marked as expired."""
    if quote.valid_until and quote.valid_until < at.date():
        told = _t("It was valid until %(day)s. Make a new revision, and send that.") % {"day": quote.valid_until}
        raise Refused("expired", told, help=[Help(_t("New revision"), "quoting.quote.revise", {"id": quote.pk})])
