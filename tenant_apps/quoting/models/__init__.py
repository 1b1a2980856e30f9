"""Quotes with their lines, estimates of what they cost in full, and the links by which customers read them."""

from __future__ import annotations

from tenant_apps.quoting.models.estimate import Estimate, EstimateLine
from tenant_apps.quoting.models.link import QuoteLink
from tenant_apps.quoting.models.quote import Quote, QuoteLine
from tenant_apps.quoting.models.template import QuoteTemplate

__all__ = ["Estimate", "EstimateLine", "Quote", "QuoteLine", "QuoteLink", "QuoteTemplate"]
