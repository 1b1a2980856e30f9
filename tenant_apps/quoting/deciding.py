"""Whether somebody may let a quote go out, and what is said when not (spec 2.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import holding
from kernel.access import Actor
from kernel.figures import figure, sees
from kernel.refusals import FieldError, Help, Refused
from kernel.specs import MASK
from tenant_apps.pricing import authority

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote

KEY = "quoting.quote"
FLOOR = ("catalog.item", "list_price", "floor_percent", "floor")
"""What a floor is told from: whoever does not see these does not read it in a sentence."""


def may_send(quote: Quote, by: Actor) -> bool:
    """Whether it is within somebody's own authority, or people have agreed to it."""
    return quote.level <= authority.level_of(by) or holding.agreed(quote)


def check(quote: Quote, by: Actor) -> None:
    """Refuse to let a quote go out that needs a higher authority; each reason with its line."""
    if may_send(quote, by):
        return
    findings = [one for one in quote.facts["findings"] if one["level"] > authority.level_of(by)]
    errors = [
        FieldError(f"lines.{one['line']}.discount", "below_floor" if one["what"] == "floor" else "authority", reason(one))
        for one in findings
        if one["line"] is not None
    ]
    told = {"level": authority.name_of(quote.level), "why": " ".join(dict.fromkeys(reason(one) for one in findings))}
    raise Refused(
        "below_floor" if quote.level == authority.BELOW_FLOOR else "authority",
        _t("It needs the agreement of: %(level)s. %(why)s Submit it, or change the price.") % told,
        errors=errors,
        help=[Help(_t("Submit"), f"{KEY}.submit", {"id": quote.pk})],
    )


def reason(finding: dict[str, Any]) -> str:
    """A finding in words, for the reader."""
    value, line = finding["value"], (finding["line"] or 0) + 1
    told = {"line": line, "value": value, "level": authority.name_of(finding["level"])}
    match finding["what"]:
        case "discount":
            return _t("Line %(line)s: a discount of %(value)s %% needs: %(level)s.") % told
        case "quote_discount":
            return _t("A discount of %(value)s %% on the whole needs: %(level)s.") % told
        case "floor":
            return _t("The floor of line %(line)s is %(floor)s.") % {
                "line": line,
                "floor": figure(Decimal(value), *FLOOR),
            }
        case "estimate":
            return _t("With its full cost the least is %(floor)s.") % {"floor": figure(Decimal(value), KEY, "cost_total")}
        case "margin":
            return _t("A margin of %(value)s %% needs: %(level)s.") % (told | {"value": value if sees(KEY, "margin_rate") else MASK})
        case "terms":
            return _t("%(value)s %% of the price is paid later than usual; it needs: %(level)s.") % told
    return _t("It is promised %(value)s days earlier than possible; it needs: %(level)s.") % told


def decide(quote: Quote, by: Actor, note: str) -> bool:
    """Note that somebody agrees; whether that is enough now. Nobody decides about their own quote but an administrator."""
    if by.id is not None and by.id == quote.owner and not by.is_admin:
        raise Refused("own", _t("This is your own quote. Somebody else has to decide about it."))
    agreed = [one for one in quote.facts.get("agreed", []) if one["by"] != by.id]
    parts = _parts(quote, by)
    if not parts:
        told = {"level": authority.name_of(quote.level), "own": authority.name_of(authority.level_of(by))}
        raise Refused("authority", _t("It needs the agreement of: %(level)s. Your authority is: %(own)s.") % told)
    agreed.append({"by": by.id, "as": parts, "note": note})
    quote.facts = {**quote.facts, "agreed": agreed}
    return _enough(quote, agreed)


def _parts(quote: Quote, by: Actor) -> list[str]:
    """In which capacity somebody can agree to this quote."""
    if authority.level_of(by) >= quote.level:
        return ["level"]
    if quote.level < authority.BELOW_FLOOR:
        return []
    return [right for right in (authority.BELOW, authority.COUNTERSIGN) if by.may(KEY, right)]


def _enough(quote: Quote, agreed: list[dict[str, Any]]) -> bool:
    """Below the floor two people are needed, one who may decide so and one who countersigns; else one of the level is enough."""
    if any("level" in one["as"] for one in agreed):
        return True
    deciders = {one["by"] for one in agreed if authority.BELOW in one["as"]}
    signers = {one["by"] for one in agreed if authority.COUNTERSIGN in one["as"]}
    return bool(deciders and signers and len(deciders | signers) > 1)
