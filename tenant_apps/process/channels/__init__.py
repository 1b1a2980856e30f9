"""Ways to a person outside of the browser: each speaks the documented protocol of its service and gives back a receipt.

A way is a function `send(account, to, title, text)`; it raises `Failed` with the reason in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.refusals import FieldError, Invalid
from tenant_apps.process.channels import dingtalk, email, sms, webhook, wechat, wecom
from tenant_apps.process.channels.account import Account, Failed

__all__ = ["WAYS", "Account", "Failed", "Way", "checked"]

Text = str | Promise
LONGEST = 300


@dataclass(frozen=True)
class Setting:
    """One value of an account."""

    name: str
    label: Text
    required: bool = True
    help: Text = ""


@dataclass(frozen=True)
class Way:
    """A kind of channel: what its account consists of, what its secret is called, and where a person is reached."""

    send: Callable[[Account, str, str, str], str]
    settings: tuple[Setting, ...]
    secret: Text
    address: Text
    """What a colleague's address is called here when they enter it themselves; empty: mail or phone of the staff register."""


WAYS: Mapping[str, Way] = {
    "email": Way(
        email.send,
        (
            Setting("host", _("SMTP server"), False, _("Empty: the mail server of this platform")),
            Setting("port", _("Port"), False, _("465 with TLS from the start, 587 with STARTTLS")),
            Setting("user", _("User name"), False),
            Setting("sender", _("Sender"), False, _("For example Machine Works <erp@example.cn>")),
        ),
        _("Password"),
        "",
    ),
    "sms": Way(
        sms.send,
        (
            Setting("key_id", "AccessKey ID"),
            Setting("sign_name", _("Signature"), True, _("As approved by the provider")),
            Setting("template", _("Template code"), True, _("A template with the variables title and text")),
        ),
        "AccessKey Secret",
        "",
    ),
    "wecom": Way(wecom.send, (Setting("corp_id", _("Corporation ID")), Setting("agent_id", "AgentId")), "Secret", _("WeCom user ID")),
    "dingtalk": Way(dingtalk.send, (Setting("app_key", "AppKey"), Setting("robot_code", "RobotCode")), "AppSecret", _("DingTalk user ID")),
    "wechat": Way(
        wechat.send,
        (
            Setting("app_id", "AppID"),
            Setting("template", _("Template ID"), True, _("A template with the fields title and text")),
            Setting("url", _("Address opened"), False),
        ),
        "AppSecret",
        "OpenID",
    ),
    "webhook": Way(webhook.send, (Setting("url", _("Address"), True, _("Begins with https://")),), _("Signing key"), ""),
}


def checked(kind: str, given: Any) -> dict[str, str]:
    """An account's values as they are kept; each fault with its field."""
    known = WAYS[kind].settings
    if not isinstance(given, dict):
        raise Invalid([FieldError("settings", "invalid", _t("An account is a list of named values."))])
    wrong = [name for name in given if name not in {one.name for one in known}]
    errors = [
        FieldError(f"settings.{name}", "unknown_field", _t("This kind of channel has no “%(name)s”.") % {"name": str(name)[:60]})
        for name in wrong
    ]
    kept = {}
    for one in known:
        value = str(given.get(one.name) or "").strip()
        if len(value) > LONGEST or "\x00" in value:
            errors.append(FieldError(f"settings.{one.name}", "too_long", _t("At most %(n)d characters.") % {"n": LONGEST}))
        kept[one.name] = value
    if kind == "webhook":
        errors += webhook.errors(kept["url"])
    if kept.get("port") and not (kept["port"].isdecimal() and 0 < int(kept["port"][:6]) < 65536):
        errors.append(FieldError("settings.port", "invalid", _t("A port is a number, 465 or 587 for example.")))
    if errors:
        raise Invalid(errors)
    return {name: value for name, value in kept.items() if value}
