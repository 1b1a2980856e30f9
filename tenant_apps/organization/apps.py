from kernel.apps import BusinessApp


class OrganizationApp(BusinessApp):
    name = "tenant_apps.organization"
    label = "organization"
