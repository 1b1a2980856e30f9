"""Pick lists of customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.codes import CodeTable

INDUSTRY = CodeTable(
    "partners.industry",
    _("Industry"),
    {
        "university": _("Universities and research"), "laboratory": _("Third-party laboratories"), "steel": _("Steel and metals"),
        "automotive": _("Automotive"), "aerospace": _("Aerospace"), "energy": _("Energy equipment"), "machinery": _("General machinery"),
        "mould": _("Moulds"), "electronics": _("Electronics and hardware"), "rail": _("Rail transport"), "building": _("Building materials"),
        "medical": _("Medical devices"), "polymer": _("Rubber and plastics"),
    },
    open=True,
)  # fmt: skip
SOURCE = CodeTable(
    "partners.source",
    _("Customer source"),
    {
        "exhibition": _("Exhibition"), "referral": _("Referral"), "website": _("Website"), "visit": _("Visit"), "phone": pgettext_lazy("source", "Telephone"),
        "tender": _("Tender notice"), "dealer": _("Dealer"), "online": _("Online shop"), "old": _("Existing customer"),
    },
)  # fmt: skip
LICENCE = CodeTable(
    "partners.licence",
    _("Licence"),
    {
        "business": _("Business licence"), "iso9001": _("Quality management certificate (ISO 9001)"), "iso14001": _("Environment certificate (ISO 14001)"),
        "production": _("Production licence"), "special": _("Special equipment licence"), "metrology": _("Metrology certificate"), "agency": _("Letter of authorisation"),
        "transport": _("Road transport licence"), "insurance": _("Insurance policy"),
    },
    open=True,
)  # fmt: skip
