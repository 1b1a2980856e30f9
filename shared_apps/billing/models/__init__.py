"""What companies buy, use, owe and have paid. Public schema; a company is known by its id only, so that papers outlive it."""

from shared_apps.billing.models.coupons import Coupon, Redemption
from shared_apps.billing.models.invoices import InvoiceTitle, Payment, PlatformInvoice
from shared_apps.billing.models.plans import Period, Plan
from shared_apps.billing.models.subscriptions import Subscription, Usage, UsageReport
from shared_apps.billing.models.webhooks import WebhookEvent

__all__ = [
    "Coupon",
    "InvoiceTitle",
    "Payment",
    "Period",
    "Plan",
    "PlatformInvoice",
    "Redemption",
    "Subscription",
    "Usage",
    "UsageReport",
    "WebhookEvent",
]
