"""Making and adopting estimates of full cost (P-A.11, P-A.12)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from kernel.refusals import Refused
from tenant_apps.quoting.models import Estimate, EstimateLine, Quote, QuoteLine

S = Estimate.State


@action(label=_("Estimate full cost"), when=Quote.State.DRAFT, opens=True, says=_("full cost estimated"))
def estimate(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Begin an estimate with the materials of its lines; once adopted, its full cost decides about margin and floor."""
    lines = [line for line in statements.lines(QuoteLine)(quote.pk) if line.counted]
    rows = [EstimateLine(item_id=line.item_id, description=line.description, quantity=line.quantity) for line in lines]
    values = {
        "title": quote.title or quote.number, "customer_id": quote.customer_id, "quote": quote, "owner": quote.owner, "unit": quote.unit,
        **coming_from(quote),
    }  # fmt: skip
    saving.create(Estimate, values, {"lines": rows}, by=by, at=at)


@action(label=_("Adopt"), when=S.DRAFT, then=S.ADOPTED, style="primary", says=_("adopted"))
def adopt(found: Estimate, *, by: Actor, at: datetime) -> None:
    """Settle it; the margin and the floor of its quote follow from its full cost."""
    if found.quote is None:
        return
    if found.quote.state != Quote.State.DRAFT:
        raise Refused("wrong_state", _t("%(quote)s has gone out. Make a new revision and name it here.") % {"quote": found.quote})
    saving.change(found.quote, {"estimate_cost": found.total_cost}, by=by, at=at)


@action(label=_("Reopen"), when=S.ADOPTED, then=S.DRAFT, says=_("reopened"))
def reopen(found: Estimate, *, by: Actor, at: datetime) -> None:
    """Change it again; the quote keeps the cost adopted last until it is adopted anew."""
