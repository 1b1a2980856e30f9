"""How deliveries are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.resources import Lines, Resource, Section
from tenant_apps.logistics import actions
from tenant_apps.logistics.models import Delivery


class DeliveryResource(Resource):
    model = Delivery
    plural = _("Deliveries")
    path = "deliveries"
    icon = "truck"
    menu = "logistics"
    columns = ("number", "partner", "state", "source_label", "delivery_date", "warehouse", "carrier", "owner")
    filters = ("state", "partner", "warehouse", "delivery_date", "owner")
    groups = ("state", "partner", "warehouse")
    search = ("partner",)
    sort = "-delivery_date"
    editable_when = {Delivery.State.DRAFT}
    form = (
        Section(_("Delivery"), "partner", "source_label", "delivery_date", "warehouse"),
        Section(_("Transport"), "address", "consignee", "carrier", "tracking_no", "arrived_on"),
        Lines(_("Goods"), "lines", "item", "description", "quantity", "serials"),
    )
    actions = (actions.ship, actions.arrive, actions.cancel)
