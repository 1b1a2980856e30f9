from kernel.apps import BusinessApp


class PartnersApp(BusinessApp):
    name = "tenant_apps.partners"
    label = "partners"
