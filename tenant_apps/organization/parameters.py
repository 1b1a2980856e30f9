"""When the company works, so that deadlines count these hours; and which duties it keeps apart."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter
from tenant_apps.organization import duties

WORK_DAYS = Parameter("organization.work_days", "text", "12345", _("Working days"), _("1 is Monday, 7 is Sunday: 12345"))
WORK_FROM = Parameter("organization.work_from", "text", "08:30", _("Work begins"), _("Hours and minutes: 08:30"))
WORK_TO = Parameter("organization.work_to", "text", "17:30", _("Work ends"), _("Hours and minutes: 17:30"))
WORK_HOLIDAYS = Parameter(
    "organization.work_holidays", "bool", True, _("Public holidays are days off"), _("With the days that are worked on in exchange.")
)
DUTIES = Parameter(duties.PARAMETER, "json", duties.NONE, _("Conflicting duties"), check=duties.check)
