from kernel.apps import BusinessApp


class SalesApp(BusinessApp):
    name = "tenant_apps.sales"
    label = "sales"
