"""Projects and what departments need (P-I.1–5)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.implementation.features import FEATURES
from shared_apps.implementation.models import Project, Requirement
from shared_apps.implementation.models.project import recompute

P, R = Project.State, Requirement.State
NAME = {"name": {"label": _("Your name"), "max_length": 80}}


@action(label=_("Start"), when=P.PREPARING, then=P.RUNNING, style="primary", says=_("started"))
def start(project: Project, *, by: Actor, at: datetime) -> None:
    """Begin the eight weeks."""


@action(label=_("Gone live"), when=P.RUNNING, then=P.LIVE, style="primary", says=_("live"), params={"on": {"label": _("Live since")}})
def go_live(project: Project, *, by: Actor, at: datetime, on: date | None = None) -> None:
    """The company works with the product; requirements still open go to feedback."""
    waiting = Requirement.objects.filter(project=project, importance=Requirement.Importance.MUST, state__in=(R.NOTED, R.ANSWERED)).count()
    if waiting:
        raise Refused(
            "must_open",
            _t("%(n)d requirements of the highest importance are not agreed yet. Agree on them or drop them first.") % {"n": waiting},
        )
    project.live_on = on or at.date()


@action(
    label=_("Cancel project"),
    when=(P.PREPARING, P.RUNNING),
    then=P.CANCELLED,
    style="danger",
    says=_("cancelled"),
    params={"reason": {"label": _("Reason")}},
)
def cancel(project: Project, *, by: Actor, at: datetime, reason: str) -> None:
    """End it before it is live."""


@action(
    label=_("Answer"), when=(R.NOTED, R.ANSWERED), then=R.ANSWERED, style="primary", says=_("answered"),
    params={
        "fit": {"label": _("Fit"), "type": "choice", "choices": tuple(Requirement.Fit.choices)}, "text": {"label": _("Answer"), "type": "long"},
        "feature": {"label": _("Feature"), "type": "choice", "choices": FEATURES}, "days": {"label": _("Days"), "type": "decimal", "scale": 1}, "price": {"label": _("Price")},
    },
)  # fmt: skip
def reply(
    requirement: Requirement,
    *,
    by: Actor,
    at: datetime,
    fit: str,
    text: str,
    feature: str = "",
    days: Decimal = Decimal(0),
    price: Decimal = Decimal(0),
) -> None:
    """Say how the product meets it, and what an extension would take in days and money."""
    if days < 0 or price < 0:
        raise Invalid([FieldError("days" if days < 0 else "price", "negative", _t("Days and money cannot be negative."))])
    requirement.fit, requirement.answer, requirement.days, requirement.price = fit, text, days, price
    requirement.feature = feature or requirement.feature


@action(label=_("Agree"), when=R.ANSWERED, then=R.AGREED, style="primary", says=_("agreed"), bulk=True, params=NAME)
def agree(requirement: Requirement, *, by: Actor, at: datetime, name: str) -> None:
    """Confirm the answer with your name; it becomes part of what is delivered."""
    requirement.sign(by, at, name)


@action(
    label=_("Discuss again"),
    when=R.ANSWERED,
    then=R.NOTED,
    says=_("to be discussed again"),
    params={"reason": {"label": _("What is missing"), "type": "long"}},
)
def discuss(requirement: Requirement, *, by: Actor, at: datetime, reason: str) -> None:
    """The answer does not meet it yet."""
    requirement.difficult = True


@action(
    label=_("Decide"),
    when=(R.NOTED, R.ANSWERED),
    says=_("decided"),
    params={"decision": {"label": _("Decision"), "type": "long"}},
)
def decide(requirement: Requirement, *, by: Actor, at: datetime, decision: str) -> None:
    """Write down what both sides decided on a difficult point."""
    requirement.decision = decision


@action(
    label=_("Open again"),
    when=R.AGREED,
    then=R.NOTED,
    confirm=_("The signature becomes void and has to be given again. Go on?"),
    says=_("opened again, signature void"),
    params={"reason": {"label": _("Reason"), "type": "long"}},
)
def reopen(requirement: Requirement, *, by: Actor, at: datetime, reason: str) -> None:
    """Discuss what was agreed anew; the signature becomes void."""
    requirement.void()


@action(
    label=_("Drop"),
    when=(R.NOTED, R.ANSWERED),
    then=R.DROPPED,
    style="danger",
    says=_("dropped"),
    params={"reason": {"label": _("Reason")}},
)
def drop(requirement: Requirement, *, by: Actor, at: datetime, reason: str) -> None:
    """It is not needed after all."""


def count(requirement: Requirement, *, by: Actor, at: datetime) -> None:
    """Bring the project's figures in line with its requirements."""
    project = saving.lock(Project(pk=requirement.project_id))
    recompute(project)
    saving.store(project, by=by, at=at)
