from kernel.apps import BusinessApp


class ImplementationApp(BusinessApp):
    name = "shared_apps.implementation"
    label = "implementation"
    platform = True
