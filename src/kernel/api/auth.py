"""Who is asking: a member of the company at whose address the request arrives, by session or by token. Everybody else is a stranger."""

from __future__ import annotations

from typing import Any

from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request

from kernel import people
from kernel.access import Actor


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser: a log-in of the platform counts only where it belongs to a member (a session of A is nobody at B)."""

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        account = getattr(request._request, "user", None)
        if account is None or not account.is_authenticated or not account.is_active:
            return None
        self.enforce_csrf(request)
        actor = people.actor_of(account.pk)
        if actor is None:
            raise exceptions.NotFound()
        return actor, "session"


class TokenAuthentication(authentication.BaseAuthentication):
    """Programs: `Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        scheme, _sep, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        actor = people.directory.load_token(secret.strip())
        if actor is None:
            raise exceptions.AuthenticationFailed()
        return actor, "token"

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class IsMember(permissions.BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, Actor)
