from kernel.apps import BusinessApp


class ConsoleApp(BusinessApp):
    name = "shared_apps.console"
    label = "console"
    platform = True

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kernel import config, registry
        from kernel.access import Actor
        from tenants.context import PUBLIC

        def may(actor: Actor) -> bool:
            return config.schema() == PUBLIC and actor.may("console.client", "read")

        registry.add_page(registry.Page("platform", "health", _("Platform health"), may))
        registry.add_page(registry.Page("platform", "log", _("Platform log"), may))
        learns = registry.Page("services", "training", _("Training"), lambda actor: config.schema() != PUBLIC and not actor.visitor)
        registry.add_page(learns)
        inside = registry.Page("settings", "systemlog", _("System log"), lambda actor: actor.is_admin and config.schema() != PUBLIC)
        registry.add_page(inside)
