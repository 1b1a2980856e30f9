"""Closed periods: in one, a ledger takes no more documents of its days. The organisation says which are closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.refusals import Refused

if TYPE_CHECKING:
    from kernel.documents import Document


class Ledger(models.TextChoices):
    """Books that are closed each by itself."""

    STOCK = "stock", _("Stock")
    RECEIVABLE = "receivable", _("Receivables")
    PAYABLE = "payable", _("Payables")
    PAYROLL = "payroll", _("Payroll")


class Span(NamedTuple):
    """Days in which a ledger is closed."""

    starts: date
    ends: date
    name: str


class Port:
    """Filled in by the app that keeps the periods."""

    closed: Callable[[str, int | None], Sequence[Span]] = staticmethod(lambda ledger, unit: ())
    """The closed days of a ledger in the company to which a department belongs."""


port = Port()


def ask(ledger: str, day: date | None, unit: int | None) -> None:
    """Refuse to write into a ledger on a day that is closed in the department's company."""
    if not ledger or day is None:
        return
    for span in port.closed(ledger, unit):
        if span.starts <= day <= span.ends:
            told = {"ledger": Ledger(ledger).label, "period": span.name, "date": day.isoformat()}
            raise Refused(
                "period_closed",
                _t(
                    "%(ledger)s: %(period)s is closed, so nothing more can be dated %(date)s. Choose a later date, or have the period opened again."
                )
                % told,
            )


def ask_for(document: Document) -> None:
    """Refuse a document whose business date, as it is or as it was, lies in a closed period of its ledger."""
    if document.ledger:
        ask(document.ledger, document.business_date, document.unit)
        ask(document.ledger, document.__dict__.get("_stored", {}).get(document.date_field), document.unit)
