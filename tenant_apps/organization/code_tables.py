"""Pick lists that several apps share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.codes import CodeTable

GRADE = CodeTable(
    "partners.grade", _("Customer grade"), {letter: letter for letter in "ABCD"}, {"A": "gold", "B": "blue", "C": "default", "D": "default"}
)
