"""Log-ins of WeChat, DingTalk and WeCom. allauth knows the first two; where their servers are is a setting, and a bad answer is an error."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import ProviderAccount, ProviderException
from allauth.socialaccount.providers.dingtalk.provider import DingTalkProvider
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from allauth.socialaccount.providers.weixin.provider import WeixinProvider
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.conf import settings
from django.utils.http import urlencode


def servers(name: str) -> dict[str, str]:
    """Where the service is found: `authorize`, where people go, and `api`, which we ask."""
    return settings.OUTSIDE_SERVERS[name]


def asked(url: str, params: dict[str, str]) -> dict[str, Any]:
    """The answer of a service, or an error that leads back to the log-in."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(url, params=params)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    if told.get("errcode"):
        raise OAuth2Error(f"error {told['errcode']}")
    return told


class WeixinAdapter(WeixinOAuth2Adapter):
    @property
    def authorize_url(self) -> str:
        return servers("weixin")["authorize"]

    @property
    def access_token_url(self) -> str:
        return f"{servers('weixin')['api']}/sns/oauth2/access_token"

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        openid = kwargs.get("response", {}).get("openid", "")
        told = asked(f"{servers('weixin')['api']}/sns/userinfo", {"access_token": token.token, "openid": openid})
        return self.get_provider().sociallogin_from_response(request, told)


class Weixin(WeixinProvider):
    oauth2_adapter_class = WeixinAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """One number for all of the vendor's apps, where WeChat gives one."""
        return named(data, "unionid", "openid")


class DingTalkAdapter(DingTalkOAuth2Adapter):
    @property
    def authorize_url(self) -> str:
        return servers("dingtalk")["authorize"]

    @property
    def access_token_url(self) -> str:
        return f"{servers('dingtalk')['api']}/v1.0/oauth2/userAccessToken"

    @property
    def profile_url(self) -> str:
        return f"{servers('dingtalk')['api']}/v1.0/contact/users/me"


class DingTalk(DingTalkProvider):
    oauth2_adapter_class = DingTalkAdapter

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def get_auth_params(self) -> dict[str, str]:
        return {"prompt": "consent"}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return named(data, "unionId", "openId")


class WeComClient(OAuth2Client):
    """WeCom speaks no OAuth 2 towards the server: the app's own token is fetched first, the person is asked for with the code."""

    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: dict[str, str]) -> str:
        corporation, _sep, agent = self.consumer_key.partition(":")
        params = {"login_type": "CorpApp", "appid": corporation, "agentid": agent, "redirect_uri": self.callback_url, "state": self.state}
        return f"{authorization_url}?{urlencode(params)}"

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None, extra_data: Any = None) -> dict[str, Any]:
        params = {"corpid": self.consumer_key.partition(":")[0], "corpsecret": self.consumer_secret}
        return asked(self.access_token_url, params)


class WeComAdapter(OAuth2Adapter):
    provider_id = "wecom"
    client_class = WeComClient

    @property
    def authorize_url(self) -> str:
        return servers("wecom")["authorize"]

    @property
    def access_token_url(self) -> str:
        return f"{servers('wecom')['api']}/cgi-bin/gettoken"

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        params = {"access_token": token.token, "code": request.GET.get("code", "")}
        told = asked(f"{servers('wecom')['api']}/cgi-bin/auth/getuserinfo", params)
        return self.get_provider().sociallogin_from_response(request, {**told, "corpid": app.client_id.partition(":")[0]})


class WeCom(OAuth2Provider):
    """A colleague of the corporation whose app is configured; people from outside it are not told apart and stay out."""

    id = "wecom"
    name = "WeCom"
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        return f"{data['corpid']}:{named(data, 'userid')}"

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}


def named(data: dict[str, Any], *names: str) -> str:
    """The first of these values that is there."""
    found = next((data[name] for name in names if isinstance(data.get(name), str) and data[name]), "")
    if not found:
        raise ProviderException("no identity in the answer")
    return str(found)


provider_classes = [Weixin, DingTalk, WeCom]
