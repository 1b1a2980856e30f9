"""Units and VAT rates every machine builder needs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel import saving
from kernel.access import Actor
from tenant_apps.catalog.models import Measure, Tax

RATES = (13, 9, 6, 0)


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    names = (
        (pgettext("measure", "set"), 0),
        (pgettext("measure", "unit"), 0),
        (pgettext("measure", "piece"), 0),
        ("kg", 3),
        (pgettext("measure", "metre"), 2),
        (pgettext("measure", "hour"), 2),
    )
    saving.create_many(Measure, [({"name": name, "decimals": decimals}, {}) for name, decimals in names], by=by, at=at)
    rates: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"name": _("VAT %(n)d%%") % {"n": rate}, "rate": Decimal(rate), "default": rate == RATES[0]}, {}) for rate in RATES
    ]
    saving.create_many(Tax, rates, by=by, at=at)
