"""Who is asking: the endpoints in front of the log-in (docs/api.md)."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import entry, people
from kernel.refusals import Refused
from shared_apps.accounts import forms, log, outside, password, services, stages, tickets, visits
from shared_apps.accounts.doors import Door, company_of, only_main
from shared_apps.accounts.models import User
from tenants import directory
from tenants.provisioning import Founding


class SignUpView(Door):
    serializer_class = forms.SignUp

    def post(self, request: Request) -> Response:
        """Found a company; the answer is the way in."""
        only_main(request)
        password.limit(request._request, "signup")
        told = self.values(request)
        founding = Founding(name=told["company"], slug=told["slug"], template=told["template"], language=get_language() or "zh-hans")
        user, company = services.sign_up(request._request, founding, email=told["email"], name=told["name"], secret=told["password"])
        return Response({"url": tickets.issue(user.pk, company)}, status=201)


class SlugView(Door):
    def get(self, request: Request) -> Response:
        """Whether an address can still be had."""
        only_main(request)
        field = forms.SignUp().fields["slug"]
        try:
            field.run_validation(request.query_params.get("slug", ""))
        except forms.ValidationError as no:
            return Response({"available": False, "reason": str(no.detail[0])})  # type: ignore[index]
        return Response({"available": True, "reason": ""})


class LogInView(Door):
    while_read_only = True
    serializer_class = forms.LogIn

    def post(self, request: Request) -> Response:
        """At a company: a session there. At the main address: the ways into one's companies."""
        told = self.values(request)
        user = password.check(request._request, told["email"], told["password"])
        if request.tenant is None:  # type: ignore[attr-defined]
            companies = services.companies_of(user)
            return Response({"companies": [{"name": one.name, "slug": one.slug, "url": tickets.issue(user.pk, one)} for one in companies]})
        actor = people.actor_of(user.pk)
        if actor is None:
            raise password.wrong()
        if (refused := entry.kept_out(request._request, actor)) is not None:
            log.record("kept_out", request._request, user.pk, code=refused.code)
            raise refused
        return begin(request._request, user)


class LogOutView(Door):
    while_read_only = True

    def post(self, request: Request) -> Response:
        get_adapter().logout(request._request)
        return Response({"ok": True})


class SessionView(Door):
    def get(self, request: Request) -> Response:
        """Who is asking, where, and the token for changes."""
        company, user = request.tenant, request.user  # type: ignore[attr-defined]
        inside = bool(user.is_authenticated and (company is None or belongs(request)))
        here = None if company is None else {"name": company.name, "slug": company.slug}
        told = {
            "authenticated": inside,
            "company": here,
            "csrf": get_token(request._request),
            "pending": stages.pending(request._request),
            "outside": outside.offered(),
            "main": directory.address(settings.BASE_DOMAIN),
        }
        return Response(told, headers={"Cache-Control": "no-store"})


class JoinView(Door):
    serializer_class = forms.Join

    def get(self, request: Request, token: str) -> Response:
        """Which company invites whom."""
        return Response({"company": company_of(request).name, **invitation(request, token)})

    def post(self, request: Request, token: str) -> Response:
        company = company_of(request)
        told, invited = self.values(request), invitation(request, token)
        with transaction.atomic():
            user = services.ensure_user(request._request, invited["email"], told["name"], told["password"], company=company, mailed=True)
            joining().accept(token, user)
            services.remember(user, company)
        log.record("joined", request._request, user.pk)
        return begin(request._request, user)


class ForgottenView(Door):
    while_read_only = True
    serializer_class = forms.Mail

    def post(self, request: Request) -> Response:
        password.request_reset(request._request, self.values(request)["email"])
        return Response({"ok": True})


class ResetView(Door):
    while_read_only = True
    serializer_class = forms.NewPassword

    def get(self, request: Request, key: str) -> Response:
        password.check_reset_key(key)
        return Response({"ok": True})

    def post(self, request: Request, key: str) -> Response:
        password.reset(request._request, key, self.values(request)["password"])
        return Response({"ok": True})


@never_cache
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Turn a ticket into a session of this company."""
    company = company_of(request)
    ticket = tickets.redeem(request.GET.get("ticket", ""), company)
    user = User.objects.filter(pk=ticket.user_id, is_active=True).first() if ticket else None
    if ticket is not None and user is not None and ticket.visit:
        return visits.arrive(request, user, ticket.visit)
    if user is None or people.actor_of(user.pk) is None:
        return HttpResponseRedirect("/login?ticket=gone")
    response = HttpResponseRedirect("/" if services.enter(request, user) else "/login?second=1")
    response["Referrer-Policy"] = "no-referrer"
    return response


def begin(request: HttpRequest, user: User) -> Response:
    """Log in; `pending` says what is still wanted."""
    services.enter(request, user)
    return Response(stages.told(request))


def belongs(request: Request) -> bool:
    """Whether this log-in is somebody's who may work here, from where they are and now."""
    actor = people.actor_of(request.user.pk or 0)
    return actor is not None and people.admits(request._request) and entry.kept_out(request._request, actor) is None


def invitation(request: Request, token: str) -> dict[str, Any]:
    """The open invitation behind a link."""
    company_of(request)
    password.limit(request._request, "join")
    found: dict[str, Any] | None = joining().peek(token)
    if found is None:
        raise Refused("link_gone", gettext("This invitation has been used, withdrawn or is too old. Ask for a new one."), status=410)
    return found


def joining() -> Any:
    """Invitations live with the company."""
    return import_module(settings.MEMBER_JOIN)
