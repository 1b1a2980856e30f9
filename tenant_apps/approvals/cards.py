"""What somebody is asked to decide, on their home page (WF-2.4b)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.access import Actor
from kernel.cards import card
from tenant_apps.approvals import inbox

SHOWN = 8


@card("approvals", _("To decide"), kind="list", needs="approvals.task", order=19)
def approvals(actor: Actor, on: date) -> dict[str, Any]:
    """What waits for this member's decision, newest first."""
    return {"rows": [_row(one) for one in inbox.page(actor, {"limit": str(SHOWN)}, clock.now())["rows"]]}


def _row(told: dict[str, Any]) -> dict[str, Any]:
    document, late = told["document"], told["late"]
    place = (
        {"_key": "approvals.approval", "id": told["approval"]}
        if document["id"] is None
        else {"_key": document["_key"], "id": document["id"]}
    )
    tag = {"label": _t("late"), "color": "red"} if late else {"label": told["verb_label"], "color": "blue"}
    shown = {**place, "label": document["label"], "sub": f"{told['resource_label']} · {told['by']['label']}", "tag": tag}
    return shown | ({"amount": told["amount"]} if told["amount"] is not None else {}) | ({"date": told["due"][:10]} if told["due"] else {})
