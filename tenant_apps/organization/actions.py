"""Joining and leaving the company (W-1.3.2)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import config
from kernel.access import Actor, Profile
from kernel.actions import action
from kernel.refusals import Refused
from shared_apps.accounts import devices
from shared_apps.accounts.tasks import deliver
from tenant_apps.organization import handing
from tenant_apps.organization.models import Member, Role
from tenants.sandbox import in_sandbox

VALID_FOR = timedelta(days=7)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action(label=_("Send invitation"), when=Member.State.INVITED, style="primary", says=_("invited"))
def invite(member: Member, *, by: Actor, at: datetime) -> None:
    """Mail the colleague a one-time link with which they set a password and join; a new link replaces the old one."""
    secret = secrets.token_urlsafe(32)
    member.invitation, member.invited_at = digest(secret), at
    company = connection.tenant  # type: ignore[attr-defined]
    if in_sandbox():
        raise Refused("sandbox", _t("Nothing goes out of a sandbox. Invite colleagues into the live company; the next copy has them."))
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT not in ("", "80", "443") else ""
    link = f"{settings.PUBLIC_SCHEME}://{company.slug}.{settings.BASE_DOMAIN}{port}/join/{secret}"
    subject = _t("%(name)s invites you to %(company)s") % {"name": by.name or company.name, "company": company.name}
    text = _t("Hello %(name)s,\n\nplease open this link within 7 days, set your password, and you are in:\n\n%(link)s\n") % {
        "name": member.name,
        "link": link,
    }
    email = member.email
    transaction.on_commit(lambda: deliver.delay(subject, text, [email]), robust=True)


@action(
    label=_("Join"),
    when=Member.State.INVITED,
    then=Member.State.ACTIVE,
    says=_("joined"),
    params={"account": {"label": _("Account"), "digits": 18}, "name": {"label": pgettext_lazy("person", "Name")}},
)
def join(member: Member, *, by: Actor, at: datetime, account: int, name: str = "") -> None:
    """The invited colleague has opened the link and has a log-in from now on."""
    member.account, member.invitation = account, ""
    member.name = name or member.name
    config.changed()


@action(
    label=_("Disable"),
    when=(Member.State.ACTIVE, Member.State.INVITED),
    then=Member.State.DISABLED,
    style="danger",
    says=_("disabled"),
    confirm=_("Access ends at once. Continue?"),
)
def disable(member: Member, *, by: Actor, at: datetime) -> None:
    """End a leaver's access at once. The last administrator cannot leave."""
    if is_admin(member.roles) and not another_admin(member):
        raise Refused(
            "last_admin", _t("%(name)s is the last administrator. Make somebody else administrator first.") % {"name": member.name}
        )
    handing.refuse_open(member)
    member.invitation = ""
    member.left_on = member.left_on or at.date()
    config.changed()


@action(label=_("Enable again"), when=Member.State.DISABLED, then=Member.State.INVITED, says=_("enabled again"))
def enable(member: Member, *, by: Actor, at: datetime) -> None:
    """Let a former colleague come back; they need a new invitation."""
    member.account, member.left_on = None, None
    config.changed()


@action(label=_("Log out"), when=Member.State.ACTIVE, says=_("logged out"), confirm=_("They have to log in again everywhere. Continue?"))
def log_out(member: Member, *, by: Actor, at: datetime) -> None:
    """End all log-ins of this colleague at this company, on whatever device."""
    here = connection.tenant.schema_name  # type: ignore[attr-defined]
    devices.end(devices.at(here, member.account or 0))


def admin_roles() -> list[int]:
    """The roles that let somebody change roles, and with them everything."""
    return [role.pk for role in Role.objects.order_by("pk") if Profile.of([role]).everywhere("organization.role", "change")]


def is_admin(role_ids: list[int]) -> bool:
    return not set(role_ids).isdisjoint(admin_roles())


def another_admin(member: Member) -> bool:
    return any(is_admin(other.roles) for other in Member.objects.filter(state=Member.State.ACTIVE).exclude(pk=member.pk))
