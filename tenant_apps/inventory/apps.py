from kernel.apps import BusinessApp


class InventoryApp(BusinessApp):
    name = "tenant_apps.inventory"
    label = "inventory"
