from django.utils.translation import gettext_lazy as _

from kernel.apps import BusinessApp

OWN = ("read", "create", "change", "delete", "submit", "withdraw", "cancel", "finish", "print", "export")
"""What everybody may do with what they filled in themselves."""


class OfficeApp(BusinessApp):
    name = "tenant_apps.office"
    label = "office"

    def ready(self) -> None:
        from kernel import registry
        from kernel.access import EVERYBODY
        from tenant_apps.office.forms import kinds

        registry.add_source("office", kinds)
        registry.add_page(registry.Page("settings", "form-library", _("Form library"), lambda actor: actor.may("office.form", "create")))
        EVERYBODY["office.*"] = dict.fromkeys(OWN, "own")
        EVERYBODY["office.form"] = {"*": "none"}
