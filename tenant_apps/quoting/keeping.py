"""Keeping a quote as a template, and quotes made of templates (P-3.2, record 0188)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel import saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from tenant_apps.partners.models import Contact, Partner
from tenant_apps.quoting import configuring
from tenant_apps.quoting.models import Quote, QuoteLine, QuoteTemplate


@action(label=_("Save as template"), opens=True, says=_("kept as a template"), params={"name": {"label": _("Name"), "max_length": 120}})
def keep(quote: Quote, *, by: Actor, at: datetime, name: str) -> None:
    """Its lines, options, terms and texts for other customers; without prices, which are made anew each time."""
    values = {**quote.terms(), "custom": quote.custom, "title": name, "owner": by.id, "unit": by.unit_id}
    saving.create(QuoteTemplate, values | coming_from(quote), {"lines": _lines(quote, by, at)}, by=by, at=at)


@action(
    label=_("New quote"), style="primary", opens=True, says=_("became a quote"),
    params={"customer": {"label": _("Customer")}, "contact": {"label": _("Contact"), "lookup": {"partner": "customer"}}},
)  # fmt: skip
def offer(template: QuoteTemplate, *, by: Actor, at: datetime, customer: Partner, contact: Contact | None = None) -> None:
    """A quote with everything that the template holds, at the prices of today for this customer."""
    by.require("quoting.quote", "create", label=str(Quote._meta.verbose_name))
    values = {**template.terms(), "custom": template.custom, "customer": customer, "contact": contact}
    saving.create(Quote, values | coming_from(template), {"lines": _lines(template, by, at)}, by=by, at=at)


def _lines(quote: Quote, by: Actor, at: datetime) -> list[QuoteLine]:
    """The same goods without prices; discounts of a template are meant for every customer, those of a quote for its own."""
    found = []
    for line in statements.lines(QuoteLine)(quote.pk):
        fresh = line.afresh()
        if isinstance(quote, QuoteTemplate):
            fresh.discount = line.discount
        found.append(fresh)
    return configuring.apart(found, by, at)
