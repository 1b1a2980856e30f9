"""The usual payment schemes (spec 5.1), and a library of clauses to begin with."""

from __future__ import annotations

import tomllib
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kernel import saving, words
from kernel.access import Actor
from tenant_apps.contracts.models import Clause, Scheme, Term

HALF_PERCENT = Decimal("0.5")


def stages() -> dict[str, list[dict[str, Any]]]:
    """30/60/10: deposit within 7 days of signing blocks production; 60 % within 5 days of the ready-to-ship notice blocks delivery
    (0.5 % tolerance); 10 % retention 12 months after acceptance, or 15 after shipment."""
    deposit = {
        "name": _("Deposit"),
        "kind": Term.Kind.DEPOSIT,
        "trigger": Term.Trigger.SIGNED,
        "offset_days": 7,
        "gate": Term.Gate.PRODUCTION,
    }
    shipment = {
        "name": _("Before shipment"),
        "kind": Term.Kind.SHIPMENT,
        "trigger": Term.Trigger.READY,
        "offset_days": 5,
        "gate": Term.Gate.DELIVERY,
        "tolerance": HALF_PERCENT,
    }
    retention = {
        "name": _("Retention"),
        "kind": Term.Kind.RETENTION,
        "trigger": Term.Trigger.ACCEPTED,
        "offset_months": 12,
        "fallback_months": 15,
    }
    frozen = {"name": _("Design frozen"), "kind": Term.Kind.PROGRESS, "trigger": Term.Trigger.RELEASED}
    return {
        "30/60/10": [deposit | {"percent": 30}, shipment | {"percent": 60}, retention | {"percent": 10}],
        "30/30/30/10": [deposit | {"percent": 30}, frozen | {"percent": 30}, shipment | {"percent": 30}, retention | {"percent": 10}],
        _("100% before shipment"): [shipment | {"percent": 100}],
        _("100% 30 days after shipment"): [
            {"name": _("Full payment"), "kind": Term.Kind.PROGRESS, "percent": 100, "trigger": Term.Trigger.SHIPPED, "offset_days": 30}
        ],
    }


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    rows = [({"name": name, "default": position == 0}, {"lines": lines}) for position, (name, lines) in enumerate(stages().items())]
    saving.create_many(Scheme, rows, by=by, at=at)
    saving.create_many(Clause, [(values, {}) for values in clauses()], by=by, at=at)


def clauses() -> list[dict[str, Any]]:
    """The clauses of the library, titled in the company's language, with both texts."""
    return [
        {
            "subject": one["subject"],
            "risk": one["risk"],
            "title": words.spoken(one["title"]["zh"], one["title"]["en"]),
            "text": words.spoken(one["zh"], one["en"]),
            "text_en": one["en"],
        }
        for one in _library()
    ]


@cache
def _library() -> list[dict[str, Any]]:
    return list(tomllib.loads(Path(__file__).with_name("clauses.toml").read_text(encoding="utf-8"))["clause"])
