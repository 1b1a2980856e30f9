"""Logging in with WeChat, DingTalk or WeCom: always at the main address, because those services know only one; from there a ticket leads on.

Nobody gets an account this way. Whoever has one connects it first, on the page “Security”.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.refusals import Refused
from shared_apps.accounts import log, notices, provider, services, tickets
from shared_apps.accounts.doors import Door, only_main
from shared_apps.accounts.models import User
from tenants import directory
from tenants.cache import SHARED

SECONDS = 120
CHOOSING = "outside_user"
PAGE = "/w/page/security"


def offered() -> list[str]:
    """The services for which there are keys."""
    return list(settings.SOCIALACCOUNT_PROVIDERS)


def told(user: User) -> list[dict[str, Any]]:
    connected = dict(SocialAccount.objects.filter(user=user).values_list("provider", "date_joined"))
    return [{"name": name, "connected_at": connected.get(name)} for name in offered()]


def way_to_connect(request: HttpRequest, user: User, name: str) -> str:
    """A link, good once and for two minutes, that connects the service to this account and leads back here."""
    if name not in offered():
        raise Http404
    secret = secrets.token_urlsafe(32)
    cache.set(_key(secret), (user.pk, request.build_absolute_uri(PAGE)), SECONDS)
    return directory.address(settings.BASE_DOMAIN, f"/outside/{name}/?connect={secret}")


def disconnect(request: HttpRequest, user: User, name: str) -> None:
    if not SocialAccount.objects.filter(user=user, provider=name).delete()[0]:
        raise Http404
    log.record("disconnected", request, user.pk, service=name)


@never_cache
@require_GET
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Off to the service."""
    only_main(request)
    if name not in offered():
        raise Http404
    data: dict[str, Any] = {"company": request.GET.get("company", "")[:40]}
    if "connect" in request.GET:
        found = cache.get(key := _key(request.GET["connect"]))
        if found is None or not cache.delete(key):
            return HttpResponseRedirect("/login?outside=gone")
        data = {"user": found[0], "back": found[1]}
    way: HttpResponse = get_adapter(request).get_provider(request, name).redirect(request, AuthProcess.LOGIN, data=data, headless=True)
    return way


CALLBACKS = {
    "weixin": OAuth2CallbackView.adapter_view(provider.WeixinAdapter),
    "dingtalk": OAuth2CallbackView.adapter_view(provider.DingTalkAdapter),
    "wecom": OAuth2CallbackView.adapter_view(provider.WeComAdapter),
}


@never_cache
@require_GET
def back(request: HttpRequest, name: str) -> HttpResponse:
    """The service has sent the person back."""
    only_main(request)
    if name not in offered():
        raise Http404
    try:
        answer: HttpResponse = CALLBACKS[name](request)
    except (KeyError, ValueError):  # an answer that is not as documented
        return HttpResponseRedirect("/login?outside=failed")
    return answer


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Takes over from allauth as soon as it is known who came back."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        data = sociallogin.state.get("data") or {}
        arrived = connect(request, sociallogin, data) if "user" in data else recognise(request, sociallogin, data.get("company", ""))
        raise ImmediateHttpResponse(HttpResponseRedirect(arrived))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmediateHttpResponse(HttpResponseRedirect("/login?outside=failed"))


def connect(request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> str:
    """Tie the service's account to ours. One that is somebody else's already stays theirs."""
    user = User.objects.filter(pk=data["user"], is_active=True).first()
    taken = sociallogin.is_existing and sociallogin.user.pk != data["user"]
    if user is None or taken:
        return f"{data['back']}?outside=taken"
    service = sociallogin.account.provider
    SocialAccount.objects.filter(user=user, provider=service).delete()
    SocialAccount.objects.create(user=user, provider=service, uid=sociallogin.account.uid)
    log.record("connected", request, user.pk, service=service)
    notices.tell(user, "connected")
    return f"{data['back']}?outside=connected"


def recognise(request: HttpRequest, sociallogin: Any, slug: str) -> str:
    """Into the company that was asked for, or to the choice of companies."""
    if not sociallogin.is_existing or not sociallogin.user.is_active:
        return "/login?outside=unknown"
    user, service = sociallogin.user, sociallogin.account.provider
    log.record("recognised", request, user.pk, service=service)
    for company in services.companies_of(user):
        if company.slug == slug:
            return tickets.issue(user.pk, company)
    request.session[CHOOSING] = (user.pk, time.time() + SECONDS)
    return "/login?outside=known"


class Companies(Door):
    def post(self, request: Request) -> Response:
        """The ways into one's companies, once, for somebody whom another service has just named."""
        only_main(request)
        pk, until = request._request.session.pop(CHOOSING, (None, 0))
        user = User.objects.filter(pk=pk, is_active=True).first() if time.time() < until else None
        if user is None:
            raise Refused("log_in_again", gettext("This took too long. Log in again."), status=409)
        companies = services.companies_of(user)
        return Response({"companies": [{"name": one.name, "slug": one.slug, "url": tickets.issue(user.pk, one)} for one in companies]})


def _key(secret: str) -> str:
    return f"{SHARED}connect:{hashlib.sha256(secret.encode()).hexdigest()}"
