"""What the screens of the organisation need beside its documents."""

from __future__ import annotations

from tenant_apps.organization.screens import calendar, code_lists, lockouts, parameters, places, private, seal, structure

urlpatterns = [
    part for module in (structure, parameters, code_lists, places, calendar, private, lockouts, seal) for part in module.urlpatterns
]
