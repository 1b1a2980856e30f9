"""What the lines of a quote would cost today, and taking those prices (spec 2.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t

from kernel import saving, statements
from kernel.access import Actor
from kernel.money import ZERO, cents
from kernel.refusals import FieldError, Invalid
from tenant_apps.pricing import configured, offering, rates
from tenant_apps.pricing.waterfall import Waterfall, plain
from tenant_apps.quoting import calculating
from tenant_apps.quoting.models import Quote, QuoteLine
from tenant_apps.selection import ready
from tenant_apps.selection.models import Configuration

Carried = tuple[tuple[str, str] | None, Configuration | None]
NOT_CARRIED: Carried = (None, None)


@dataclass(frozen=True)
class Today:
    """A line beside what it would be today. `carried`: its choices in the version that has replaced its selection table's, not saved yet."""

    line: QuoteLine
    found: Waterfall
    versions: tuple[str, str] | None = None
    carried: Configuration | None = None

    @property
    def changed(self) -> bool:
        """Whether the company's rules give another price than they did."""
        return plain(self.found.price) != self.line.waterfall.get("price")

    @property
    def typed(self) -> bool:
        """Whether somebody typed its price over the company's."""
        return plain(self.line.unit_price or ZERO) != self.line.waterfall.get("price")

    @property
    def amount(self) -> Decimal:
        """What the line comes to at today's price with its discount."""
        line = QuoteLine(quantity=self.line.quantity, unit_price=self.found.price, discount=self.line.discount, waterfall=self.found.told())
        calculating.by_hand(line)
        return cents(line.exact_amount)


def today(quote: Quote, lines: Sequence[QuoteLine], by: Actor, on: date, *, carry: bool = True) -> list[Today]:
    """Each line at today's prices, in the quote's present rate; nothing is saved. `carry`: a replaced selection table gives way to the present one."""
    statements.attach(lines, "item")
    configured.look_up(lines)
    moved, kept = [_carried(line, by, on) if carry else NOT_CARRIED for line in lines], [line.configuration for line in lines]
    for line, (_versions, carried) in zip(lines, moved, strict=True):
        line.configuration = carried or line.configuration
    found = offering.priced(quote, lines, on)
    for line, own in zip(lines, kept, strict=True):
        line.configuration = own
    return [Today(line, now, *one) for line, now, one in zip(lines, found, moved, strict=True)]


def _carried(line: QuoteLine, by: Actor, on: date) -> Carried:
    versions = configured.replaced(line.configuration)
    if line.configuration is None or versions is None or versions[1] is None:
        return NOT_CARRIED
    was, now = versions[0], versions[1]
    return (was.told, now.told), configured.carried(line.configuration, now, by, on)


def told(quote: Quote, by: Actor, on: date) -> list[dict[str, Any]]:
    """What each line would cost today, beside what it costs now; nothing is changed."""
    quote.rate = quote.rate_until = None
    rates.lock(quote, on)
    return [
        {
            "id": one.line.pk, "description": one.line.description, "quantity": plain(one.line.quantity), "list_before": plain(one.line.list_price),
            "list": plain(one.found.list_price), "price_before": plain(one.line.unit_price or ZERO), "price": plain(one.found.price),
            "changed": one.changed, "typed": one.typed, "version": _version(one), "difference": f"{one.amount - one.line.amount:.2f}",
        }
        for one in today(quote, statements.lines(QuoteLine)(quote.pk), by, on)
    ]  # fmt: skip


def _version(one: Today) -> dict[str, Any] | None:
    return None if one.versions is None else {"from": one.versions[0], "to": one.versions[1], "possible": one.carried is not None}


def outdated(quote: Quote, lines: Sequence[QuoteLine], by: Actor, on: date) -> list[QuoteLine]:
    """Lines for which the company's rules give another price now than when they were priced. On its own day a quote keeps to the selection
    table that was just replaced (record 0199)."""
    carry = quote.quote_date is not None and quote.quote_date < on
    return [one.line for one in today(quote, lines, by, on, carry=carry) if one.changed]


def take(quote: Quote, chosen: Sequence[Any], *, by: Actor, at: datetime) -> None:
    """Give the chosen lines (none: all) the prices of today; discounts stay, and so do the prices of the others."""
    lines = statements.lines(QuoteLine)(quote.pk)
    _known(lines, chosen)
    present = {one.line.pk: one.carried for one in today(quote, lines, by, at.date()) if one.carried is not None}
    given: list[dict[str, Any]] = []
    for line in lines:
        row: dict[str, Any] = {"id": line.pk, "waterfall": {"code": configured.spec_of(line.configuration)} | line.unpriced}
        if not chosen or line.pk in chosen:
            row["unit_price"] = None
            if line.pk in present:
                row |= _anew(line, present[line.pk], by=by, at=at)
        given.append(row)
    values: dict[str, Any] = {"rate": None, "rate_until": None}
    if quote.quote_date != at.date():
        values |= {"quote_date": at.date(), "valid_until": None}
    saving.change(quote, values, {"lines": given}, by=by, at=at)


def _known(lines: Collection[QuoteLine], chosen: Sequence[Any]) -> None:
    known = {line.pk for line in lines}
    if not isinstance(chosen, list | tuple) or any(type(one) is not int or one not in known for one in chosen):
        raise Invalid([FieldError("lines", "not_found", _t("Some of these lines are not on the quote. Look at today's prices again."))])


def _anew(line: QuoteLine, carried: Configuration, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The line's choices saved with the present version of their table, and its item."""
    values = {"rule_set_id": carried.rule_set_id, "choices": carried.choices, "title": carried.title, "standard": carried.standard}
    made = saving.create(Configuration, values, by=by, at=at)
    table = ready.of(made.rule_set_id)
    return {"configuration": made, "item_id": (table and table.item) or line.item_id}
