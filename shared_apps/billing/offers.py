"""Prices of an order: what a plan with seats costs for a period, a part of one, or the rest of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.money import cents
from kernel.refusals import FieldError, Invalid
from shared_apps.billing import coupons
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


def order_of(plan: str, period: str, seats: int | None, coupon: str, tenant_id: int) -> Order:
    """What a company asks for, or a refusal that names what is wrong with it."""
    found = Plan.objects.filter(code=plan, on_sale=True).first()
    if found is None:
        raise Invalid([FieldError("plan", "not_found", _("This plan is not on sale. Choose one of the list."))])
    if period not in Period.values:
        raise Invalid([FieldError("period", "not_a_choice", _("Choose to pay by the month or by the year."))])
    wanted = found.seats if seats is None else seats
    if not found.seats <= wanted <= MOST_SEATS:
        told = _("%(plan)s comes with %(least)d seats; up to %(most)d can be had.")
        raise Invalid([FieldError("seats", "range", told % {"plan": found, "least": found.seats, "most": MOST_SEATS})])
    return Order(found, period, wanted, coupons.usable(coupon, tenant_id) if coupon else None)


def current(bought: Subscription) -> Order:
    """What was ordered last, at the discount it was paid with."""
    return Order(bought.plan, bought.period, bought.seats, bought.coupon)


def same_again(bought: Subscription) -> Order:
    """The present plan for another period: a discount that is used up is not taken off again."""
    return Order(bought.plan, bought.period, bought.seats, coupons.lasting(bought))


def renewed(bought: Subscription) -> Order:
    """What the next period brings: what is planned for it, or the same again."""
    told = bought.planned
    if told is None:
        return same_again(bought)
    coupon = Coupon.objects.filter(code=told["coupon"]).first() or coupons.lasting(bought)
    return Order(Plan.objects.get(code=told["plan"]), told["period"], told["seats"], coupon)


def noted(order: Order, start: date) -> dict[str, Any]:
    """An order that begins on a day, as it is written down in a subscription."""
    coupon = order.coupon.code if order.coupon else ""
    return {"plan": order.plan.code, "period": order.period, "seats": order.seats, "coupon": coupon, "from": start.isoformat()}


def kept(order: Order, bought: Subscription) -> Order:
    """An order with the lasting discount the company has, unless it brings one of its own."""
    return order if order.coupon else replace(order, coupon=coupons.lasting(bought))


def next_time(order: Order) -> Order:
    """The same order a period later."""
    return order if order.coupon and order.coupon.renews(order.period) else replace(order, coupon=None)


def midnight(day: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(day))


def end_of(period: str, start: date, times: int = 1) -> date:
    """The day on which a period that starts on a day is over (the first day of the next one)."""
    return start + (relativedelta(months=times) if period == Period.MONTH else relativedelta(years=times))


def lines(order: Order, share: Decimal = Decimal(1)) -> list[Line]:
    """What an order costs for a period, or for a share of one, line by line."""
    plan, extra = order.plan, order.plan.further(order.seats)
    found = [_line("plan", plan, 1, plan.price(order.period) * share)]
    if extra:
        found.append(_line("seats", plan, extra, extra * plan.seat_price(order.period) * share))
    if order.coupon is not None:
        found.append(_line("discount", plan, 1, -order.coupon.off(total(found), share), order.coupon.code))
    return found


def _line(what: str, plan: Plan, quantity: int, amount: Decimal, text: str = "") -> Line:
    return {"what": what, "plan": plan.code, "text": text, "quantity": quantity, "amount": str(cents(amount))}


def credit(bought: Subscription, share: Decimal) -> list[Line]:
    """What the rest of the present period is worth."""
    return [{**_line("unused", bought.plan, 1, -total(lines(current(bought), share))), "seats": bought.seats}]


def total(given: list[Line]) -> Decimal:
    return sum((Decimal(line["amount"]) for line in given), Decimal("0.00"))


def discount(given: list[Line]) -> Decimal:
    """What a coupon has taken off."""
    return -total([line for line in given if line["what"] == "discount"])


def share_left(start: date, end: date, today: date) -> Decimal:
    """How much of a period is still to come, counted in days; more than all of it when it has not begun yet."""
    return Decimal(max((end - today).days, 0)) / Decimal(max((end - start).days, 1))
