from collections.abc import Callable
from typing import TYPE_CHECKING

from kernel.apps import BusinessApp

if TYPE_CHECKING:
    from kernel.access import Actor


def reads(key: str) -> "Callable[[Actor], bool]":
    """Whether somebody may read a document type."""
    return lambda actor: actor.may(key, "read")


class CrmApp(BusinessApp):
    name = "tenant_apps.crm"
    label = "crm"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kernel import registry

        pages = (
            ("crm", "pipeline", _("Opportunity board"), "crm.opportunity"),
            ("crm", "forecast", _("Forecast and win rate"), "crm.opportunity"),
            ("crm", "field-work", _("Visits and gaps"), "crm.activity"),
            ("market", "campaign-return", _("Return on campaigns"), "crm.campaign"),
        )
        for menu, name, label, needed in pages:
            registry.add_page(registry.Page(menu, name, label, reads(needed)))
