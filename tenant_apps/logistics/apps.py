from kernel.apps import BusinessApp


class LogisticsApp(BusinessApp):
    name = "tenant_apps.logistics"
    label = "logistics"
