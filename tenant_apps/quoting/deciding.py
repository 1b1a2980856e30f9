"""Whether somebody may let a quote go out, and what is said when not (spec 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import clock, holding
from kernel.access import Actor
from kernel.figures import sees
from kernel.refusals import Help, Refused
from tenant_apps.partners import agencies
from tenant_apps.partners.models import Partner
from tenant_apps.pricing import allowing, authority
from tenant_apps.quoting import estimated, outdated, promising

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote

KEY = allowing.KEY


def may_send(quote: Quote, by: Actor) -> bool:
    """Whether it is within somebody's own authority, or people have agreed to it."""
    return quote.level <= authority.level_of(by) or holding.agreed(quote)


def check(quote: Quote, by: Actor) -> None:
    """Refuse to let a quote go out that needs a higher authority; each reason with its line."""
    if may_send(quote, by):
        return
    help = [Help(_t("Submit"), f"{KEY}.submit", {"id": quote.pk})]
    allowing.refuse(quote.level, quote.facts["findings"], by, _t("Submit it, or change the price."), help)


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Of a quote as it was read: the level it needs and why, list price and floor of the whole, the least by its full cost where that was
    estimated, the longest lead time, and what to mind: goods not sold like this any more, a promise that is too short, brands offered out of their territory. Figures that the reader may not see are left out."""
    facts, level = row.get("facts") or {}, row.get("level") or 1
    costs = sees(KEY, "cost_total")
    apart = "least" in facts or row.get("estimate_cost") is None
    brands = facts.get("brands") or ()
    buyer = Partner.objects.filter(pk=row["customer_id"]).first() if brands else None
    said = agencies.warnings(brands, buyer, clock.now().date()) if buyer else {}
    foreign = [{"code": "territory", "detail": sentence} for sentence in said.values()]
    return {
        "level": level, "name": authority.name_of(level), "why": [allowing.reason(one) for one in facts.get("findings", [])],
        "full": facts.get("full") if sees(KEY, "total", "list_price") else None,
        "floor": facts.get("floor") if sees(*allowing.FLOOR) and (apart or costs) else None,
        "least": facts.get("least") if costs else None,
        "lead": promising.told(row, facts),
        "warnings": [*outdated.warnings(facts), *estimated.warnings(facts), *promising.warnings(row, facts), *foreign],
    }  # fmt: skip


def decide(quote: Quote, by: Actor, note: str) -> bool:
    """Note that somebody agrees; whether that is enough now. Nobody decides about their own quote but an administrator."""
    why = against(quote.level, quote.owner, by)
    if why:
        raise Refused(*why)
    agreed = [one for one in quote.facts.get("agreed", []) if one["by"] != by.id]
    agreed.append({"by": by.id, "as": _parts(quote.level, by), "note": note})
    quote.facts = {**quote.facts, "agreed": agreed}
    return _enough(quote, agreed)


def against(level: int, owner: int | None, by: Actor) -> tuple[str, str] | None:
    """Why somebody cannot decide about a quote: a code and a sentence."""
    if by.id is not None and by.id == owner and not by.is_admin:
        return "own", _t("This is your own quote. Somebody else has to decide about it.")
    if _parts(level, by):
        return None
    told = {"level": authority.name_of(level), "own": authority.name_of(authority.level_of(by))}
    return "authority", _t("It needs the agreement of: %(level)s. Your authority is: %(own)s.") % told


def _parts(level: int, by: Actor) -> list[str]:
    """In which capacity somebody can agree to a quote of a level."""
    if authority.level_of(by) >= level:
        return ["level"]
    if level < authority.BELOW_FLOOR:
        return []
    return [right for right in (authority.BELOW, authority.COUNTERSIGN) if by.may(KEY, right)]


def _enough(quote: Quote, agreed: list[dict[str, Any]]) -> bool:
    """Below the floor two people are needed, one who may decide so and one who countersigns; else one of the level is enough."""
    if any("level" in one["as"] for one in agreed):
        return True
    deciders = {one["by"] for one in agreed if authority.BELOW in one["as"]}
    signers = {one["by"] for one in agreed if authority.COUNTERSIGN in one["as"]}
    return bool(deciders and signers and len(deciders | signers) > 1)
