from kernel.apps import BusinessApp


class ContractsApp(BusinessApp):
    name = "tenant_apps.contracts"
    label = "contracts"
