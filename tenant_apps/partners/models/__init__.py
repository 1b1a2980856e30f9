"""Companies we deal with, the people in them, what they are licensed for, and the pools that accounts come from (W-4.1, W-9.1, W-1.6.5)."""

from tenant_apps.partners.alike import plain_name
from tenant_apps.partners.models.contact import Contact
from tenant_apps.partners.models.merge import Merge
from tenant_apps.partners.models.paper import Agency, Paper
from tenant_apps.partners.models.partner import Partner, Supplier
from tenant_apps.partners.models.pool import Pool

__all__ = ["Agency", "Contact", "Merge", "Paper", "Partner", "Pool", "Supplier", "plain_name"]
