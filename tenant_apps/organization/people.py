"""Tells the kernel who the people are: names, rights, log-ins and tokens."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from kernel import clock, config
from kernel.access import Actor, Profile
from kernel.models import Personal
from tenant_apps.organization.actions import admin_roles, digest
from tenant_apps.organization.models import Member, Role, Token, Unit


def load_members() -> dict[int, str]:
    return dict(Member.objects.values_list("pk", "name"))


def load_present() -> dict[int, str]:
    """Colleagues who have not left."""
    return dict(Member.objects.exclude(state=Member.State.DISABLED).values_list("pk", "name"))


def load_units() -> dict[int, str]:
    return dict(Unit.objects.values_list("pk", "name"))


def load_actor(account: int) -> Actor | None:
    """The active member with this log-in and all they may do."""
    member = Member.objects.filter(account=account, state=Member.State.ACTIVE).first()
    return None if member is None else actor(member)


def load_admins() -> list[Actor]:
    members = Member.objects.filter(state=Member.State.ACTIVE, roles__overlap=admin_roles()).order_by("pk")
    return [actor(member) for member in members]


def actor(member: Member) -> Actor:
    roles = list(Role.objects.filter(pk__in=member.roles))
    language = Personal.objects.filter(member=member.pk, kind="setting", name="language").values_list("value", flat=True).first()
    profile = Profile.of(roles)
    return Actor(
        id=member.pk,
        name=member.name,
        profile=profile,
        unit_id=member.department_id,
        units_below=below(member.department_id),
        email=member.email,
        language=(language or {}).get("value") or connection.tenant.language,  # type: ignore[attr-defined]
        roles=tuple((role.pk, role.name) for role in roles),
        is_admin=profile.scope("organization.role", "change") == "all",
        account=member.account,
    )


def below(unit: int | None) -> tuple[int, ...]:
    """A department and all departments under it."""
    if unit is None:
        return ()
    children: dict[int | None, list[int]] = {}
    for key, parent in Unit.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(key)
    found, open_ = [], [unit]
    while open_:
        key = open_.pop()
        found.append(key)
        open_ += children.get(key, [])
    return tuple(sorted(found))


def load_token(secret: str) -> Actor | None:
    """The member in whose name a program with this token acts; None when it is unknown, expired or its owner has left."""
    now = clock.now()
    token = Token.objects.select_related("member").filter(digest=digest(secret)).first()
    if token is None or (token.expires_at and token.expires_at < now) or token.member.state != Member.State.ACTIVE:
        return None
    if token.used_on != now.date():
        Token.objects.filter(pk=token.pk).update(used_on=now.date())
    member = token.member
    return limited(config.cached(f"actor:{member.account}", lambda: actor(member)), token.scopes)


def limited(whole: Actor, scopes: str) -> Actor:
    """The member, held to what the token is for."""
    profile = whole.profile.within(scopes)
    return replace(whole, profile=profile, is_admin=profile.scope("organization.role", "change") == "all")
