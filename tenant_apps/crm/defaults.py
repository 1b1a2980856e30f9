"""The usual pipeline, and a first model for customers and one for dealers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from kernel import saving
from kernel.access import Actor
from tenant_apps.crm.models import EvaluationModel, Stage


def stages() -> list[tuple[str, int, int, list[str]]]:
    """S1–S6: name, probability %, usual days, what is done before it goes on."""
    return [
        (_("S1 Contact made"), 10, 14, [_("Need confirmed"), _("Decision maker known")]),
        (_("S2 Need understood"), 25, 21, [_("Specimens and standards noted"), _("Budget and date known")]),
        (_("S3 Solution presented"), 40, 30, [_("Technical solution agreed"), _("Competitors known")]),
        (_("S4 Quoted"), 60, 30, [_("Quote sent"), _("Price discussed")]),
        (_("S5 Negotiation"), 80, 21, [_("Terms of payment agreed"), _("Technical agreement signed")]),
        (_("S6 Awarded"), 95, 14, []),
    ]


def customer_model() -> dict[str, Any]:
    """Purchase 35, growth 10, margin 15, payment 25, cooperation 15."""
    factors = [
        (_("Purchase"), "35", "purchase / 10000"),
        (_("Growth"), "10", "IF(purchase_before = 0, IF(purchase > 0, 100, 0), 50 * purchase / purchase_before)"),
        (_("Margin"), "15", "margin * 2"),
        (_("Payment"), "25", "100 - overdue_days - IF(overdue > 0, 20, 0)"),
        (_("Cooperation"), "15", "60 + contacts * 4 - disputes * 30"),
    ]
    bands = [("A", "75", "purchase * 0.3"), ("B", "55", "purchase * 0.2"), ("C", "30", "purchase * 0.1"), ("D", "0", "0")]
    return {**_both(_("Customers")), "kind": EvaluationModel.For.CUSTOMER, **_rows(factors, bands)}


def dealer_model() -> dict[str, Any]:
    """Target 30, territory 10, purchase 20, payment 20, leads and projects 20."""
    factors = [
        (_("Target"), "30", "IF(attainment = 0, purchase / 20000, attainment)"),
        (_("Territory"), "10", "IF(purchase = 0, 0, 100 - outside)"),
        (_("Purchase"), "20", "purchase / 20000"),
        (_("Payment"), "20", "100 - overdue_days - IF(overdue > 0, 20, 0)"),
        (_("Market work"), "20", "leads * 10 + projects * 15"),
    ]
    bands = [("A", "75", "purchase * 0.25"), ("B", "55", "purchase * 0.15"), ("C", "30", "purchase * 0.05"), ("D", "0", "0")]
    return {**_both(_("Dealers")), "kind": EvaluationModel.For.DEALER, **_rows(factors, bands)}


def _rows(factors: list[tuple[str, str, str]], bands: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "factors": [{**_both(name), "weight": weight, "formula": formula} for name, weight, formula in factors],
        "bands": [{"grade": grade, "least": least, "limit": limit} for grade, least, limit in bands],
    }


def _both(text: str) -> dict[str, str]:
    """A name in Chinese and in English."""
    with override("zh-hans"):
        return {"name": _t(text), "name_en": text}


def _lists(items: list[str]) -> dict[str, str]:
    both = [_both(item) for item in items]
    return {"checklist": "\n".join(one["name"] for one in both), "checklist_en": "\n".join(one["name_en"] for one in both)}


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({**_both(name), **_lists(items), "position": 10 * place, "probability": probability, "days": days}, {})
        for place, (name, probability, days, items) in enumerate(stages(), 1)
    ]
    saving.create_many(Stage, rows, by=by, at=at)
    saving.create_many(EvaluationModel, [(customer_model(), {}), (dealer_model(), {})], by=by, at=at)
