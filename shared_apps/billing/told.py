"""How plans, subscriptions and invoices read on the wire."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.money import cents, net_of
from shared_apps.billing import buying, catalogue, entitlements, failures, offers, parts, planning, subscriptions
from shared_apps.billing.models import Payment, Plan, PlatformInvoice, Subscription
from shared_apps.billing.models.invoices import TITLE
from shared_apps.billing.offers import Order
from tenants.models import Tenant

Json = dict[str, Any]
SECOND = timedelta(seconds=1)
"""A period ends where the next one begins; its last day is the day before."""
USAGE = {"seats": "count", "storage": "bytes", "documents": "count", "api_calls": "count"}


def plan(found: Plan) -> Json:
    names = ("code", "seats", "storage_gb", "apps", "api_calls", "documents", "currency")
    prices = ("monthly", "yearly", "seat_monthly", "seat_yearly")
    more = {"beyond": {name: str(price) for name, price in found.beyond.items()}}
    return {
        "name": str(found),
        "parts": parts.names(found.apps),
        **{name: getattr(found, name) for name in names},
        **{name: str(getattr(found, name)) for name in prices},
        **more,
    }


def overview(company: Tenant, bought: Subscription, used: dict[str, int]) -> Json:
    """Everything the first part of the screen shows."""
    ends = paid_until(bought)
    most, beyond = entitlements.most(bought.plan, bought.seats), entitlements.beyond_of(bought)
    return {
        "company": company.name,
        "plan": plan(bought.plan),
        "period": bought.period,
        "seats": bought.seats,
        "status": bought.status,
        "status_label": str(Subscription.Status(bought.status).label),
        "collection": bought.collection,
        "collection_label": str(Subscription.Collection(bought.collection).label),
        "last_day": timezone.localdate(ends - SECOND).isoformat() if ends else None,
        "days_left": max((timezone.localdate(ends) - timezone.localdate()).days, 0) if ends else None,
        "cancel_at_period_end": bought.cancel_at_period_end,
        "planned": planned(bought),
        "by_card": subscriptions.by_card(bought),
        "renewal": str(offers.total(offers.lines(offers.same_again(bought)))),
        "usage": [use(name, unit, used.get(name, 0), most.get(name), beyond.get(name)) for name, unit in USAGE.items()],
        "methods": [{"value": method, "label": str(Payment.Method(method).label)} for method in buying.methods(bought)],
        "bank": buying.bank(),
    }


def paid_until(bought: Subscription) -> datetime | None:
    """When what was tried or paid for ends, or has ended: of a card that did not pay, where the unpaid period began."""
    if bought.status == Subscription.Status.TRIAL:
        return bought.trial_end
    unpaid = bought.status == Subscription.Status.PAST_DUE and subscriptions.by_card(bought)
    return bought.period_start if unpaid else bought.period_end


def planned(bought: Subscription) -> Json | None:
    """What takes the place of the present plan when the paid period ends."""
    if bought.planned is None:
        return None
    order = offers.renewed(bought)
    told = {"code": order.plan.code, "plan": str(order.plan), "period": order.period, "seats": order.seats}
    price = offers.total(offers.lines(order))
    return {**told, "from": bought.planned["from"], "renewal": str(price), "paid": planning.is_paid(bought)}


def use(name: str, unit: str, used: int, most: int | None, price: str | None) -> Json:
    """How much is used of what there is, and what the rest costs where more is charged."""
    told: Json = {"name": name, "unit": unit, "used": used, "most": most}
    if price is None or most is None:
        return told
    cost = Decimal(max(used - most, 0)) * Decimal(price) / catalogue.PER[name]
    return {**told, "beyond": {"price": price, "per": catalogue.PER[name], "cost": str(cents(cost))}}


def plan_names(given: list[Json]) -> dict[str, str]:
    return {one.code: str(one) for one in Plan.objects.filter(code__in={line["plan"] for line in given})}


def lines(given: list[Json], names: dict[str, str] | None = None) -> list[Json]:
    """Lines of a bill in words."""
    known = plan_names(given) if names is None else names
    return [
        {"text": text_of(line, known.get(line["plan"]) or line["plan"]), "quantity": line["quantity"], "amount": line["amount"]}
        for line in given
    ]


def text_of(line: Json, name: str) -> str:
    match line["what"]:
        case "plan":
            return _("Plan “%(plan)s”") % {"plan": name}
        case "seats":
            return _("Further seats, plan “%(plan)s”") % {"plan": name}
        case "discount":
            return _("Discount %(code)s") % {"code": line["text"]}
        case "unused":
            return _("Not used of plan “%(plan)s” with %(seats)s seats") % {"plan": name, "seats": line["seats"]}
        case _other:
            return str(line["text"])


def preview(given: Json, order: Order, used: dict[str, int]) -> Json:
    """What an order costs, from when it holds, and what of it would be too little."""
    starts = given.get("starts")
    told = {"lines": lines(given["lines"]), "now": str(cents(given["now"])), "renewal": str(given["renewal"]), "at": given["at"]}
    dropped = [{"name": "planned", "detail": _dropped(given["drops"])}] if given.get("drops") else []
    return {**told, "starts": starts.isoformat() if starts else None, "warnings": [*dropped, *warnings(order, used)]}


def _dropped(day: str) -> str:
    return _("This takes the place of the change that is planned for %(day)s.") % {"day": day}


def warnings(order: Order, used: dict[str, int]) -> list[Json]:
    """What the company uses more of than the order allows, how much, and what that means."""
    most = entitlements.most(order.plan, order.seats)
    return [
        {"name": name, "detail": _too_small(name), "used": used[name], "most": limit, "unit": USAGE[name]}
        for name, limit in most.items()
        if used.get(name, 0) > limit
    ]


def _too_small(name: str) -> str:
    return {
        "seats": _("More colleagues work here than this has seats. Nobody is shut out, but nobody can be invited until some have left."),
        "storage": _("More is stored than this has room for. Nothing is deleted, but no further files can be uploaded."),
        "documents": _("More documents were made this month than this has. People can go on; programs and imports wait or are charged."),
        "api_calls": _("More API calls were made this month than this has. Further ones are refused or charged."),
    }[name]


def invoices(found: list[PlatformInvoice]) -> list[Json]:
    """Many invoices at the price of one look at the plans."""
    names = plan_names([line for one in found for line in one.lines])
    return [invoice(one, names) for one in found]


def invoice(found: PlatformInvoice, names: dict[str, str] | None = None) -> Json:
    last = max(found.payments.all(), key=lambda one: one.pk, default=None)
    net: Decimal = net_of(found.total, found.tax_rate)
    return {
        "id": found.pk,
        "number": found.number,
        "about": found.about,
        "status": found.status,
        "status_label": str(PlatformInvoice.Status(found.status).label),
        "issued_at": found.issued_at.isoformat(),
        "due_date": found.due_date.isoformat(),
        "period": [day.isoformat() for day in (found.period_start, found.last_day) if day],
        "lines": lines(found.lines, names),
        "total": str(found.total),
        "net": str(net),
        "tax": str(found.total - net),
        "tax_rate": str(found.tax_rate),
        "currency": found.currency,
        "by_card": bool(found.stripe_invoice),
        "hosted_url": found.hosted_url,
        "transfer_told_at": found.transfer_told_at.isoformat() if found.transfer_told_at else None,
        "transfer_reference": found.transfer_reference,
        "payment": None if last is None else payment(last),
        "title": {name: getattr(found, name) for name in TITLE},
        "einvoice": {
            "status": found.einvoice_status,
            "label": str(PlatformInvoice.EInvoice(found.einvoice_status).label),
            "number": found.einvoice_number,
            "url": found.einvoice_url,
        },
    }


def payment(found: Payment) -> Json:
    label = str(Payment.Status(found.status).label)
    return {
        "method": str(Payment.Method(found.method).label),
        "status": found.status,
        "label": label,
        "failure": found.failure,
        "why": failures.told(found.failure),
    }
