"""Who may do what with an approval itself, and why not just now: asked before it is offered and again when it is done (spec 2.14)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kernel.access import Actor
from kernel.refusals import Refused
from tenant_apps.approvals.models import Approval, Flow, Task

S = Approval.State
URGED_EVERY = timedelta(hours=1)
INITIATORS = frozenset({"withdraw"})
RESCUES = frozenset({"jump", "replace", "rerun", "cancel"})
EITHERS = frozenset({"urge", "retry"})
"""For whoever asked for it, and for an administrator."""
NOT_YOURS = "not_yours"


def check(approval: Approval, verb: str, by: Actor, at: datetime) -> None:
    """Refuse a verb of an approval to whom, or at the moment when, it is not allowed."""
    refused = refusal(approval, verb, by, at)
    if refused is not None:
        raise refused


def refusal(approval: Approval, verb: str, by: Actor, at: datetime, fixed: Collection[int] | None = None) -> Refused | None:
    """What would be said to this person now; None when they may. `fixed` are approvals known to be past withdrawing, else it is asked."""
    own = by.id is None or approval.owner == by.id
    if verb in INITIATORS and not own:
        return Refused(NOT_YOURS, _("Only whoever asked for it can do that."), status=403)
    if (verb in RESCUES or (verb in EITHERS and not own)) and by.id is not None and not by.is_admin:
        return Refused(NOT_YOURS, _("Only an administrator can do that."), status=403)
    if verb == "withdraw" and approval.pk in (past_withdrawing([approval]) if fixed is None else fixed):
        return Refused("decided_already", _("Somebody has decided already. Ask whoever has it now to refuse it or send it back to you."))
    if verb == "urge" and approval.urged_at is not None and at - approval.urged_at < URGED_EVERY:
        minutes = int((approval.urged_at + URGED_EVERY - at).total_seconds() // 60) + 1
        return Refused("too_soon", _("They were reminded not long ago. You can remind them again in %(n)d minutes.") % {"n": minutes})
    return None


def past_withdrawing(approvals: Iterable[Approval]) -> frozenset[int]:
    """Running ones that somebody has decided about since they were last with whoever asked, where the flow lets nobody withdraw then."""
    keys = [one.pk for one in approvals if one.state == S.RUNNING]
    if not keys:
        return frozenset()
    back = Task.objects.filter(approval__in=keys, kind=Task.Kind.RESUBMIT, state=Task.State.ACTIVE)
    decided = Task.objects.filter(
        approval__in=keys, approval__flow__withdrawal=Flow.Withdrawal.BEFORE_FIRST, decided_at__isnull=False
    ).exclude(kind__in=(Task.Kind.COPY, Task.Kind.RESUBMIT))
    return frozenset(decided.exclude(approval__in=back.values("approval")).values_list("approval", flat=True))


def refusals(approval: Approval, verbs: Iterable[str], by: Actor, at: datetime, fixed: Collection[int] | None = None) -> dict[str, Refused]:
    """Those of the verbs that would be refused, each with what would be said."""
    found = {verb: refusal(approval, verb, by, at, fixed) for verb in verbs}
    return {verb: refused for verb, refused in found.items() if refused is not None}
