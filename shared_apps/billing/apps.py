from kernel.apps import BusinessApp


class BillingApp(BusinessApp):
    name = "shared_apps.billing"
    label = "billing"
    verbose_name = "Billing"
    platform = True

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kernel import registry
        from shared_apps.billing import entitlements

        entitlements.open_port()
        registry.add_page(registry.Page("settings", "subscription", _("Subscription"), entitlements.may_see))
