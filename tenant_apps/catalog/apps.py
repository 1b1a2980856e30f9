from kernel.apps import BusinessApp


class CatalogApp(BusinessApp):
    name = "tenant_apps.catalog"
    label = "catalog"
