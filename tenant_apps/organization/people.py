"""Tells the kernel who the people are: names, rights, log-ins and tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

from django.db import connection

from kernel import clock, config, people, reach, registry, trees
from kernel.access import Actor, Profile, visible
from kernel.entry import Entry
from kernel.models import Personal
from tenant_apps.organization import chart
from tenant_apps.organization.actions import admin_roles, digest
from tenant_apps.organization.masters import Region
from tenant_apps.organization.models import Company, Member, Position, Role, Token, Unit
from tenant_apps.organization.roles import held

SEEN_AS = "seen_as"
"""Where a session keeps the role through whose eyes its owner looks."""


def load_members() -> dict[int, str]:
    return dict(Member.objects.values_list("pk", "name"))


def load_present() -> dict[int, str]:
    """Colleagues who have not left."""
    return dict(Member.objects.exclude(state=Member.State.DISABLED).values_list("pk", "name"))


def load_units() -> dict[int, str]:
    return dict(Unit.objects.values_list("pk", "name"))


def company_of(unit: int | None) -> str:
    """The short name of the legal entity a department belongs to, else of the first one."""
    names = config.cached("companies", lambda: {row.pk: row.short_name or row.name for row in Company.objects.order_by("pk")})
    return names.get(chart.company_of(unit) or 0) or next(iter(names.values()), "")


def load_actor(account: int) -> Actor | None:
    """The active member with this log-in and all they may do."""
    member = Member.objects.filter(account=account, state=Member.State.ACTIVE).first()
    return None if member is None else actor(member)


def load_accounts() -> list[int]:
    return [account for account in Member.objects.values_list("account", flat=True) if account is not None]


def load_admins() -> list[Actor]:
    members = Member.objects.filter(state=Member.State.ACTIVE, roles__overlap=admin_roles()).order_by("pk")
    return [actor(member) for member in members]


def actor(member: Member) -> Actor:
    given = [*chart.roles_of(member.pk), *held(member.pk, clock.now().date())]
    found = Role.objects.defer("usual").in_bulk(given)
    roles = [found[key] for key in dict.fromkeys(given) if key in found]
    language = Personal.objects.filter(member=member.pk, kind="setting", name="language").values_list("value", flat=True).first()
    unit = chart.unit_of(member.pk)
    profile = Profile.of(roles, chart.units_above(unit))
    return Actor(
        id=member.pk,
        name=member.name,
        profile=profile,
        unit_id=unit,
        units_below=chart.units_below(unit),
        **reached(member.pk, profile),
        email=member.email,
        language=(language or {}).get("value") or connection.tenant.language,  # type: ignore[attr-defined]
        roles=tuple((role.pk, role.name) for role in roles),
        is_admin=profile.everywhere("organization.role", "change"),
        entry=Entry.of(member.entry, [role.entry for role in roles]),
        account=member.account,
    )


def who_sees(key: str, pk: int, members: Iterable[int]) -> list[int]:
    """Those colleagues who may read a record, so that no message tells more than a list would."""
    resource = registry.find(key)
    if resource is None or resource.platform:
        return list(members)
    there = [actor(member) for member in Member.objects.filter(pk__in=list(members), state=Member.State.ACTIVE)]
    return [one.id for one in there if one.id is not None and visible(one, resource.queryset(), key).filter(pk=pk).exists()]


def reached(member: int, profile: Profile) -> dict[str, Any]:
    """Whom and what the member's reaches lead to, as far as a role speaks of it."""
    named = {one for grants in profile.grants for verbs in grants.values() for value in verbs.values() for one in reach.parts(value)}
    found: dict[str, Any] = {}
    if "subordinates" in named:
        found["subordinates"] = chart.subordinates(member)
    if over := {one for one in named if one == "companies" or one.startswith(reach.COMPANY)}:
        found["company_units"] = {one: chart.units_of_companies(companies(one, member)) for one in over}
    if "regions" in named:
        found["regions"] = regions(member)
    return found


def companies(named: str, member: int) -> list[int]:
    """The legal entities that a reach names: one's own, or the one of that name."""
    if named != "companies":
        return list(Company.objects.filter(name=named.removeprefix(reach.COMPANY)).values_list("pk", flat=True))
    own = chart.company_of(chart.unit_of(member))
    return [] if own is None else [own]


def regions(member: int) -> frozenset[str]:
    """The names of the regions that a member's department and posts serve, with those in them."""
    now = chart.chart()
    served = set(chain(*Position.objects.filter(pk__in=now.posts_of.get(member, ())).values_list("regions", flat=True)))
    served |= set(chain(*Unit.objects.filter(pk__in=[chart.unit_of(member) or 0]).values_list("regions", flat=True)))
    rows = {row.pk: row for row in Region.objects.all()} if served else {}
    parents = {key: row.parent_id for key, row in rows.items()}
    return frozenset(rows[key].name for top in served for key in trees.below(top, parents) if key in rows)


def load_token(secret: str) -> Actor | None:
    """The member in whose name a program with this token acts; None when it is unknown, expired or its owner has left."""
    now = clock.now()
    token = Token.objects.select_related("member").filter(digest=digest(secret)).first()
    if token is None or (token.expires_at and token.expires_at < now) or token.member.state != Member.State.ACTIVE:
        return None
    if token.used_on != now.date():
        Token.objects.filter(pk=token.pk).update(used_on=now.date())
    member = token.member
    return limited(config.cached(people.slot(member.account), lambda: actor(member)), token.scopes)


def limited(whole: Actor, scopes: str) -> Actor:
    """The member, held to what the token is for."""
    profile = whole.profile.within(scopes)
    return replace(whole, profile=profile, is_admin=profile.everywhere("organization.role", "change"))


def seen_as(request: Any, who: Actor) -> Actor:
    """Who a request is answered for: an administrator who looks through a role's eyes reads what it may read, and changes nothing."""
    role = request.session.get(SEEN_AS)
    if role is None or not who.is_admin:
        return who
    return config.cached(f"{SEEN_AS}:{who.id}:{role}", lambda: _as(who, role)) or who


def _as(who: Actor, key: int) -> Actor | None:
    role = Role.objects.filter(pk=key).first()
    if role is None:
        return None
    profile = Profile.of([role]).within("read")
    return replace(
        who, profile=profile, roles=((role.pk, role.name),), is_admin=False, seen_as=role.name, **reached(who.id or 0, profile)
    )  # fmt: skip
