"""What follows from changes of people, roles and settings: every process reads them anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t

from kernel import config, entry, messages, people, saving, words
from kernel.access import Actor
from kernel.codes import TABLES
from kernel.events import after, follows
from kernel.models import Event
from kernel.printing.letterhead import port
from kernel.refusals import FieldError, Invalid, Refused
from kernel.returned import returns_of
from tenant_apps.organization import introducing, locks, menu, ports
from tenant_apps.organization import people as ours
from tenant_apps.organization.actions import is_admin
from tenant_apps.organization.letterhead import letterhead_of, seal_of
from tenant_apps.organization.models import Code, Company, Handover, Member, Role
from tenant_apps.organization.periods import Period
from tenant_apps.organization.roles import companies_in, renamed
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


@follows("organization.company.change")
def reaches_follow_a_new_name(company: Company, event: Event, *, by: Actor, at: datetime) -> None:
    """Roles that reach the documents of a legal entity go on doing so when it is renamed."""
    before, now = event.changes.get("name") or (None, None)
    for role in Role.objects.all() if before is not None else ():
        if before in companies_in(role.grants):
            saving.change(role, {"grants": renamed(role.grants, before, str(now))}, by=by, at=at)


@follows("organization.period.delete")
def closed_period_stays(period: Period, event: Event, *, by: Actor, at: datetime) -> None:
    """Deleting what is closed would open it without a reason, and past whoever has to agree to that."""
    if period.closed:
        told = _t("%(period)s is closed in a ledger and is not deleted. Open it again first; that needs a reason.")
        raise Refused("period_closed", told % {"period": period.name})


@follows("organization.code.delete")
def code_not_in_use(code: Code, event: Event, *, by: Actor, at: datetime) -> None:
    """An entry that documents have is switched off, not deleted; one that the product brings is as it was before."""
    what = "" if code.code in TABLES[code.table].system else code_lists.used(code.table, code.code)
    if what:
        told = {"document": code, "what": what}
        raise Refused("in_use", _t("%(document)s is used by %(what)s and cannot be deleted. Switch it off instead.") % told)


@follows("organization.member.change", "organization.role.change", "organization.role.take_over")
def somebody_administers(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """The last administrator's rights are not taken away, not even by themselves."""
    if not any(is_admin(member.roles) for member in Member.objects.filter(state=Member.State.ACTIVE)):
        raise Refused("last_admin", _t("%(name)s is the last administrator. Make somebody else administrator first.") % {"name": by.name})


@follows("organization.member.change", "organization.role.change")
def nobody_locks_themselves_out(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """A rule of where and when that would keep out whoever is saving it, from where they are and now, is not saved."""
    if by.id is None or not event.changes.keys() & {"entry", "roles"}:
        return
    address, refused = entry.present(), None
    if address is not None:
        config.changed()  # what is read below counts as it is now
        refused = ours.actor(Member.objects.get(pk=by.id)).entry.refusal(address, at)
    if refused is not None:
        told = _t("This would keep you out yourself: it is %(now)s and you are at %(address)s. Leave room for both.")
        sentence = told % {"now": f"{at:%H:%M}", "address": address}
        raise Invalid([FieldError("entry" if "entry" in event.changes else "roles", "locks_you_out", sentence)])


returns_of(introducing.KIND)(introducing.came_back)


@after("organization.handover.hand_over", "organization.handover.carry_out")
def introduce(event: Event) -> None:
    """The contacts of customers handed over are told who is there for them now."""
    handover = Handover.objects.filter(pk=event.subject_id, state=Handover.State.DONE).first()
    if handover is not None and handover.told:
        introducing.send(handover, event.at)


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
port.seal_of = seal_of
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
