"""The people around Stripe: the buyer on the page to pay, the card holder asked by the bank, the wallet, and time."""

from __future__ import annotations

from tests.billing.stripe_server import money, promotions, subscriptions
from tests.billing.stripe_server.money import CHALLENGE, DECLINE, OK
from tests.billing.stripe_server.store import Json, Store

CARD, DECLINED, SECURE, FAILS_LATER = "4242424242424242", "4000000000000002", "4000002760003184", "4000000000000341"
"""Stripe's published test cards."""
ANSWERS = {CARD: (OK, OK), DECLINED: (DECLINE, DECLINE), SECURE: (CHALLENGE, CHALLENGE), FAILS_LATER: (OK, DECLINE)}
"""What the bank says at the page, and when the card is charged later."""


class Declined(Exception):
    """The page says that the bank has refused the card, and stays open."""


class Buyer:
    """Acts in a store as people would on Stripe's pages."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def pays(self, session: str, card: str = CARD, *, challenge: bool = True) -> None:
        """Give a card on the page; `challenge` is whether the bank's question is then answered rightly."""
        page, (answer, later) = self._open(session), ANSWERS[card]
        if answer == DECLINE or (answer == CHALLENGE and not challenge):
            self._refused(page, DECLINE if answer == DECLINE else "payment_intent_authentication_failure")
            raise Declined
        if page["mode"] == "payment":
            money.answered(self.store, self._attempt(page, "card"), OK)
            self._complete(page, "paid")
            return
        method = money.card(self.store, page["customer"], card, later)
        made = subscriptions.start(self.store, page["customer"], page["_items"], method, page["_data"], page["_discount"])
        page["subscription"], page["invoice"] = made["id"], made["latest_invoice"]
        self._complete(page, "no_payment_required" if made["trial_end"] else "paid")

    def types(self, session: str, code: str) -> None:
        """Type a promotion code on the page."""
        page = self._open(session)
        assert page["allow_promotion_codes"], "there is no field for it"
        page["_discount"] = promotions.redeem(self.store, page["customer"], code=code)
        page["amount_total"] = page["amount_subtotal"] - promotions.off(self.store, page["_discount"], page["amount_subtotal"])

    def scans(self, session: str) -> None:
        """Confirm in the wallet's app; whether the money comes is told later."""
        page = self._open(session)
        attempt = self._attempt(page, page["payment_method_types"][0])
        attempt["status"] = "processing"
        self._complete(page, "unpaid")

    def wallet_answers(self, session: str, *, paid: bool) -> None:
        """The wallet says whether the money has come."""
        page = self.store.find("checkout.session", session)
        attempt = self.store.find("payment_intent", page["payment_intent"])
        money.answered(self.store, attempt, OK if paid else "payment_intent_payment_attempt_failed")
        page["payment_status"] = "paid" if paid else "unpaid"
        self.store.emit(f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", page)

    def leaves(self, session: str) -> None:
        """Nobody comes back to the page within a day."""
        page = self._open(session)
        page.update(status="expired", url=None)
        self.store.emit("checkout.session.expired", page)

    def authenticates(self, invoice: str, *, rightly: bool = True) -> None:
        """The card holder answers the bank's question about an invoice (3-D Secure)."""
        paper = self.store.find("invoice", invoice)
        attempt = self.store.find("payment_intent", paper["payments"]["data"][-1]["payment"]["payment_intent"])
        assert attempt["status"] == "requires_action"
        if money.answered(self.store, attempt, OK if rightly else "payment_intent_authentication_failure") == OK:
            of = self.store.find("subscription", paper["parent"]["subscription_details"]["subscription"])
            if of["pending_update"]:
                subscriptions.apply(self.store, of, *paper["_change"])

    def time_passes(self, seconds: int) -> None:
        """Periods end, cards are charged, what nobody paid runs out."""
        self.store.ahead += seconds
        for one in self.store.all("subscription"):
            while subscriptions.tick(self.store, one):
                continue

    def _open(self, session: str) -> Json:
        page = self.store.find("checkout.session", session)
        assert page["status"] == "open", f"the page is {page['status']}"
        return page

    def _attempt(self, page: Json, method: str) -> Json:
        attempt = money.intent(self.store, page["customer"], page["amount_total"], method, metadata=page["_intent"])
        page["payment_intent"] = attempt["id"]
        return attempt

    def _refused(self, page: Json, why: str) -> None:
        if page["mode"] == "payment":
            money.answered(self.store, self._attempt(page, "card"), why)

    def _complete(self, page: Json, status: str) -> None:
        page.update(status="complete", payment_status=status, url=None)
        self.store.emit("checkout.session.completed", page)
