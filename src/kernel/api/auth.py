"""Who is asking: a member of the company at whose address the request arrives, by session or by token. Everybody else is a stranger."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request

from kernel import entry, figures, limits, people, scopes
from kernel.access import Actor
from kernel.refusals import Refused


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser: a log-in of the platform counts only where it belongs to a member (a session of A is nobody at B)."""

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        account = getattr(request._request, "user", None)
        if account is None or not account.is_authenticated or not account.is_active:
            if getattr(getattr(request._request, "session", None), "ended", ""):
                raise Refused("idle", _("Nobody worked here for a while, so this log-in has ended. What you typed is kept."), status=401)
            return None
        self.enforce_csrf(request)
        actor = people.actor_of(account.pk) or people.platform.visitor(request._request)
        if actor is None:
            raise exceptions.NotFound()
        if not people.admits(request._request):
            raise Refused("second_factor", _("A second factor is required here. Log in again."), status=401)
        entry.let_in(request._request, actor)
        actor = people.here().seen_as(request._request, actor)
        figures.told_to(actor)
        return actor, "session"


class TokenAuthentication(authentication.BaseAuthentication):
    """Programs: `Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        scheme, _sep, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        actor = people.here().load_token(secret.strip())
        if actor is None:
            raise exceptions.AuthenticationFailed()
        request._request.program = actor.account  # type: ignore[attr-defined]  # also of a call that is refused now
        entry.let_in(request._request, actor)
        limits.count_call()
        figures.told_to(actor)
        return actor, "token"

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class IsMember(permissions.BasePermission):
    """A member; a program with a token for reading changes nothing, and no program touches what is `persons_only`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        actor = request.user
        if not isinstance(actor, Actor):
            return False
        told = actor.profile.limits
        if told is None:
            return True
        if getattr(view, "persons_only", False):
            return False
        reads = request.method in permissions.SAFE_METHODS or getattr(view, "only_reads", False)
        return reads or scopes.writes(told)
