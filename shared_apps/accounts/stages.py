"""Steps between the password and the session."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginStage, LoginStageController
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from kernel import people


class EnrolStage(LoginStage):
    """Where a second factor is required, whoever has none sets one up before they are in."""

    key = "enrol_second_factor"

    def handle(self) -> tuple[Any, bool]:
        if people.shown(self.request, required(self.request, self.login.user.pk)):
            return None, True
        return headed_redirect_response(self.key), True


NAMES = {AuthenticateStage.key: "second_factor", EnrolStage.key: "enrol"}


def required(request: HttpRequest, account: int) -> str:
    """The second factor this person needs at this address: none (empty), `any`, or a security `key`."""
    return "" if getattr(request, "tenant", None) is None else people.here().needed(account)


def pending(request: HttpRequest) -> str:
    """What is still missing of a log-in that has begun: `second_factor`, `enrol`, `enrol_key`, or nothing."""
    stage = get_pending_stage(request)
    name = NAMES.get(stage.key, "") if stage else ""
    return "enrol_key" if name == "enrol" and required(request, stage.login.user.pk) == "key" else name


def told(request: HttpRequest) -> dict[str, Any]:
    """Whether the log-in is complete, and what is missing when it is not."""
    return {"ok": True} if request.user.is_authenticated else {"ok": False, "pending": pending(request)}


def current(request: HttpRequest, kind: type[LoginStage]) -> LoginStage | None:
    """The step at which this log-in waits, if it is of this kind."""
    found: LoginStage | None = LoginStageController.enter(request, kind.key) if not request.user.is_authenticated else None
    return found
