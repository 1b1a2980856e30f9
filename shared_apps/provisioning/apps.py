from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "shared_apps.provisioning"
    label = "provisioning"
    verbose_name = "Company data"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kernel import config, registry
        from tenants.context import PUBLIC

        registry.add_page(
            registry.Page("settings", "company", _("Company data"), lambda actor: actor.is_admin and config.schema() != PUBLIC)
        )
