"""In which currency a contract is made and at which rate, and what its lines cost where nobody has typed a price (spec 2.3, 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import statements
from kernel.access import Actor
from kernel.money import HUNDRED, ZERO, cents
from kernel.refusals import Help, Refused
from tenant_apps.catalog.priced import complete, left_open
from tenant_apps.pricing import configured, offering, pairing, rates
from tenant_apps.selection.showing import sees_costs

if TYPE_CHECKING:
    from tenant_apps.contracts.models import Contract

ONE = Decimal(1)


def settle(contract: Contract, lines: Sequence[Any], by: Actor, on: date) -> None:
    """Lock the exchange rate of a draft and fill in its lines; prices that the rules made follow another currency or rate, typed ones stay."""
    rates.lock(contract, contract.contract_date or on)
    stored = contract.__dict__.get("_stored")
    before = (stored["currency"], stored["rate"] or ONE) if stored else (contract.currency, contract.rate)
    if before != (contract.currency, contract.rate):
        _let_go(contract, before, [line for line in lines if line.item_id and line.unit_price is not None], by, on)
    fill(contract, lines, by, on)


def _let_go(contract: Contract, before: tuple[str, Decimal], lines: Sequence[Any], by: Actor, on: date) -> None:
    """Leave open the prices that are what the rules made of them in the currency and at the rate of before."""
    was = copy(contract)
    was.currency, was.rate = before
    configured.look_up(lines)
    statements.attach(lines, "item")
    for line, (_listed, price) in zip(lines, _made(was, lines, by, on), strict=True):
        if line.unit_price == price:
            line.unit_price = None


def fill(contract: Contract, lines: Sequence[Any], by: Actor, on: date) -> None:
    """What lines leave open: texts, unit and VAT of their items, prices in the contract's currency. Another item lets go of a configuration."""
    pairing.settle(lines)
    configured.look_up(left_open(lines))
    complete(lines, lambda fresh: _made(contract, fresh, by, on))


def _made(contract: Contract, lines: Sequence[Any], by: Actor, on: date) -> Sequence[tuple[Decimal, Decimal | None]]:
    """List price and price of a unit, incl. VAT: by the company's rules; where we buy, what the item costs us, to be typed by whom costs are hidden from."""
    if contract.buys:
        known = sees_costs(by)
        return [(ZERO, _cost(line, contract.rate or ONE) if known else None) for line in lines]
    return [(found.list_price, found.price) for found in offering.priced(contract, lines, contract.contract_date or on)]


def _cost(line: Any, rate: Decimal) -> Decimal:
    return offering.in_currency(cents(configured.unit_cost(line) * (HUNDRED + (line.tax_rate or ZERO)) / HUNDRED), rate)


def check_rate(contract: Contract, on: date) -> None:
    """Refuse to go on with a draft whose exchange rate holds no more; what the other party has signed stays at the rate it was signed at."""
    if contract.rate_until and contract.rate_until < on and not contract.facts.get("signature"):
        told = {"currency": contract.currency, "day": contract.rate_until}
        again = [Help(_t("Take today's rate"), "contracts.contract.relock", {"id": contract.pk})]
        sentence = _t("The rate of %(currency)s was valid until %(day)s. Take today's rate and look at the prices, then go on.")
        raise Refused("rate_expired", sentence % told, help=again)
