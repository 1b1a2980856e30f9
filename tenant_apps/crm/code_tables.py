"""Pick lists of customer and market management."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.codes import CodeTable

ACTIVITY = CodeTable(
    "crm.activity",
    _("Kind of activity"),
    {
        "visit": pgettext_lazy("activity", "Visit"), "call": pgettext_lazy("activity", "Call"), "mail": pgettext_lazy("activity", "E-mail"),
        "wechat": pgettext_lazy("activity", "WeChat"), "meeting": pgettext_lazy("activity", "Meeting"), "demo": pgettext_lazy("activity", "Demonstration"),
        "service": pgettext_lazy("activity", "Service"), "task": pgettext_lazy("activity", "Task"),
    },
    {"visit": "blue", "call": "cyan", "mail": "default", "wechat": "green", "meeting": "purple", "demo": "gold", "service": "orange"},
)  # fmt: skip
RESULT = CodeTable(
    "crm.result",
    _("Result of an activity"),
    {
        "progress": _("Went on"), "interested": _("Interested"), "no_change": _("No change"), "not_reached": _("Nobody reached"),
        "refused": _("Not interested"), "complaint": _("Complained"),
    },
    {"progress": "green", "interested": "cyan", "refused": "red", "complaint": "red"},
)  # fmt: skip
INVALID = CodeTable(
    "crm.invalid_lead",
    _("Reason a lead is not valid"),
    {
        "duplicate": _("Known already"), "no_need": _("No need"), "not_reached": _("Nobody reached"), "wrong": _("Wrong details"),
        "competitor": _("A competitor"), "out_of_range": _("Not what we make"),
    },
    open=True,
)  # fmt: skip
CAMPAIGN = CodeTable(
    "crm.campaign",
    _("Kind of campaign"),
    {
        "exhibition": _("Exhibition"), "seminar": _("Seminar"), "open_day": _("Open day"), "mailing": _("Mailing"), "online": _("Online advertising"),
        "press": _("Trade press"), "roadshow": _("Road show"),
    },
    open=True,
)  # fmt: skip
COST = CodeTable(
    "crm.cost",
    _("Kind of campaign cost"),
    {
        "stand": _("Stand and hall"), "travel": _("Travel"), "freight": _("Freight of exhibits"), "print": _("Printing"), "media": _("Media"),
        "gifts": _("Gifts"), "speakers": _("Speakers"), "other": pgettext_lazy("cost", "Other"),
    },
    open=True,
)  # fmt: skip
PHASE = CodeTable(
    "crm.phase",
    _("Phase of a project"),
    {
        "opportunity": pgettext_lazy("phase", "Opportunity"), "solution": pgettext_lazy("phase", "Solution"), "bidding": pgettext_lazy("phase", "Bidding"),
        "awarded": pgettext_lazy("phase", "Awarded"), "production": pgettext_lazy("phase", "Production"), "installation": pgettext_lazy("phase", "Installation"),
        "acceptance": pgettext_lazy("phase", "Acceptance"), "collection": pgettext_lazy("phase", "Collection"),
    },
)  # fmt: skip
