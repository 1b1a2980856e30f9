"""Units and VAT rates every machine builder needs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel import saving
from kernel.access import Actor
from tenant_apps.catalog.models import Measure, Tax

RATES = (13, 9, 6, 0)


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    names = ((_("set"), 0), (_("unit"), 0), (_("piece"), 0), ("kg", 3), (_("metre"), 2), (_("hour"), 2))
    saving.create_many(Measure, [({"name": name, "decimals": decimals}, {}) for name, decimals in names], by=by, at=at)
    rates = [({"name": _("VAT %(n)d%%") % {"n": rate}, "rate": Decimal(rate), "default": rate == RATES[0]}, {}) for rate in RATES]
    saving.create_many(Tax, rates, by=by, at=at)
