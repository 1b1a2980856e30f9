"""Refusing what needs a higher authority, in words; for quotes and contracts alike (spec 2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t

from kernel.access import Actor
from kernel.figures import figure, sees
from kernel.refusals import FieldError, Help, Refused
from kernel.specs import MASK
from tenant_apps.pricing import authority

KEY = authority.KEY
FLOOR = ("catalog.item", "list_price", "floor_percent", "floor")
"""What a floor is told from: whoever does not see these does not read it in a sentence."""


def refuse(level: int, findings: Iterable[Mapping[str, Any]], by: Actor, way: str, help: list[Help]) -> None:
    """Say whose agreement it needs and why, each reason with its line, and how to go on."""
    findings = [one for one in findings if one["level"] > authority.level_of(by)]
    errors = [
        FieldError(f"lines.{one['line']}.discount", "below_floor" if one["what"] == "floor" else "authority", reason(one))
        for one in findings
        if one["line"] is not None
    ]
    why = " ".join(dict.fromkeys(reason(one) for one in findings))
    told = _t("It needs the agreement of: %(level)s. %(why)s") % {"level": authority.name_of(level), "why": why}
    code = "below_floor" if level == authority.BELOW_FLOOR else "authority"
    raise Refused(code, f"{told} {way}", errors=errors, help=help)


def reason(finding: Mapping[str, Any]) -> str:
    """A finding in words, for the reader."""
    value, line, currency = finding["value"], (finding["line"] or 0) + 1, finding.get("currency", "CNY")
    told = {"line": line, "value": value, "level": authority.name_of(finding["level"])}
    discount = told | {"value": value if sees(KEY, "discount") else MASK}
    match finding["what"]:
        case "discount":
            return _t("Line %(line)s: a discount of %(value)s %% needs: %(level)s.") % discount
        case "quote_discount":
            return _t("A discount of %(value)s %% on the whole needs: %(level)s.") % discount
        case "floor":
            return _t("The floor of line %(line)s is %(floor)s.") % {
                "line": line,
                "floor": figure(Decimal(value), *FLOOR, currency=currency),
            }
        case "estimate":
            return _t("With its full cost the least is %(floor)s.") % {"floor": figure(Decimal(value), KEY, "cost_total")}
        case "margin":
            return _t("A margin of %(value)s %% needs: %(level)s.") % (told | {"value": value if sees(KEY, "margin_rate") else MASK})
        case "terms":
            return _t("%(value)s %% of the price is paid later than usual; it needs: %(level)s.") % told
    return _t("It is promised %(value)s days earlier than possible; it needs: %(level)s.") % told
