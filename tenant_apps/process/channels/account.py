"""A company's account at a service, opened for sending, and how it is spoken to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from django.core.cache import cache
from django.utils.translation import gettext as _

from kernel import sealed
from kernel.api.wire import dump
from kernel.webhooks import outgoing
from tenant_apps.process.channels.cards import Card

JSON = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Millwright/1"}
MARGIN = 300


class Failed(Exception):
    """It was not taken; the reason is for the administrator."""


@dataclass(frozen=True)
class Account:
    """Which one it is, its values, and its secret in the clear for as long as a message is sent."""

    id: int
    settings: Mapping[str, str]
    secret: str
    origin: str = ""
    """What names the message, so that a service that can will not take it twice."""
    card: Card | None = None
    """What can be answered from the message."""
    outgoing: int = 0
    """The row that is sent, where what comes back is told."""

    def text_of(self, text: str) -> str:
        """A message's text for a service without buttons: with the links by which it is answered."""
        return f"{text}\n\n{self.card.lines}".strip() if self.card is not None else text

    def need(self, *names: str) -> None:
        """Refuse to try with half an account."""
        missing = [name for name in names if not (self.secret if name == "secret" else self.settings.get(name))]
        if missing:
            raise Failed(_("The account is incomplete: %(names)s.") % {"names": ", ".join(missing)})


def ask(url: str, content: Any = None, *, method: str = "POST", headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One request in JSON; whatever is no answer in JSON is a failure with its reason."""
    body = None if content is None else dump(content)
    answer = spoken(method, url, body, {**JSON, **(headers or {})})
    try:
        told = json.loads(answer.text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Failed(f"{answer.status} {answer.text[:200]}")
    if answer.status >= 400:
        raise Failed(" ".join(str(told[name]) for name in ("Code", "code", "Message", "message") if told.get(name)) or str(answer.status))
    return told


def spoken(method: str, url: str, body: bytes | None, headers: dict[str, str]) -> outgoing.Answer:
    try:
        return outgoing.request(method, url, body, headers)
    except (OSError, urllib3.exceptions.HTTPError) as error:
        raise Failed(str(outgoing.TROUBLES[outgoing.trouble(error)])) from error


def token(account: Account, fetch: Callable[[], tuple[str, int]]) -> str:
    """The service's pass for this account, kept sealed until shortly before it ends."""
    slot = f"channel-pass:{account.id}"
    kept = cache.get(slot)
    if kept is not None:
        return sealed.unseal(kept)
    found, seconds = fetch()
    cache.set(slot, sealed.seal(found), max(60, seconds - MARGIN))
    return found


def forget(account: Account) -> None:
    """The pass was refused, or the account has changed."""
    cache.delete(f"channel-pass:{account.id}")
