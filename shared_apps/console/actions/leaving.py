"""Deleting a company without the wait: one operator asks for it, another confirms (W-2.1.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import jobs, messages
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import key_of
from shared_apps.console.actions.clients import REASON
from shared_apps.console.actions.copies import STANDING, running
from shared_apps.console.models import Client, Person
from tenants import lifecycle
from tenants.backups.taking import DUE_AFTER
from tenants.models import Backup, Tenant

VALID = timedelta(days=3)
"""How long what one operator asked for can be confirmed."""
BACKUPS = (("delete", _("Delete them too")), ("keep", _("Keep them for the days of the usual wait")))
ADDRESS = {"slug": {"label": _("Address of the company, to confirm"), "max_length": 32}}


def asked(client: Client, at: datetime) -> dict[str, Any] | None:
    """What waits for another operator's word, unless it has been too long."""
    told = client.leaving
    if not told or at >= datetime.fromisoformat(told["at"]) + VALID:
        return None
    return {**told, "until": (datetime.fromisoformat(told["at"]) + VALID).isoformat()}


def _typed(client: Client, slug: str) -> None:
    if slug.strip() != client.slug:
        raise Invalid([FieldError("slug", "not_confirmed", _t("Type %(slug)s to confirm.") % {"slug": client.slug})])


@action(
    label=_("Ask for deletion at once"), when=STANDING, style="danger", says=_("deletion at once asked for"),
    params={**ADDRESS, "backups": {"label": pgettext_lazy("company", "Backups"), "type": "choice", "choices": BACKUPS}, **REASON},
)  # fmt: skip
def ask_deletion(client: Client, *, by: Actor, at: datetime, slug: str, backups: str, reason: str) -> None:
    """Nothing is deleted yet: another administrator of the platform has to confirm within three days."""
    _typed(client, slug)
    if backups == "keep":
        _fresh_backup(client, at)
    client.leaving = {"by": by.id, "name": by.name, "at": at.isoformat(timespec="seconds"), "reason": reason, "backups": backups}
    others = Person.objects.filter(role=Person.Role.ADMIN, state=Person.State.ACTIVE, client=None).exclude(pk=by.id or 0)
    title = _t("%(name)s asks to delete %(company)s at once") % {"name": by.name, "company": client.name}
    link = {"_key": key_of(Client), "id": client.pk}
    messages.send(list(others.values_list("pk", flat=True)), title, text=reason, origin=f"deletion:{client.pk}:{client.version}", link=link)


@action(
    label=_("Confirm deletion at once"), when=STANDING, style="danger", says=_("deletion at once confirmed"), params=ADDRESS,
    confirm=_("Its tables, files, log-ins and domains go now and for good; a certificate stays. Continue?"),
)  # fmt: skip
def confirm_deletion(client: Client, *, by: Actor, at: datetime, slug: str) -> None:
    """Delete the company now, as another operator has asked; nobody can take that back."""
    told = asked(client, at)
    if told is None:
        raise Refused("not_asked", _t("Nobody has asked for this within the last three days. Ask for it; another operator confirms."))
    if told["by"] == by.id:
        raise Refused(
            "same_person", _t("You have asked for it yourself. Another administrator of the platform has to confirm."), status=403
        )
    _typed(client, slug)
    if running(client).exists():
        raise Refused("busy", _t("Another copy of this company is being made or put back. Wait until it is finished."))
    keep = told["backups"] == "keep"
    if keep:
        _fresh_backup(client, at)
    until = at + timedelta(days=settings.DELETION_DAYS) if keep else None
    reason = _t("%(reason)s (asked for by %(name)s)") % {"reason": told["reason"], "name": told["name"]}
    try:
        company = lifecycle.end_now(
            Tenant.objects.get(pk=client.tenant), by=lifecycle.By(by.name, by.account), reason=reason, backups_until=until
        )
    except lifecycle.WrongState as wrong:
        raise Refused(wrong.code, str(wrong)) from wrong
    client.leaving = {}
    set_state(client, company.state)
    jobs.start("client_delete", f"{_t('Deletion at once')} · {client.name}", {"client": client.pk}, by=by)


def _fresh_backup(client: Client, at: datetime) -> None:
    """Refuse to keep backups of which none is of the last day."""
    if not Backup.objects.filter(company=client.tenant, taken_at__gte=at - DUE_AFTER).exists():
        told = _t("There is no backup of the last 24 hours to keep. Choose “Back up now” first, or have the backups deleted too.")
        raise Invalid([FieldError("backups", "no_backup", told)])


@action(label=_("Call off deletion at once"), when=STANDING, says=_("deletion at once called off"), params=REASON)
def call_off_deletion(client: Client, *, by: Actor, at: datetime, reason: str) -> None:
    """The company stays."""
    if not client.leaving:
        raise Refused("not_asked", _t("Nobody has asked for this. The company stays as it is."))
    client.leaving = {}
