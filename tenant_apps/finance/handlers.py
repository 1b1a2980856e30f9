"""What follows from changes of charge items."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.refusals import Refused
from tenant_apps.finance.models import ChargeItem


@follows("finance.chargeitem.*")
def charge_items_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("finance.chargeitem.delete")
def system_item_stays(item: ChargeItem, event: Event, *, by: Actor, at: datetime) -> None:
    """Items that payment plans are made of are switched off, not deleted."""
    if item.system:
        raise Refused("system", _t("“%(name)s” comes from the product and cannot be deleted. Switch it off instead.") % {"name": item.name})
