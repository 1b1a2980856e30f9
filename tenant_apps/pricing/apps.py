from kernel.apps import BusinessApp


class PricingApp(BusinessApp):
    name = "tenant_apps.pricing"
    label = "pricing"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kernel import registry

        pages = (
            ("product-prices", _("Product price policies")),
            ("company-prices", _("Company price policies")),
            ("customer-prices", _("Customer price policies")),
        )
        for name, label in pages:
            registry.add_page(registry.Page("catalog", name, label, lambda actor: actor.may("pricing.pricepolicy", "read")))
