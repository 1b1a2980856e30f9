"""Whom the initiator wants asked, at the steps that leave it to them (spec 2.14): said when it is submitted, or it is not taken."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import words
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.approvals import approvers, simulating
from tenant_apps.approvals.drawing import Drawing, Node
from tenant_apps.approvals.engine import Engine
from tenant_apps.approvals.models import Approval
from tenant_apps.approvals.running import begun, drawing_of
from tenant_apps.organization import chart

SOURCE = "chosen"
MOST = 20


def ask(approval: Approval, document: Any, at: datetime) -> None:
    """Refuse what does not say who decides at each of the steps on its way where the initiator chooses."""
    drawing = drawing_of(approval.flow_id)
    open_ = [node for node in drawing.nodes.values() if any(one.get("source") == SOURCE for one in node.given.get("who") or ())]
    if not open_:
        return
    _check(approval, {node.id: node for node in open_})
    asked = _on_the_way(approval, document, drawing, open_, at)
    missing = [node for node in asked if not approval.chosen.get(node.id)]
    if missing:
        raise Refused(
            "choose_people",
            _("Choose who decides at: %(steps)s.") % {"steps": words.listed(node.title for node in missing)},
            status=422,
            errors=[FieldError(f"_chosen.{node.id}", "required", _("Name at least one colleague.")) for node in missing],
            extra={"choose": [{"node": node.id, "label": node.title} for node in asked]},
        )


def _check(approval: Approval, known: Mapping[str, Node]) -> None:
    """Only colleagues who are here, at steps that leave the choice open; whoever asks does not decide."""
    here, wrong = chart.chart().people, []
    for key, members in approval.chosen.items():
        path = f"_chosen.{key}"[:100]
        if key not in known:
            wrong.append(FieldError(path, "not_found", _("Nobody is chosen at this step.")))
        elif not isinstance(members, list) or len(members) > MOST or not all(type(one) is int and one in here for one in members):
            wrong.append(FieldError(path, "not_found", _("It is not known here. Please choose it from the list.")))
        elif known[key].kind == "approve" and approval.owner in members:
            wrong.append(FieldError(path, "initiator", _("Whoever asked for it does not decide it. Choose somebody else.")))
    if wrong:
        raise Invalid(wrong)


def _on_the_way(approval: Approval, document: Any, drawing: Drawing, open_: list[Node], at: datetime) -> list[Node]:
    """Those of the steps that this very document comes to if everybody agrees."""
    trial = copy(approval)
    trial.chosen = {node.id: approvers.admins()[:1] for node in open_} | approval.chosen
    engine = Engine(drawing, begun(trial), simulating.Imagined(trial, document, at))
    simulating.led(engine)
    return [node for node in open_ if node.id in engine.state["path"]]
