from kernel.apps import BusinessApp


class AnalyticsApp(BusinessApp):
    name = "tenant_apps.analytics"
    label = "analytics"
