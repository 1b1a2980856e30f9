from django.utils.translation import gettext_lazy as _

from kernel.apps import BusinessApp


class SelectionApp(BusinessApp):
    name = "tenant_apps.selection"
    label = "selection"

    def ready(self) -> None:
        from kernel import registry

        registry.add_page(registry.Page("sales", "select", _("Selection"), lambda actor: actor.may("selection.configuration", "create")))
