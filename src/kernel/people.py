"""Names of colleagues and units. The kernel knows only their ids; the organisation tells the names, for operators the console."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from django.db import connection

from kernel import clock, config
from kernel.access import Actor
from tenants.context import PUBLIC

Names = Mapping[int, str]


class Directory:
    """Filled in by the app that keeps the people."""

    load_members: Callable[[], Names] = dict
    load_units: Callable[[], Names] = dict
    company_of: Callable[[int | None], str] = staticmethod(lambda unit: "")
    """The short name of the company that a unit belongs to; of the first company when there is no unit."""
    load_actor: Callable[[int], Actor | None] = staticmethod(lambda account: None)
    load_admins: Callable[[], list[Actor]] = list
    """Everybody who administers the company now: who is told when the company as a whole is concerned."""
    load_accounts: Callable[[], list[int]] = list
    """The accounts of everybody who is or was a member."""
    load_token: Callable[[str], Actor | None] = staticmethod(lambda secret: None)
    nameable: Callable[[Any, Actor], Names] = staticmethod(lambda document, by: members())
    """Whom a note on a document may name."""
    seen_as: Callable[[Any, Actor], Actor] = staticmethod(lambda request, actor: actor)
    """Whose eyes a request looks through: an administrator's own, or those of a role they try."""
    needed: Callable[[int], str] = staticmethod(lambda account: "")
    """Which second factor this account must have shown here: none (empty), `any`, or a security `key`."""
    idle: Callable[[], timedelta] = staticmethod(lambda: timedelta(days=7))
    """After how long without anybody at work a log-in ends."""
    member_key: str = "organization.member"
    unit_key: str = "organization.unit"


class Platform(Directory):
    """The operators, and what they let companies see."""

    guest: Callable[[Actor], Actor | None] = staticmethod(lambda actor: None)
    """A company's member as a guest of the platform, in so far as it needs no look at the platform's rows."""
    visitor: Callable[[Any], Actor | None] = staticmethod(lambda request: None)
    """An operator whom the company has let in, by their session; None for everybody else."""
    enter: Callable[[Actor], AbstractContextManager[Actor]] = nullcontext
    """Work among the platform's rows as that guest; refused with 404 to whoever is none."""


directory = Directory()
platform = Platform()


def here() -> Directory:
    """Those who keep the people where the running code works."""
    return platform if config.schema() == PUBLIC else directory


def members() -> Names:
    """{id: name} of everybody who is or was a colleague."""
    return config.cached("members", here().load_members)


def units() -> Names:
    return config.cached("units", here().load_units)


def named(kind: str, key: int | None) -> dict[str, object] | None:
    """A person or unit as the API shows it."""
    if key is None:
        return None
    names = members() if kind == "member" else units()
    return {"id": key, "label": names.get(key, f"#{key}")}


def actor_of(account: int) -> Actor | None:
    """Who a global account is at this address: a member of the company, an operator; None for strangers and for those who left."""
    if config.schema() == PUBLIC and not getattr(connection.tenant, "console", False):  # type: ignore[attr-defined]
        return None
    return config.cached(slot(account), lambda: here().load_actor(account))


def slot(account: int | None) -> str:
    """Under which name somebody's rights are kept: for the day, since roles are held from one day to another."""
    return f"actor:{account}:{clock.now().date()}"


def admits(request: Any) -> bool:
    """Whether this log-in is strong enough for what its account may do here."""
    return shown(request, here().needed(request.user.pk or 0))


def shown(request: Any, factor: str) -> bool:
    """Whether the second factor that is asked for was shown in this log-in."""
    proofs = [one for one in request.session.get("account_authentication_methods", []) if one.get("method") == "mfa"]
    return not factor or any(factor == "any" or one.get("type") == "webauthn" for one in proofs)
