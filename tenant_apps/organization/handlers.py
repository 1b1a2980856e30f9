"""What follows from changes of people, roles and settings: every process reads them anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import config, messages, people, words
from kernel.access import Actor
from kernel.codes import TABLES
from kernel.events import after, follows
from kernel.models import Event
from kernel.printing.letterhead import port
from kernel.refusals import Refused
from tenant_apps.organization import locks, menu, ports
from tenant_apps.organization import people as ours
from tenant_apps.organization.actions import is_admin
from tenant_apps.organization.letterhead import letterhead_of
from tenant_apps.organization.models import Code, Member, Role
from tenant_apps.organization.screens import code_lists


@follows(
    "organization.member.*",
    "organization.role.*",
    "organization.unit.*",
    "organization.company.*",
    "organization.position.*",
    "organization.code.*",
    "organization.region.*",
    "organization.setting.*",
    "organization.period.*",
    "kernel.numberrule.*",
    "kernel.customfield.*",
    "kernel.printtemplate.*",
    "kernel.webhook.*",
)
def settings_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("organization.role.delete")
def role_not_in_use(role: Role, event: Event, *, by: Actor, at: datetime) -> None:
    """A role that somebody has is not deleted."""
    holders = Member.objects.filter(roles__contains=[event.subject_id]).values_list("name", flat=True)[:3]
    if holders:
        told = {"document": role, "what": words.listed(sorted(holders))}
        raise Refused("in_use", _t("%(document)s is used by %(what)s and cannot be deleted. Switch it off instead.") % told)


@follows("organization.code.delete")
def code_not_in_use(code: Code, event: Event, *, by: Actor, at: datetime) -> None:
    """An entry that documents have is switched off, not deleted; one that the product brings is as it was before."""
    what = "" if code.code in TABLES[code.table].system else code_lists.used(code.table, code.code)
    if what:
        told = {"document": code, "what": what}
        raise Refused("in_use", _t("%(document)s is used by %(what)s and cannot be deleted. Switch it off instead.") % told)


@follows("organization.member.change", "organization.role.change")
def somebody_administers(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """The last administrator's rights are not taken away, not even by themselves."""
    if not any(is_admin(member.roles) for member in Member.objects.filter(state=Member.State.ACTIVE)):
        raise Refused("last_admin", _t("%(name)s is the last administrator. Make somebody else administrator first.") % {"name": by.name})


@after("*.note")
def tell_mentioned(event: Event) -> None:
    """Who is named in a note finds it in their inbox."""
    author = people.members().get(event.actor or 0, "")
    title = f"{author}: {event.data.get('label', '')}"
    link = {"_key": event.subject, "id": event.subject_id}
    named = event.data.get("mentions") or []
    seeing = ours.who_sees(event.subject, event.subject_id, named)
    messages.send(seeing, title, text=event.data.get("text", ""), origin=f"event:{event.pk}", link=link, kind="mention")
    title = _t("%(name)s mentioned you") % {"name": author}
    text = _t("You are named in a note on a record that you cannot see. Ask %(name)s to share it with you.") % {"name": author}
    messages.send([one for one in named if one not in seeing], title, text=text, origin=f"event:{event.pk}", kind="mention")


ports.fill()
menu.fill()
port.letterhead_of = letterhead_of
people.directory.load_members = ours.load_members
people.directory.load_units = ours.load_units
people.directory.company_of = ours.company_of
people.directory.load_actor = ours.load_actor
people.directory.load_admins = ours.load_admins
people.directory.load_accounts = ours.load_accounts
people.directory.nameable = lambda document, by: ours.load_present()
people.directory.load_token = ours.load_token
people.directory.needed = locks.needed
people.directory.idle = locks.idle
people.directory.seen_as = ours.seen_as
