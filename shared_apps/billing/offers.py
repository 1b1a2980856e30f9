"""Prices of an order: what a plan with seats costs for a period, a part of one, or the rest of one, and its copy at Stripe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from kernel.money import cents
from kernel.refusals import FieldError, Invalid
from shared_apps.billing import gateway
from shared_apps.billing.models import Coupon, Period, Plan, Subscription

MOST_SEATS = 5000
Line = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """A plan, for how long at a time, with how many seats, at which discount."""

    plan: Plan
    period: str
    seats: int
    coupon: Coupon | None = None

    @property
    def amount(self) -> Decimal:
        """For one whole period, without discount."""
        return self.plan.price(self.period) + self.plan.extra(self.seats) * self.plan.seat_price(self.period)


def order_of(plan: str, period: str, seats: int | None, coupon: str, on: date) -> Order:
    """What somebody asks for, or a refusal that names what is wrong with it."""
    found = Plan.objects.filter(code=plan, on_sale=True).first()
    if found is None:
        raise Invalid([FieldError("plan", "not_found", _("This plan is not on sale. Choose one of the list."))])
    if period not in Period.values:
        raise Invalid([FieldError("period", "not_a_choice", _("Choose to pay by the month or by the year."))])
    wanted = found.seats if seats is None else seats
    if not found.seats <= wanted <= MOST_SEATS:
        told = _("%(plan)s comes with %(least)d seats; up to %(most)d can be had.")
        raise Invalid([FieldError("seats", "range", told % {"plan": found, "least": found.seats, "most": MOST_SEATS})])
    return Order(found, period, wanted, _coupon(coupon, on) if coupon else None)


def _coupon(code: str, on: date) -> Coupon:
    found = Coupon.objects.filter(code__iexact=code.strip()).first()
    if found is None or not found.usable(on):
        raise Invalid([FieldError("coupon", "not_usable", _("This coupon is unknown, switched off or has expired."))])
    return found


def current(bought: Subscription) -> Order:
    return Order(bought.plan, bought.period, bought.seats, bought.coupon)


def end_of(period: str, start: date, times: int = 1) -> date:
    """The day on which a period that starts on a day is over (the first day of the next one)."""
    return start + (relativedelta(months=times) if period == Period.MONTH else relativedelta(years=times))


def lines(order: Order, share: Decimal = Decimal(1)) -> list[Line]:
    """What an order costs for a period, or for a share of one, line by line."""
    plan, extra = order.plan, order.plan.extra(order.seats)
    found = [_line("plan", plan, 1, plan.price(order.period) * share)]
    if extra:
        found.append(_line("seats", plan, extra, extra * plan.seat_price(order.period) * share))
    if order.coupon is not None:
        off = sum((Decimal(line["amount"]) for line in found), Decimal(0)) * order.coupon.percent_off / 100
        found.append(_line("discount", plan, 1, -off, order.coupon.code))
    return found


def _line(what: str, plan: Plan, quantity: int, amount: Decimal, text: str = "") -> Line:
    return {"what": what, "plan": plan.code, "text": text, "quantity": quantity, "amount": str(cents(amount))}


def credit(bought: Subscription, share: Decimal) -> list[Line]:
    """What the rest of the present period is worth."""
    return [{**_line("unused", bought.plan, 1, -current(bought).amount * share), "seats": bought.seats}]


def total(given: list[Line]) -> Decimal:
    return sum((Decimal(line["amount"]) for line in given), Decimal("0.00"))


def share_left(start: date, end: date, today: date) -> Decimal:
    """How much of a period is still to come, counted in days; more than all of it when it has not begun yet."""
    return Decimal(max((end - today).days, 0)) / Decimal(max((end - start).days, 1))


# at Stripe -----------------------------------------------------------------------------------------------------------
def stripe_prices(plan: Plan, period: str) -> tuple[str, str]:
    """The prices of a plan and of a seat at Stripe, made when they are first sold at this amount."""
    if not plan.stripe_product:
        plan.stripe_product = gateway.create_product(plan.code, plan.name)
        plan.save(update_fields=["stripe_product"])
    found = _price(plan, "plan", period, plan.price(period)), _price(plan, "seat", period, plan.seat_price(period))
    plan.save(update_fields=["stripe_prices"])
    return found


def _price(plan: Plan, what: str, period: str, amount: Decimal) -> str:
    fen = int(amount * 100)
    slot = f"{plan.code}-{what}-{period}-{fen}"
    if slot not in plan.stripe_prices:
        plan.stripe_prices[slot] = gateway.create_price(plan.stripe_product, plan.currency, fen, period, slot)
    return str(plan.stripe_prices[slot])


def stripe_items(order: Order) -> list[dict[str, Any]]:
    """An order as items of a subscription."""
    base, seat = stripe_prices(order.plan, order.period)
    extra = order.plan.extra(order.seats)
    return [{"price": base, "quantity": 1}, *([{"price": seat, "quantity": extra}] if extra else [])]


def read_items(items: list[dict[str, Any]]) -> Order | None:
    """The order behind a subscription's items at Stripe; None when they are none of ours."""
    bought = {item["price"]["id"]: int(item["quantity"] or 0) for item in items}
    for plan in Plan.objects.all():
        slots = {price: slot.split("-") for slot, price in plan.stripe_prices.items()}
        mine = [(slots[price][-3], slots[price][-2], quantity) for price, quantity in bought.items() if price in slots]
        base = next((period for what, period, _quantity in mine if what == "plan"), None)
        if base is not None:
            return Order(plan, base, plan.seats + sum(quantity for what, _period, quantity in mine if what == "seat"))
    return None
