"""Plans and payment. Without a key of Stripe there is bank transfer only; the same code runs against Stripe's test mode."""

from __future__ import annotations

import os

STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")
STRIPE_API_BASE = os.environ.get("STRIPE_API_BASE", "")
BILLING_TRIAL_PLAN = os.environ.get("BILLING_TRIAL_PLAN", "team")
BILLING_BANK = {name: os.environ.get(f"BILLING_BANK_{name.upper()}", "") for name in ("name", "bank", "account")}
