"""What an evaluation model is made of: factors with formulas over facts, and the bands of its grades (P-A.5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import figures, formulas, words
from kernel.money import HUNDRED, ZERO, cents
from kernel.refusals import FieldError, Invalid, Refused
from kernel.resources import custom_fields
from kernel.rows import Column
from kernel.specs import MASK, NUMERIC
from tenant_apps.organization.code_tables import GRADE

FACTORS = (
    Column("name", _("Factor"), "text", required=True),
    Column("name_en", _("Name in English"), "text"),
    Column("weight", _("Weight"), "decimal", required=True),
    Column("formula", _("Points 0–100"), "long", required=True),
)
BANDS = (
    Column("grade", _("Grade"), "text", required=True, choices=GRADE),
    Column("least", _("From points"), "decimal"),
    Column("limit", _("Credit limit"), "text"),
)
DETAIL = (
    Column("name", _("Factor"), "text"),
    Column("weight", _("Weight"), "decimal"),
    Column("points", _("Points"), "decimal"),
    Column("basis", _("Counted from"), "text"),
    Column("trouble", _("Trouble"), "text"),
)
FACTS: dict[str, Promise] = {
    "purchase": _("Contracts signed in 12 months, CNY"),
    "purchase_before": _("Contracts signed in the 12 months before, CNY"),
    "orders": _("Contracts in 12 months"),
    "years": _("Years since the first contract"),
    "collected": _("Received in 12 months, CNY"),
    "overdue": _("Overdue now, CNY"),
    "overdue_days": _("Days of the oldest overdue amount"),
    "margin": _("Margin of the orders of 24 months, %"),
    "disputes": _("Complaints in 12 months"),
    "contacts": _("Activities in 12 months"),
    "leads": _("Leads reported in 12 months"),
    "projects": _("Registered projects in 12 months"),
    "attainment": _("Share of the yearly target reached, %"),
    "outside": _("Won outside the territory in 12 months, %"),
    "service_cost": _("Cost of service in 12 months, CNY"),
}
"""What formulas may name. A customer of whom nothing is known has 0 everywhere."""
BEHIND: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("purchase", "purchase_before", "attainment", "outside"), ("contracts.contract", "total")),
    "collected": ("finance.receipt", "amount"), "overdue": ("finance.due", "amount"), "overdue_days": ("finance.due", "due_date"),
    "margin": ("sales.order", "margin"), "service_cost": ("crm.activity", "cost"),
}  # fmt: skip
"""Of which field of which documents a fact is made: it is told to whoever may see that."""
OWN = "own_"
SCORE = "score"


def names() -> dict[str, str]:
    """{fact: label}: those of the product, and the numbers that the company keeps of its customers in fields of its own."""
    own = {f"{OWN}{name}": str(spec.label) for name, spec in custom_fields().get("partners.partner", {}).items() if spec.type in NUMERIC}
    return {**{name: str(label) for name, label in FACTS.items()}, **own}


def check(factors: list[dict[str, Any]], bands: list[dict[str, Any]], facts: Collection[str] = FACTS) -> None:
    """Every formula can be read, weights are positive, and no grade stands twice."""
    errors: list[FieldError] = []
    known = frozenset(facts)
    if not factors:
        errors.append(FieldError("factors", "required", _t("An evaluation needs at least one factor.")))
    for position, row in enumerate(factors):
        if Decimal(row["weight"]) <= 0:
            errors.append(FieldError(f"factors.{position}.weight", "positive", _t("A weight must be above 0.")))
        errors += _wrong(row["formula"], known, f"factors.{position}.formula")
    seen: set[str] = set()
    for position, row in enumerate(bands):
        if row["grade"] in seen:
            errors.append(FieldError(f"bands.{position}.grade", "duplicate", _t("This grade stands there twice.")))
        seen.add(row["grade"])
        if row["limit"]:
            errors += _wrong(row["limit"], known | {SCORE}, f"bands.{position}.limit")
    if errors:
        raise Invalid(errors)


def _wrong(text: str, names: frozenset[str], path: str) -> list[FieldError]:
    try:
        formulas.parse(text, names)
    except Refused as refused:
        return [FieldError(path, refused.code, str(refused.sentence))]
    return []


@lru_cache(maxsize=500)
def read(text: str) -> formulas.Formula:
    """A formula of a model, which was checked when it was saved; the same for all whom it measures."""
    return formulas.parse(text)


def points(factors: list[dict[str, Any]], facts: Mapping[str, Decimal]) -> tuple[Decimal, list[dict[str, Any]]]:
    """The weighted mean of all factors' points, 0 to 100 to two places, and how each came about. What cannot be worked out has 0."""
    told, total = [], sum((Decimal(row["weight"]) for row in factors), ZERO)
    score = Decimal(0)
    for row in factors:
        formula = read(row["formula"])
        value, why = _value(formula, facts)
        value = min(max(value, ZERO), HUNDRED)
        score += value * Decimal(row["weight"]) / total
        used = {name: str(facts[name]) for name in sorted(formula.names) if name in facts}
        both = {"name": row["name"], "name_en": row.get("name_en") or ""}
        told.append({**both, "weight": row["weight"], "points": f"{cents(value):f}", "facts": used, "trouble": why})
    return cents(score), told


def _value(formula: formulas.Formula, facts: Mapping[str, Decimal]) -> tuple[Decimal, str]:
    try:
        value = formula.value(facts)
    except Refused as refused:
        return ZERO, str(refused.sentence)
    return (Decimal(value), "") if isinstance(value, Decimal | int) and value is not None else (ZERO, "")


def retold(detail: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How an evaluation came about, in the words of whoever reads it; what is counted from figures hidden from them stays hidden."""
    called = names()
    return [_retold(row, called) for row in detail]


def _retold(row: Mapping[str, Any], called: Mapping[str, Any]) -> dict[str, Any]:
    used = row.get("facts") or {}
    told = {**row, "name": words.spoken(row["name"], row.get("name_en") or "")}
    if all(figures.sees(*BEHIND[name]) for name in used if name in BEHIND):
        return {**told, "basis": _basis(used, called)}
    return {**told, "points": None, "facts": {}, "trouble": "", "basis": MASK}


def _basis(used: Mapping[str, str], called: Mapping[str, Any]) -> str:
    return words.listed(f"{called.get(name, name)}: {Decimal(value).normalize():,f}" for name, value in used.items())


def graded(bands: list[dict[str, Any]], score: Decimal, facts: Mapping[str, Decimal]) -> tuple[str, Decimal]:
    """The highest grade whose points are reached, and the limit proposed with it; nothing when no band fits."""
    for row in bands:
        if score >= Decimal(row["least"] or 0):
            limit = _value(read(row["limit"]), {**facts, SCORE: score})[0] if row["limit"] else ZERO
            return str(row["grade"]), cents(max(limit, ZERO))
    return "", ZERO
