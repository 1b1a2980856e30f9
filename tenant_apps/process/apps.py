from kernel.apps import BusinessApp


class ProcessApp(BusinessApp):
    name = "tenant_apps.process"
    label = "process"
