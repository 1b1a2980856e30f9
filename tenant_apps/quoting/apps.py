from kernel.apps import BusinessApp


class QuotingApp(BusinessApp):
    name = "tenant_apps.quoting"
    label = "quoting"
