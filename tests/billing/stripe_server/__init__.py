"""A small Stripe of our own for tests: it speaks the documented protocol of the endpoints that the product uses, remembers what it is
told, and lets a test be the buyer on Stripe's pages, the bank, and the clock. The product talks to it with the real client over HTTP."""

from tests.billing.stripe_server.buyer import CARD, DECLINED, FAILS_LATER, SECURE, Declined
from tests.billing.stripe_server.server import StripeServer

__all__ = ["CARD", "DECLINED", "FAILS_LATER", "SECURE", "Declined", "StripeServer"]
