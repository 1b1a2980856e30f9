from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kernel import config
from kernel.apps import BusinessApp

if TYPE_CHECKING:
    from kernel.access import Actor


class OfficeApp(BusinessApp):
    name = "tenant_apps.office"
    label = "office"

    def ready(self) -> None:
        from kernel import registry
        from kernel.access import EVERYBODY, TO_SOME
        from tenant_apps.office import audience
        from tenant_apps.office.forms import kinds

        registry.add_source("office", kinds)
        registry.add_page(registry.Page("settings", "form-library", _("Form library"), lambda actor: actor.may("office.form", "create")))
        registry.add_page(registry.Page("office", "balances", _("Leave accounts"), _keeps_accounts))
        TO_SOME.append(audience.grants)
        EVERYBODY["office.form"] = {"*": "none"}


def _keeps_accounts(actor: Actor) -> bool:
    """Whether the company has a form with accounts that somebody may open."""
    from tenant_apps.office import balances
    from tenants.context import PUBLIC

    return config.schema() != PUBLIC and bool(balances.books(actor))
