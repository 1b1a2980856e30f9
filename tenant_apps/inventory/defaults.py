"""The warehouses to start with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import saving
from kernel.access import Actor
from tenant_apps.inventory.models import Warehouse

Kind = Warehouse.Kind


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    names = ((_("Finished goods"), Kind.FINISHED), (_("Raw material"), Kind.RAW), (_("Spare parts"), Kind.SPARE))
    saving.create_many(
        Warehouse, [({"name": name, "kind": kind, "default": kind == Kind.FINISHED}, {}) for name, kind in names], by=by, at=at
    )
