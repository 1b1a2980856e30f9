"""Going on from stage to stage, quoting, winning and losing (W-4.1.4)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import saving
from kernel.access import Actor
from kernel.actions import action, move
from kernel.differences import snapshot
from kernel.documents import coming_from
from kernel.money import HUNDRED, ZERO
from kernel.refusals import Refused
from tenant_apps.crm.actions import activities
from tenant_apps.crm.models import IndustryCompany, Opportunity, Stage
from tenant_apps.crm.models.opportunity import stage_of, stages
from tenant_apps.quoting import estimating
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.models import EstimateLine, Quote, QuoteLine

S = Opportunity.State
CANCELLED = "cancelled"
"""Of the reasons for which something is lost."""


def come_to(opportunity: Opportunity, stage: Stage, on: date) -> None:
    opportunity.come_to(stage_of(opportunity.stage_id) if opportunity.stage_id else None, stage, on)


@action(label=_("Next stage"), when=S.OPEN, style="primary", says=_("went on"))
def advance(opportunity: Opportunity, *, by: Actor, at: datetime) -> None:
    """On to the next stage of the pipeline."""
    keys = [stage.pk for stage in stages()]
    place = keys.index(opportunity.stage_id) if opportunity.stage_id in keys else -1
    if place + 1 >= len(keys):
        raise Refused("last_stage", _t("This is the last stage. Mark it as won or lost."))
    come_to(opportunity, stages()[place + 1], at.date())


@action(label=_("To stage"), when=S.OPEN, bulk=True, says=_("went to another stage"), params={"stage": {"label": _("Stage")}})
def to_stage(opportunity: Opportunity, *, by: Actor, at: datetime, stage: Stage) -> None:
    """To any stage, forward with the checklist done, back freely."""
    come_to(opportunity, stage, at.date())


@action(
    label=_("Tick"),
    when=S.OPEN,
    says=_("ticked"),
    params={"item": {"label": pgettext_lazy("checklist", "Item")}, "done": {"label": _("Done")}},
)
def tick(opportunity: Opportunity, *, by: Actor, at: datetime, item: str, done: bool = True) -> None:
    """Tick an item of the stage's checklist, or of one that comes later, or take the tick back."""
    stage = stage_of(opportunity.stage_id) if opportunity.stage_id else None
    ahead = [stage, *(one for one in stages() if one.place > stage.place)] if stage else []
    meant = next((found for one in ahead if (found := one.meant(item))), None)
    if meant is None:
        raise Refused("not_on_the_list", _t("“%(item)s” does not stand on the checklist of this stage.") % {"item": item[:80]})
    opportunity.ticked = [*(one for one in opportunity.ticked if one != meant), *([meant] if done else [])]


@action(
    label=_("Log a contact"), when=(S.OPEN, S.ON_HOLD), says=_("contacted"),
    params=activities.LOGGED,
)  # fmt: skip
def log(
    opportunity: Opportunity, *, by: Actor, at: datetime, kind: str = "visit", subject: str = "", text: str = "", result: str = "",
    next_step: str = "", next_on: date | None = None,
) -> None:  # fmt: skip
    """Write down a contact and what comes next."""
    about = {"opportunity_id": opportunity.pk, "partner_id": opportunity.customer_id, "contact_id": opportunity.contact_id}
    values = {
        "kind": kind,
        "subject": subject or opportunity.title,
        "text": text,
        "result": result,
        "next_step": next_step,
        "next_on": next_on,
    }
    opportunity.last_contact_on = at.date()
    activities.note(about, values, by=by, at=at)


@action(label=_("Make a quote"), when=S.OPEN, style="primary", opens=True, says=_("quoted"))
def quote(opportunity: Opportunity, *, by: Actor, at: datetime) -> None:
    """A quote of its products for its customer; the contract signed of it wins the opportunity."""
    rows = [QuoteLine(item_id=int(row["item"]["id"]), quantity=Decimal(row["quantity"])) for row in opportunity.products]
    values = {
        "customer_id": opportunity.customer_id, "contact_id": opportunity.contact_id, "title": opportunity.title,
        "owner": opportunity.owner, "unit": opportunity.unit, **coming_from(opportunity),
    }  # fmt: skip
    saving.create(Quote, values, {"lines": rows}, by=by, at=at)


