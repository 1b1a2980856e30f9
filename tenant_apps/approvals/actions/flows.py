"""Publishing a flow, going on with a new edition, and retiring it (W-1.4.1, W-1.4.3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from tenant_apps.approvals import checking, expanding
from tenant_apps.approvals.models import Flow

S = Flow.State


@action(label=_("Publish"), when=S.DRAFT, then=S.PUBLISHED, style="primary", says=_("published"))
def publish(flow: Flow, *, by: Actor, at: datetime) -> None:
    """Check the drawing and let it hold from now on; what runs already goes on under the edition it began with."""
    checking.whole(flow)
    former = Flow.objects.filter(series=flow.series, state=S.PUBLISHED).exclude(pk=flow.pk).first() if flow.series else None
    if former is not None:
        retire(former, by=by, at=at)
    flow.series = flow.series or flow.pk
    flow.edition = (former.edition if former else _last(flow)) + 1
    flow.plan, flow.published_at = expanding.expanded(flow.drawing), at


def _last(flow: Flow) -> int:
    return max(Flow.objects.filter(series=flow.series).values_list("edition", flat=True), default=0)


@action(
    label=_("Retire"),
    when=S.PUBLISHED,
    then=S.RETIRED,
    style="danger",
    says=_("retired"),
    confirm=_("The action needs no approval any more. Continue?"),
)
def retire(flow: Flow, *, by: Actor, at: datetime) -> None:
    """Switch it off; what runs already is decided to its end."""


@action(label=_("New edition"), when=(S.PUBLISHED, S.RETIRED), opens=True, says=_("opened for a new edition"))
def revise(flow: Flow, *, by: Actor, at: datetime) -> None:
    """Go on drawing in a copy; the published edition holds until the copy is published."""
    if Flow.objects.filter(series=flow.series, state=S.DRAFT).exists():
        raise Refused("draft_there", _t("There is a draft of the next edition already. Go on in that one."))
    names = ("name", "resource", "verb", "company_id", "priority", "condition", "withdrawal", "drawing", "series")
    saving.create(Flow, {name: getattr(flow, name) for name in names}, by=by, at=at)
