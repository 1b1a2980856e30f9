from kernel.apps import BusinessApp


class ConsoleApp(BusinessApp):
    name = "shared_apps.console"
    label = "console"
    platform = True
