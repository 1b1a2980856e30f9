"""Evaluating customers and taking the grade over (P-A.5, P-A.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving
from kernel.access import Actor
from kernel.actions import action, move
from kernel.refusals import Refused
from tenant_apps.crm import facts
from tenant_apps.crm.measures import graded, points
from tenant_apps.crm.models import Evaluation, EvaluationModel
from tenant_apps.partners.models import Partner

S = Evaluation.State
MOST = 5000


def evaluate(model: EvaluationModel, partners: list[Partner], *, by: Actor, at: datetime) -> list[Evaluation]:
    """One evaluation for each, from facts gathered for all at once."""
    known = facts.of([partner.pk for partner in partners], at.date())
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for partner in partners:
        score, detail = points(model.factors, known[partner.pk])
        grade, limit = graded(model.bands, score, known[partner.pk])
        values = {
            "partner_id": partner.pk, "model_id": model.pk, "score": score, "grade": grade, "grade_before": partner.grade, "proposed_limit": limit, "detail": detail,
            "owner": partner.owner, "unit": partner.unit,
        }  # fmt: skip
        rows.append((values, {}))
    return saving.create_many(Evaluation, rows, by=by, at=at)


@action(label=_("Evaluate all"), confirm=_("Evaluate all customers this model is for?"), style="primary", says=_("evaluated all"))
def run(model: EvaluationModel, *, by: Actor, at: datetime) -> None:
    """One proposal for every customer, or dealer, this model is for."""
    partners = list(Partner.objects.filter(kind=model.kind, active=True).order_by("pk")[: MOST + 1])
    if len(partners) > MOST:
        raise Refused("too_many", _t("These are more than %(n)d customers. Evaluate them one by one or in parts.") % {"n": MOST})
    if not model.active:
        raise Refused("not_active", _t("This model is switched off."))
    evaluate(model, partners, by=by, at=at)


@action(label=_("Adopt the grade"), when=S.PROPOSED, then=S.ADOPTED, style="primary", bulk=True, says=_("adopted"))
def adopt(evaluation: Evaluation, *, by: Actor, at: datetime) -> None:
    """The customer has this grade, and the credit limit proposed with it, from now on; the proposal adopted before is history."""
    if not evaluation.grade:
        raise Refused("no_grade", _t("No grade of the model fits %(score)s points.") % {"score": evaluation.score})
    for earlier in Evaluation.objects.filter(partner=evaluation.partner_id, model=evaluation.model_id, state=S.ADOPTED):
        move(saving.lock(earlier), S.SUPERSEDED, by=by, at=at)
    limit = {"credit_limit": evaluation.proposed_limit} if _names_limit(evaluation) else {}
    saving.change(Partner(pk=evaluation.partner_id), {"grade": evaluation.grade, **limit}, by=by, at=at)


def _names_limit(evaluation: Evaluation) -> bool:
    """Whether the band says what may be owed, were it nothing: where it does not, the limit stays as it is."""
    return bool(evaluation.proposed_limit) or any(row["grade"] == evaluation.grade and row["limit"] for row in evaluation.model.bands)


@action(label=_("Set aside"), when=S.PROPOSED, then=S.SUPERSEDED, bulk=True, says=_("set aside"))
def set_aside(evaluation: Evaluation, *, by: Actor, at: datetime) -> None:
    """The grade stays as it was."""
