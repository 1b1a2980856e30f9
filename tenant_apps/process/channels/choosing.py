"""Which ways a person wants for which kind of message, when they want to be left alone, and where they are reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kernel import config
from kernel.models import Message, Personal
from kernel.refusals import FieldError, Invalid
from tenant_apps.organization.models import Member
from tenant_apps.process.models import Channel

NAME = "channels"
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
USUAL: Mapping[str, tuple[str, ...]] = {"approval": ("email",), "alert": ("email",)}
"""Until somebody chooses: what waits for them also comes by mail."""
REGISTER = {"email": "email", "sms": "phone", "webhook": "email"}
OWN = ("wecom", "dingtalk", "wechat")
URGENT = "critical"


@dataclass(frozen=True)
class Choice:
    """One person's wishes."""

    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: USUAL)
    quiet: tuple[str, str] | None = None
    digest: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)

    def ways(self, kind: str) -> tuple[str, ...]:
        return tuple(self.kinds.get(kind, ()))

    def moment(self, now: datetime, level: str) -> tuple[datetime, bool]:
        """When it may reach them, and whether together with others; what is critical never waits."""
        if level == URGENT:
            return now, False
        if self.digest:
            return _next(now, self.digest), True
        if self.quiet and _within(now, *self.quiet):
            return _next(now, self.quiet[1]), False
        return now, False


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _next(now: datetime, text: str) -> datetime:
    at = datetime.combine(now.date(), _clock(text), now.tzinfo)
    return at if at > now else at + timedelta(days=1)


def _within(now: datetime, begin: str, end: str) -> bool:
    here, first, last = now.time(), _clock(begin), _clock(end)
    return first <= here < last if first <= last else here >= first or here < last


def choices() -> Mapping[int, Choice]:
    """What everybody chose; no SQL when warm."""

    def load() -> dict[int, Choice]:
        rows = Personal.objects.filter(kind="setting", name=NAME).values_list("member", "value")
        return {member: of(value.get("value") or {}) for member, value in rows}

    return config.cached("channel-choices", load)


def of(value: Mapping[str, Any]) -> Choice:
    kinds = {kind: tuple(ways) for kind, ways in value["kinds"].items()} if "kinds" in value else USUAL
    quiet = value.get("quiet") or None
    return Choice(kinds, (quiet[0], quiet[1]) if quiet else None, value.get("digest") or "", value.get("addresses") or {})


def open_channels() -> Mapping[str, int]:
    """{kind: the account that carries it}; no SQL when warm."""

    def load() -> dict[str, int]:
        rows = Channel.objects.filter(state=Channel.State.ACTIVE).order_by("-pk").values_list("kind", "pk")
        return dict(rows)

    return config.cached("open-channels", load)


def register() -> Mapping[int, Mapping[str, str]]:
    """{member: {mail, phone}} of the staff register; no SQL when warm."""

    def load() -> dict[int, dict[str, str]]:
        rows = Member.objects.exclude(state=Member.State.DISABLED).values_list("pk", "email", "phone")
        return {key: {"email": email, "phone": phone} for key, email, phone in rows}

    return config.cached("addresses", load)


def address(member: int, way: str) -> str:
    if way in REGISTER:
        return register().get(member, {}).get(REGISTER[way], "")
    return choices().get(member, Choice()).addresses.get(way, "")


def checked(given: Any) -> dict[str, Any]:
    """What a person sends as their wishes, as it is kept; each fault with its place."""
    errors = []
    kinds = given.get("kinds", {})
    known = isinstance(kinds, dict) and all(
        kind in Message.Kind.values and isinstance(ways, list) and all(way in Channel.Kind.values for way in ways)
        for kind, ways in kinds.items()
    )
    if not known:
        errors.append(FieldError("kinds", "invalid", _("Choose channels for each kind of message.")))
    quiet, digest, addresses = given.get("quiet") or None, given.get("digest") or "", given.get("addresses") or {}
    if quiet is not None and not (
        isinstance(quiet, list) and len(quiet) == 2 and all(_is_clock(one) for one in quiet) and quiet[0] != quiet[1]
    ):
        errors.append(FieldError("quiet", "invalid", _("Quiet hours are two times, 22:00 and 07:00 for example.")))
    if digest and not _is_clock(digest):
        errors.append(FieldError("digest", "invalid", _("Give the time of the digest, 08:30 for example.")))
    if not isinstance(addresses, dict) or not all(
        name in OWN and isinstance(one, str) and len(one) <= 100 for name, one in addresses.items()
    ):
        errors.append(FieldError("addresses", "invalid", _("An address has at most 100 characters.")))
    if errors:
        raise Invalid(errors)
    return {
        "kinds": kinds,
        "quiet": quiet,
        "digest": digest,
        "addresses": {name: one.strip() for name, one in addresses.items() if one.strip()},
    }


def _is_clock(told: Any) -> bool:
    return isinstance(told, str) and bool(CLOCK.fullmatch(told))
