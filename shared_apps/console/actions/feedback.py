"""From what somebody reports to its answer and the release that brings it (W-2.1.4)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from shared_apps.console.models import Feedback, Release

S = Feedback.State
OPEN = (S.NEW, S.CLASSIFIED, S.ANSWERED)


@action(
    label=_("Classify"), when=(S.NEW, S.CLASSIFIED), then=S.CLASSIFIED, style="primary", says=_("classified"),
    params={
        "kind": {"label": _("Kind"), "type": "choice", "choices": tuple(Feedback.Kind.choices)},
        "severity": {"label": _("Severity"), "type": "choice", "choices": tuple(Feedback.Severity.choices)},
        "area": {"label": _("Area")},
    },
)  # fmt: skip
def classify(feedback: Feedback, *, by: Actor, at: datetime, kind: str, severity: str, area: str = "") -> None:
    """Say what it is and how urgent; the promised time of the answer follows from the severity."""
    feedback.kind, feedback.severity, feedback.area = kind, severity, area[:60]
    feedback.owner = feedback.owner if feedback.owner and feedback.owner != feedback.created_by else by.id
    feedback.promise()


@action(
    label=_("Answer"), when=OPEN, then=S.ANSWERED, style="primary", says=_("answered"),
    params={"text": {"label": _("Answer"), "type": "long"}},
)  # fmt: skip
def reply(feedback: Feedback, *, by: Actor, at: datetime, text: str) -> None:
    """Tell the one who reported it."""
    feedback.answer, feedback.answered_at = text, at


@action(label=_("Delivered with a release"), when=OPEN, then=S.RELEASED, says=_("released"), params={"release": {"label": _("Release")}})
def deliver(feedback: Feedback, *, by: Actor, at: datetime, release: Release) -> None:
    """The release named here brings it; that is an answer, too."""
    feedback.release, feedback.answered_at = release, feedback.answered_at or at


@action(
    label=_("Decline"),
    when=OPEN,
    then=S.DECLINED,
    style="danger",
    says=_("declined"),
    params={"reason": {"label": _("Reason"), "type": "long"}},
)
def decline(feedback: Feedback, *, by: Actor, at: datetime, reason: str) -> None:
    """Say that it will not be done, and why."""
    feedback.answer, feedback.answered_at = reason, at


@action(label=_("Close"), when=(S.ANSWERED, S.RELEASED, S.DECLINED), then=S.CLOSED, says=_("closed"))
def close(feedback: Feedback, *, by: Actor, at: datetime) -> None:
    """It is settled for the one who reported it."""


@action(
    label=_("Open again"),
    when=(S.ANSWERED, S.RELEASED, S.DECLINED, S.CLOSED),
    then=S.CLASSIFIED,
    says=_("opened again"),
    params={"reason": {"label": _("Reason"), "type": "long"}},
)
def reopen(feedback: Feedback, *, by: Actor, at: datetime, reason: str) -> None:
    """It is not settled after all; the reason joins the description."""
    feedback.text = f"{feedback.text}\n\n— {by.name}: {reason}"
