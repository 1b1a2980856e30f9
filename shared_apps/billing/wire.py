"""The bespoke addresses of billing in the words of OpenAPI: what is answered, and which plans can be asked for."""

from __future__ import annotations

from typing import Any

from kernel.api.shapes import KEY, TEXT, Shape, many, maybe, obj
from shared_apps.billing.models import InvoiceTitle, Payment, Period, Plan, PlatformInvoice, Subscription
from shared_apps.billing.models.invoices import TITLE
from tenants.context import public_context

MONEY: Shape = {"type": "string", "pattern": r"^-?\d+\.\d+$"}
COUNT: Shape = {"type": "integer"}
FLAG: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date"}
PERIOD: Shape = {"enum": list(Period.values)}


def named(names: tuple[str, ...], shape: Shape) -> dict[str, Shape]:
    return dict.fromkeys(names, shape)


PLAN = obj(
    {
        **named(("code", "name", "currency"), TEXT),
        "seats": COUNT,
        **named(("storage_gb", "api_calls", "documents"), maybe(COUNT)),
        **named(("apps", "parts"), many(TEXT)),
        **named(("monthly", "yearly", "seat_monthly", "seat_yearly"), MONEY),
        "beyond": {"type": "object", "additionalProperties": MONEY},
    }
)
LINES = many(obj({"text": TEXT, "quantity": COUNT, "amount": MONEY}))
BEYOND = obj({"price": MONEY, "per": COUNT, "cost": MONEY})
USE = obj(
    {"name": TEXT, "unit": {"enum": ["count", "bytes"]}, "used": COUNT, "most": maybe(COUNT), "beyond": BEYOND},
    ["name", "unit", "used", "most"],
)
PLANNED = obj({"code": TEXT, "plan": TEXT, "period": PERIOD, "seats": COUNT, "from": DAY, "renewal": MONEY, "paid": FLAG})
OVERVIEW = obj(
    {
        "company": TEXT,
        "plan": PLAN,
        "period": PERIOD,
        "seats": COUNT,
        "status": {"enum": list(Subscription.Status.values)},
        "collection": {"enum": list(Subscription.Collection.values)},
        **named(("status_label", "collection_label"), TEXT),
        "last_day": maybe(DAY),
        "days_left": maybe(COUNT),
        **named(("cancel_at_period_end", "by_card"), FLAG),
        "planned": maybe(PLANNED),
        "renewal": MONEY,
        "usage": many(USE),
        "methods": many(obj({"value": {"enum": list(Payment.Method.values)}, "label": TEXT})),
        "bank": obj(named(("name", "bank", "account"), TEXT), []),
    }
)
WARNING = obj({"name": TEXT, "detail": TEXT, "used": COUNT, "most": COUNT, "unit": {"enum": ["count", "bytes"]}}, ["name", "detail"])
PREVIEW = obj({"lines": LINES, "now": MONEY, "renewal": MONEY, "at": COUNT, "starts": maybe(DAY), "warnings": many(WARNING)})
KINDS: Shape = {"enum": list(InvoiceTitle.Kind.values)}
TITLES = obj({**named(tuple(name for name in TITLE if name != "kind"), TEXT), "kind": KINDS})
INVOICE = obj(
    {
        "id": KEY,
        "number": TEXT,
        "about": {"enum": list(PlatformInvoice.About.values)},
        "status": {"enum": list(PlatformInvoice.Status.values)},
        "status_label": TEXT,
        "issued_at": {"type": "string", "format": "date-time"},
        "due_date": DAY,
        "period": many(DAY),
        "lines": LINES,
        **named(("total", "net", "tax", "tax_rate"), MONEY),
        "currency": TEXT,
        "by_card": FLAG,
        "hosted_url": TEXT,
        "transfer_told_at": maybe(TEXT),
        "transfer_reference": TEXT,
        "payment": maybe(obj(named(("method", "status", "label", "failure", "why"), TEXT))),
        "title": TITLES,
        "einvoice": obj({"status": {"enum": list(PlatformInvoice.EInvoice.values)}, **named(("label", "number", "url"), TEXT)}),
    }
)
PAGE = obj({"url": TEXT})
ORDERED = obj({"url": TEXT, "invoice": maybe(KEY)})
CHANGED = obj({"waiting": FLAG, "url": TEXT})
KEPT = obj({"planned": {"type": "null"}})
STOPPED = obj({"cancel_at_period_end": FLAG})


def rows(shape: Shape) -> Shape:
    return obj({"rows": many(shape)})


def sent(form: Shape) -> Shape:
    """What a form takes, with the plans that are on sale."""
    properties: dict[str, Any] = dict(form.get("properties", {}))
    if "plan" in properties:
        with public_context():
            properties["plan"] = {**properties["plan"], "enum": list(Plan.objects.filter(on_sale=True).values_list("code", flat=True))}
    return {**form, "properties": properties, "additionalProperties": True}
