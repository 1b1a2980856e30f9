"""Which services complete what is entered about companies and people (empty: everything is typed by hand), and how customers are valued."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter
from kernel.parsers import Bad

REGISTER = Parameter(
    "partners.register", "text", "", _("Register of companies"), _("Address of the service that completes company names (HTTPS, JSON)")
)
CARD_READER = Parameter(
    "partners.card_reader", "text", "", _("Reader of business cards"), _("Address of the service that reads photographed cards")
)
WEIGHTS = {"recency": 15, "frequency": 15, "amount": 30, "margin": 20, "overdue": 10, "service": 10}


def _check_figures(value: Any) -> None:
    if not isinstance(value, dict) or not value or not all(isinstance(one, int) and 0 <= one <= 100 for one in value.values()):
        raise Bad("bad_figures", _t("Please send a figure from 0 to 100 for each."))


def _check_weights(value: Any) -> None:
    _check_figures(value)
    if not set(value) <= set(WEIGHTS):
        raise Bad("bad_figures", _t("Please send a figure from 0 to 100 for each."))


VALUE_WEIGHTS = Parameter(
    "partners.value_weights",
    "json",
    WEIGHTS,
    _("Weights of the customer value"),
    _("How lately, how often, for how much, margin, overdue, cost of service; what is not named counts nothing"),
    check=_check_weights,
)
GRADES_FROM = Parameter(
    "partners.grades_from",
    "json",
    {"A": 75, "B": 55, "C": 35, "D": 0},
    _("Grades by customer value"),
    _("From which score each grade is proposed"),
    check=_check_figures,
)
AGENCY_SLACK = Parameter(
    "partners.agency_slack",
    "int",
    10,
    _("Slack of agency targets"),
    _("How many percent of its yearly target an agency may lag behind the days gone before somebody is told."),
    least=0,
    most=100,
)