@action(label=_("Estimate full cost"), when=S.OPEN, opens=True, says=_("full cost estimated"))
def estimate(opportunity: Opportunity, *, by: Actor, at: datetime) -> None:
    """What its products cost in full, before anything is offered."""
    rows = [EstimateLine(item_id=int(row["item"]["id"]), quantity=Decimal(row["quantity"])) for row in opportunity.products]
    estimating.begin(opportunity, opportunity.title, rows, by=by, at=at)


def close(opportunity: Opportunity, on: date, probability: Decimal) -> None:
    if probability == HUNDRED:
        opportunity.reached = max([opportunity.reached, *(stage.position for stage in stages())])
    opportunity.closed_on, opportunity.probability, opportunity.hold_until = on, probability, None
    opportunity.weigh()


@action(
    label=pgettext_lazy("opportunity", "Won"), when=(S.OPEN, S.ON_HOLD), then=S.WON, says=pgettext_lazy("opportunity", "won"),
    params={"amount": {"label": _("Amount")}},
)  # fmt: skip
def win(opportunity: Opportunity, *, by: Actor, at: datetime, amount: Decimal | None = None) -> None:
    """The customer has ordered. Happens by itself when a contract made of its quote is signed."""
    opportunity.amount = amount if amount is not None else opportunity.amount
    close(opportunity, at.date(), HUNDRED)


def won_by(pk: int, amount: Decimal, *, by: Actor, at: datetime) -> None:
    """The contract that came of it was signed; one that was given up is won all the same. A second contract adds to the first."""
    opportunity = saving.lock(Opportunity(pk=pk))
    before = snapshot(opportunity)
    opportunity.amount = amount + (opportunity.amount if opportunity.state == S.WON else ZERO)
    opportunity.lost_reason, opportunity.lost_to = "", None
    close(opportunity, opportunity.closed_on if opportunity.state == S.WON and opportunity.closed_on else at.date(), HUNDRED)
    move(opportunity, S.WON, by=by, at=at, before=before)


@action(
    label=pgettext_lazy("opportunity", "Lost"), when=(S.OPEN, S.ON_HOLD), then=S.LOST, style="danger", says=pgettext_lazy("opportunity", "lost"),
    params={
        "reason": {"label": _("Reason"), "type": "choice", "choices": LOST},
        "competitor": {"label": _("Lost to")}, "comment": {"label": _("Remark"), "type": "long"},
    },
)  # fmt: skip
def lose(
    opportunity: Opportunity, *, by: Actor, at: datetime, reason: str, competitor: IndustryCompany | None = None, comment: str = ""
) -> None:
    """Somebody else has it, or nobody; why and to whom is kept for the analysis."""
    opportunity.lost_reason, opportunity.lost_to = reason[:200], competitor
    close(opportunity, at.date(), ZERO)


def taken_back(pk: int, amount: Decimal, *, by: Actor, at: datetime) -> None:
    """The contract that came of it was terminated: what of it was not delivered is not won any more. Where nothing is left, the project was cancelled."""
    opportunity = saving.lock(Opportunity(pk=pk))
    if opportunity.state != S.WON or not amount:
        return
    before = snapshot(opportunity)
    if amount < opportunity.amount:
        opportunity.amount -= amount
        opportunity.weigh()
        saving.store(opportunity, by=by, at=at)
        return
    opportunity.lost_reason = CANCELLED
    close(opportunity, at.date(), ZERO)
    move(opportunity, S.LOST, by=by, at=at, before=before)


@action(
    label=_("Put on hold"), when=S.OPEN, then=S.ON_HOLD, says=_("on hold"), params={"until": {"label": _("Until")}, "reason": {"label": _("Reason")}}
)  # fmt: skip
def hold(opportunity: Opportunity, *, by: Actor, at: datetime, until: date | None = None, reason: str = "") -> None:
    """It rests; the forecast does not count it meanwhile."""
    opportunity.hold_until = until


@action(label=_("Take up again"), when=(S.ON_HOLD, S.LOST), then=S.OPEN, says=_("taken up again"))
def reopen(opportunity: Opportunity, *, by: Actor, at: datetime) -> None:
    """It goes on where it stood."""
    opportunity.hold_until = opportunity.closed_on = None
    opportunity.lost_reason, opportunity.lost_to = "", None
    opportunity.probability = stage_of(opportunity.stage_id).probability if opportunity.stage_id else ZERO
    opportunity.weigh()
