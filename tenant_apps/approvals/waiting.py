"""Steps that wait until something has happened to their document."""

from __future__ import annotations

from kernel import calls, clock, config, saving
from kernel.access import SYSTEM
from kernel.models import Event
from tenant_apps.approvals.models import Approval, Flow
from tenant_apps.approvals.running import Step
from tenants.context import PUBLIC


def awaited(kind: str) -> bool:
    """Whether a flow of this company waits for such events; the platform has no flows."""
    return config.schema() != PUBLIC and kind in config.cached("approval-events", _kinds)


def _kinds() -> frozenset[str]:
    plans = Flow.objects.exclude(state=Flow.State.DRAFT).filter(plan__nodes__contains=[{"kind": "wait"}]).values_list("plan", flat=True)
    return frozenset(node.get("event", "") for plan in plans for node in plan.get("nodes", ()) if node["kind"] == "wait")


def resume(event: Event) -> None:
    """Let the approvals go on that wait for this on a document the event is about."""
    for ref in event.refs:
        key, _colon, pk = ref.rpartition(":")
        for found in Approval.objects.filter(resource=key, subject_id=int(pk), state=Approval.State.RUNNING).values_list("pk", flat=True):
            with calls.call():
                approval = saving.lock(Approval(pk=found))
                step = Step(approval, by=SYSTEM, at=clock.now())
                if approval.state == Approval.State.RUNNING and step.engine.happened(event.kind):
                    step.keep()
