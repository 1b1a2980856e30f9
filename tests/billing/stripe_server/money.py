"""Charging: what a card says, invoices and the attempts to pay them."""

from __future__ import annotations

from typing import Any

from tests.billing.stripe_server import promotions
from tests.billing.stripe_server.store import Json, Store

OK, DECLINE, CHALLENGE = "ok", "decline", "challenge"


def card(store: Store, customer: str, number: str, later: str) -> Json:
    """A card on file; `later` is what the bank says when it is charged again."""
    method = store.make("payment_method", customer=customer, type="card", _later=later)
    method["card"]["last4"] = number[-4:]
    return method


def invoice(store: Store, subscription: Json | None, customer: str, lines: list[Json], reason: str, discount: Json | None = None) -> Json:
    """A finalised invoice, not paid yet."""
    subtotal = sum(line["amount"] for line in lines)
    off = promotions.off(store, discount, subtotal)
    total = subtotal - off
    made = store.make(
        "invoice", customer=customer, currency="cny", status="open", billing_reason=reason, total=total, subtotal=subtotal, amount_due=max(total, 0),
        amount_paid=0, amount_remaining=max(total, 0), amount_overpaid=0, attempted=False, attempt_count=0, auto_advance=True, due_date=None,
        period_start=store.now, period_end=store.now, next_payment_attempt=None, last_finalization_error=None, from_invoice=None,
        status_transitions={"finalized_at": store.now, "marked_uncollectible_at": None, "paid_at": None, "voided_at": None},
    )  # fmt: skip
    made["number"] = f"{store.find('customer', customer)['invoice_prefix']}-{made['id'][-4:]}"
    made["hosted_invoice_url"] = f"https://invoice.stripe.com/i/{made['id']}"
    made["lines"] = {"object": "list", "has_more": False, "url": f"/v1/invoices/{made['id']}/lines", "data": lines}
    if discount is not None:
        made["discounts"], made["total_discount_amounts"] = [discount["id"]], [{"amount": off, "discount": discount["id"]}]
    made["parent"] = None
    if subscription is not None:
        details = {"metadata": subscription["metadata"], "subscription": subscription["id"]}
        made["parent"] = {"quote_details": None, "subscription_details": details, "type": "subscription_details"}
        subscription["latest_invoice"] = made["id"]
    made["payments"] = {"object": "list", "has_more": False, "url": f"/v1/invoices/{made['id']}/payments", "data": []}
    store.emit("invoice.finalized", made)
    return made


def line(store: Store, text: str, amount: int, quantity: int, start: int, end: int) -> Json:
    return store.make(
        "line_item",
        description=text,
        amount=amount,
        subtotal=amount,
        quantity=quantity,
        currency="cny",
        period={"start": start, "end": end},
    )


def intent(store: Store, customer: str, amount: int, method: str = "card", **values: Any) -> Json:
    return store.make(
        "payment_intent", customer=customer, amount=amount, currency="cny", status="requires_payment_method", payment_method_types=[method],
        next_action=None, last_payment_error=None, amount_received=0, canceled_at=None, processing=None, **values,
    )  # fmt: skip


def collect(store: Store, paper: Json, method: Json | None) -> str:
    """Charge an invoice to a card on file, without the card holder."""
    if paper["amount_due"] == 0:
        paid(store, paper)
        return OK
    attempt = intent(store, paper["customer"], paper["amount_due"], payment_method=method and method["id"], _invoice=paper["id"])
    payment = store.make(
        "invoice_payment", invoice=paper["id"], amount_requested=paper["amount_due"], amount_paid=None, currency="cny", is_default=True, status="open",
        payment={"type": "payment_intent", "payment_intent": attempt["id"]},
    )  # fmt: skip
    paper["payments"]["data"].append(payment)
    paper["attempted"], paper["attempt_count"] = True, paper["attempt_count"] + 1
    return answered(store, attempt, method["_later"] if method else DECLINE)


def answered(store: Store, attempt: Json, answer: str) -> str:
    """What the bank says to an attempt, and what follows for its invoice."""
    paper = store.objects.get(attempt.get("_invoice", ""))
    if answer == OK:
        attempt.update(status="succeeded", amount_received=attempt["amount"], next_action=None, last_payment_error=None)
        store.emit("payment_intent.succeeded", attempt)
        if paper is not None:
            paid(store, paper)
    elif answer == CHALLENGE:
        attempt.update(
            status="requires_action",
            next_action={
                "type": "redirect_to_url",
                "redirect_to_url": {"url": f"https://hooks.stripe.com/3d/{attempt['id']}", "return_url": None},
            },
        )
        store.emit("payment_intent.requires_action", attempt)
        if paper is not None:
            store.emit("invoice.payment_action_required", paper)
            store.emit("invoice.payment_failed", paper)
    else:
        code = "card_declined" if answer == DECLINE else answer
        error = {"type": "card_error", "code": code, "message": "Your card was declined."} | (
            {"decline_code": "generic_decline"} if answer == DECLINE else {}
        )
        attempt.update(status="requires_payment_method", next_action=None, last_payment_error=error)
        store.emit("payment_intent.payment_failed", attempt)
        if paper is not None:
            store.emit("invoice.payment_failed", paper)
    return answer


def paid(store: Store, paper: Json) -> None:
    paper.update(status="paid", amount_paid=paper["amount_due"], amount_remaining=0)
    paper["status_transitions"]["paid_at"] = store.now
    for one in paper["payments"]["data"]:
        one.update(status="paid", amount_paid=one["amount_requested"])
    store.emit("invoice.paid", paper)


def void(store: Store, paper: Json) -> None:
    paper["status"], paper["status_transitions"]["voided_at"] = "void", store.now
    store.emit("invoice.voided", paper)
