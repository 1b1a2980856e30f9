"""Offering and signing confirmations, running and signing tests (P-I.6, P-I.9)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.refusals import Refused
from shared_apps.implementation.actions.project import NAME
from shared_apps.implementation.models import AcceptanceScript, Confirmation, ScriptStep

F, T = Confirmation.State, AcceptanceScript.State


@action(label=_("Offer for signature"), when=(F.DRAFT, F.REJECTED), then=F.OFFERED, style="primary", says=_("offered for signature"))
def offer(confirmation: Confirmation, *, by: Actor, at: datetime) -> None:
    """Ask the company to confirm it as it stands."""
    if not confirmation.text and not confirmation.drawing:
        raise Refused("empty", _t("There is nothing to sign yet. Write the text, or add the steps of the flow."))


@action(label=_("Sign"), when=F.OFFERED, then=F.SIGNED, style="primary", says=_("signed"), params=NAME)
def sign(confirmation: Confirmation, *, by: Actor, at: datetime, name: str) -> None:
    """Confirm it for the company with your name; what stands there is sealed."""
    confirmation.sign(by, at, name)


@action(
    label=_("Reject"),
    when=F.OFFERED,
    then=F.REJECTED,
    style="danger",
    says=_("rejected"),
    params={"reason": {"label": _("What is wrong"), "type": "long"}},
)
def reject(confirmation: Confirmation, *, by: Actor, at: datetime, reason: str) -> None:
    """It does not say what is needed."""
    confirmation.remark = reason


@action(
    label=_("Change it"),
    when=F.SIGNED,
    then=F.DRAFT,
    confirm=_("The signature becomes void and has to be given again. Go on?"),
    says=_("taken back, signature void"),
    params={"reason": {"label": _("Reason"), "type": "long"}},
)
def revise(confirmation: Confirmation, *, by: Actor, at: datetime, reason: str) -> None:
    """Change what was signed; the signature becomes void."""
    confirmation.void()


@action(label=_("Ready for the test"), when=T.DRAFT, then=T.READY, style="primary", says=_("ready for the test"))
def ready(script: AcceptanceScript, *, by: Actor, at: datetime) -> None:
    """Let the company's people run it."""
    if not script.steps.exists():
        raise Refused("empty", _t("There is nothing to do in this script. Add a step first."))


@action(label=_("Sign the test"), when=T.READY, style="primary", says=_("tested"), params=NAME)
def finish(script: AcceptanceScript, *, by: Actor, at: datetime, name: str) -> None:
    """Sign the results; the test is passed when every step came out as expected."""
    results = set(script.steps.values_list("result", flat=True))
    if ScriptStep.Result.OPEN in results:
        raise Refused("steps_open", _t("Some steps have no result yet. Enter it for each, then sign."))
    script.sign(by, at, name)
    set_state(script, T.FAILED if ScriptStep.Result.WRONG in results else T.PASSED)


@action(label=_("Test again"), when=(T.PASSED, T.FAILED), then=T.READY, says=_("to be tested again"))
def again(script: AcceptanceScript, *, by: Actor, at: datetime) -> None:
    """What was wrong is mended, or what passed has changed: all results are open again, the signature is void."""
    script.steps.update(result=ScriptStep.Result.OPEN)
    script.void()
