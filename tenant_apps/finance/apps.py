from kernel.apps import BusinessApp


class FinanceApp(BusinessApp):
    name = "tenant_apps.finance"
    label = "finance"
