"""Making, adopting and revising estimates of full cost (P-A.11, P-A.12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import Sourced, coming_from
from kernel.money import ZERO
from kernel.refusals import Refused
from tenant_apps.pricing import configured
from tenant_apps.quoting import estimated
from tenant_apps.quoting.models import Estimate, EstimateLine, Quote, QuoteLine
from tenant_apps.quoting.parameters import LABOUR_RATE

S, K = Estimate.State, EstimateLine.Kind
LONGEST = 200
COPIED = ("kind", "item_id", "description", "quantity", "unit_cost", "formula")
KEPT = (
    "title", "customer_id", "quote_id", "owner", "unit", "custom", "risk_percent", "finance_rate", "finance_days", "tax_percent", "target_margin", "vat_rate",
    "remark",
)  # fmt: skip


@action(label=_("Estimate full cost"), when=Quote.State.DRAFT, opens=True, says=_("full cost estimated"))
def estimate(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Begin an estimate with the parts of its lines; once adopted, its full cost decides about margin and floor."""
    lines = [line for line in statements.lines(QuoteLine)(quote.pk) if line.counted]
    configured.look_up(lines)
    begin(quote, quote.title, [row for line in lines for row in _costs(line)], by=by, at=at, quote=quote)


def begin(of: Sourced, title: str, rows: Sequence[EstimateLine], *, by: Actor, at: datetime, **more: Any) -> Estimate:
    """An estimate for a quote, or for a project before there is one."""
    values = {"title": title or of.number, "customer_id": getattr(of, "customer_id", None), "owner": of.owner, "unit": of.unit, **more}
    return saving.create(Estimate, values | coming_from(of), {"lines": rows}, by=by, at=at)


def _costs(line: QuoteLine) -> Iterable[EstimateLine]:
    """What a line costs: an item at its standard cost; a configured machine part by part, and its hours where they are costed apart."""
    if line.configuration is None:
        yield EstimateLine(item_id=line.item_id, description=line.description, quantity=line.quantity)
        return
    parts, hours = configured.costs(line.configuration)
    rest = (line.configuration.cost or ZERO) - sum((cost for _name, cost in parts), ZERO)
    for name, cost in (*parts, (str(line.configuration), rest)):
        if cost:
            yield EstimateLine(description=name[:LONGEST], quantity=line.quantity, unit_cost=cost)
    rate = LABOUR_RATE.value()
    for name, needed in hours if rate else ():
        yield EstimateLine(kind=K.LABOUR, description=name[:LONGEST], quantity=needed * line.quantity, unit_cost=rate)


@action(label=_("Adopt"), when=S.DRAFT, then=S.ADOPTED, style="primary", says=_("adopted"))
def adopt(found: Estimate, *, by: Actor, at: datetime) -> None:
    """Settle it; the margin and the floor of its quote follow from its full cost, as long as its goods and quantities stay."""
    if found.quote is None:
        return
    quote = saving.lock(found.quote)
    if quote.state != Quote.State.DRAFT:
        raise Refused("wrong_state", _t("%(quote)s has gone out. Make a new revision and name it here.") % {"quote": quote})
    facts = {**quote.facts, "estimated": estimated.mark(statements.lines(QuoteLine)(quote.pk))}
    saving.change(quote, {"estimate_cost": found.total_cost, "facts": facts}, by=by, at=at)


@action(label=_("Reopen"), when=S.ADOPTED, then=S.DRAFT, says=_("reopened"))
def reopen(found: Estimate, *, by: Actor, at: datetime) -> None:
    """Change it again; the quote keeps the cost adopted last until it is adopted anew."""


@action(label=_("New version"), when=(S.DRAFT, S.ADOPTED), then=S.SUPERSEDED, opens=True, says=_("new version begun"))
def revise(found: Estimate, *, by: Actor, at: datetime) -> None:
    """Go on with a copy under the same number; this one stays readable and can be compared."""
    lines = [EstimateLine(**{name: getattr(line, name) for name in COPIED}) for line in statements.lines(EstimateLine)(found.pk)]
    values = {name: getattr(found, name) for name in KEPT} | found.following() | coming_from(found)
    saving.create(Estimate, values, {"lines": lines}, by=by, at=at)
