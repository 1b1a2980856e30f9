"""Tells the kernel who the operators are, and what people of companies may do among the platform's documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Q

from kernel import clock, config, doors, saving
from kernel.access import SYSTEM, Actor, Profile
from kernel.models import Personal
from kernel.people import Directory
from shared_apps.accounts.models import User
from shared_apps.accounts.visits import UNATTENDED
from shared_apps.console.clients import client_of
from shared_apps.console.models import Person
from tenants.context import here, public_context

ALL = {"*": "all"}
GRANTS: dict[str, dict[str, dict[str, str]]] = {
    Person.Role.ADMIN: {"console.*": ALL, "implementation.*": ALL, "billing.*": ALL, "kernel.*": ALL},
    Person.Role.SUPPORT: {
        "console.*": {"read": "all"},
        "console.feedback": ALL,
        "console.supportaccess": ALL,
        "console.release": ALL,
        "console.announcement": ALL,
        "console.material": ALL,
        "implementation.*": {"read": "all"},
    },
    Person.Role.FINANCE: {
        "console.*": {"read": "all"},
        "billing.*": ALL,
        "implementation.*": {"read": "all"},
        "implementation.milestone": {"invoice": "all", "pay": "all"},
    },
    Person.Role.CONSULTANT: {"console.*": {"read": "all"}, "console.feedback": ALL, "console.material": ALL, "implementation.*": ALL},
}
"""What the roles of operators grant."""
EVERYBODY = {
    "console.feedback": {"read": "own", "create": "all", "close": "own", "reopen": "own"},
    "console.release": {"read": "all"},
}
ADMINISTRATOR = {
    "console.feedback": {"read": "all", "create": "all", "close": "all", "reopen": "all"},
    "console.supportaccess": {"read": "all", "approve": "all", "refuse": "all", "end": "all"},
}
"""What guests may do; both add up for a company's administrator."""
GUESTS: list[tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]] = [(EVERYBODY, ADMINISTRATOR)]


def let_guests(everybody: dict[str, dict[str, str]], administrator: dict[str, dict[str, str]]) -> None:
    """Another app of the platform says what companies' people may do with its documents."""
    GUESTS.append((everybody, administrator))


def load_members() -> dict[int, str]:
    return dict(Person.objects.values_list("pk", "name"))


def load_actor(account: int) -> Actor | None:
    """The operator with this log-in and all they may do."""
    person = Person.objects.filter(account=account, client=None, state=Person.State.ACTIVE).first()
    if person is None:
        return None
    profile = Profile((GRANTS.get(person.role, {}),))
    chosen = Personal.objects.filter(member=person.pk, kind="setting", name="language").values_list("value", flat=True).first()
    return Actor(
        id=person.pk, name=person.name, profile=profile, email=person.email,
        language=(chosen or {}).get("value") or Actor.language, roles=((0, cast("str", Person.Role(person.role).label)),),
        is_admin=person.role == Person.Role.ADMIN, account=account,
    )  # fmt: skip


def hire(account: User, role: str) -> Person:
    """Make somebody with a log-in an operator, or give an operator another role."""
    with public_context(), transaction.atomic():
        person = Person.objects.select_for_update().filter(account=account.pk, client=None).first()
        if person is None:
            values = {"name": account.name, "email": account.email, "role": role, "account": account.pk}
            return saving.create(Person, values, by=SYSTEM, at=clock.now())
        return saving.change(person, {"role": role}, by=SYSTEM, at=clock.now())


def guest(actor: Actor) -> Actor | None:
    """What a company's member may do here, as far as it takes no look at the platform's rows; a visiting operator has the console."""
    if actor.visitor:
        return None
    grants = tuple(part for both in GUESTS for part in (both if actor.is_admin else both[:1]))
    return Actor(
        id=None,
        name=actor.name,
        profile=Profile(grants, limits=actor.profile.limits),
        email=actor.email,
        language=actor.language,
        account=actor.account,
        company=-1,
    )


@contextmanager
def enter(actor: Actor) -> Iterator[Actor]:
    """Work among the platform's documents as a member of the company in force; there is nothing there for a visiting operator."""
    tenant: Any = here().tenant
    known = guest(actor)
    if known is None:
        raise doors.not_found()
    with public_context():
        found = config.cached(f"guest:{tenant.pk}:{actor.id}:{actor.name}", lambda: _guest(tenant, actor))
        yield replace(known, id=found[0], company=found[1])


def _guest(tenant: Any, actor: Actor) -> tuple[int, int]:
    client = client_of(tenant)
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(client=client, member=actor.id).first()
        if person is None:
            values = {
                "name": actor.name,
                "email": actor.email,
                "role": Person.Role.GUEST,
                "client": client,
                "member": actor.id,
                "account": actor.account,
            }
            person = saving.create(Person, values, by=SYSTEM, at=clock.now())
            config.changed()
        elif person.name != actor.name:
            Person.objects.filter(pk=person.pk).update(name=actor.name)
    return person.pk, client.pk


def needed(account: int) -> str:
    """Operators work with a second factor only."""
    return "any" if getattr(connection.tenant, "console", False) else ""  # type: ignore[attr-defined]


def idle() -> timedelta:
    return UNATTENDED if getattr(connection.tenant, "console", False) else Directory.idle()  # type: ignore[attr-defined]


def nameable(document: Any, by: Actor) -> dict[int, str]:
    """Operators, and the people of the company that the document is about: never those of another."""
    field = document.company_field
    company = by.company or (getattr(document, field) if field not in ("", "*") else None)
    there = Person.objects.filter(Q(client=None) | Q(client=company), state=Person.State.ACTIVE)
    return dict(there.values_list("pk", "name"))
