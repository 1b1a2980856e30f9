"""Backups of a company, and what can be made of them; its address, and its archive for another server (W-2.1.1, P-D.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import jobs
from kernel.access import Actor
from kernel.actions import action
from kernel.models import Job
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.console.actions.clients import REASON
from shared_apps.console.models import Client
from tenants import lifecycle, renaming
from tenants.models import Backup, Tenant
from tenants.states import OPEN

S = Client.State
STANDING = tuple(sorted(OPEN))
KINDS = ("client_backup", "client_restore", "client_restore_beside", "client_archive", "client_delete")
BACKUP = {"backup": {"label": pgettext_lazy("company", "Backup")}}


def running(client: Client) -> Any:
    """Work on this company as a whole that has not ended."""
    return Job.objects.filter(kind__in=KINDS, params__client=client.pk, state__in=(Job.State.QUEUED, Job.State.RUNNING))


def _begin(kind: str, label: Any, client: Client, by: Actor, **params: Any) -> None:
    """One such work at a time."""
    if running(client).exists():
        raise Refused("busy", _t("Another copy of this company is being made or put back. Wait until it is finished."))
    jobs.start(kind, f"{label} · {client.name}", {"client": client.pk, **params}, by=by)


def _backup(client: Client, pk: int) -> Backup:
    found = Backup.objects.filter(pk=pk, company=client.tenant).first()
    if found is None:
        raise Invalid([FieldError("backup", "not_found", _t("This backup is not there any more. Choose another."))])
    return found


def _address(slug: str) -> str:
    try:
        return renaming.free(slug.strip().lower())
    except ValidationError as no:
        raise Invalid([FieldError("slug", str(no.code), no.messages[0])]) from no


@action(label=_("Back up now"), when=STANDING, says=_("backup asked for"))
def back_up(client: Client, *, by: Actor, at: datetime) -> None:
    """A complete, sealed copy of the company as it is now."""
    _begin("client_backup", _t("Backup"), client, by)


@action(
    label=_("Restore beside"), when=(*STANDING, S.DELETED), says=_("restored beside"),
    params={**BACKUP, "slug": {"label": _("New address"), "max_length": 32}, **REASON},
)  # fmt: skip
def restore_beside(client: Client, *, by: Actor, at: datetime, backup: int, slug: str, reason: str) -> None:
    """Put a backup under an address of its own, as a sandbox; the live company is not touched."""
    chosen = _backup(client, backup)
    _begin("client_restore_beside", _t("Restore beside"), client, by, backup=chosen.pk, slug=_address(slug))


@action(
    label=_("Restore over"), when=STANDING, style="danger", says=_("restored"),
    params={**BACKUP, "slug": {"label": _("Address of the company, to confirm"), "max_length": 32}, **REASON},
    confirm=_("What the company did after the backup goes. A backup of how it is now is made first. Nobody can enter meanwhile."),
)  # fmt: skip
def restore_over(client: Client, *, by: Actor, at: datetime, backup: int, slug: str, reason: str) -> None:
    """Take the company back to a backup; a backup of how it is now is made first."""
    if slug.strip() != client.slug:
        raise Invalid([FieldError("slug", "not_confirmed", _t("Type %(slug)s to confirm.") % {"slug": client.slug})])
    _begin("client_restore", _t("Restore"), client, by, backup=_backup(client, backup).pk)


@action(label=_("Archive for another server"), when=STANDING, says=_("archive made"), params=REASON)
def archive(client: Client, *, by: Actor, at: datetime, reason: str) -> None:
    """Everything of the company in one file, which an administrator imports on another server; the company reads that it was made."""
    _begin("client_archive", _t("Archive"), client, by, reason=reason)


@action(
    label=_("Move to another address"), when=STANDING, says=_("moved to another address"),
    params={"slug": {"label": _("New address"), "max_length": 32}, **REASON},
    confirm=_("The present address stops working at once, and everybody logs in again at the new one. Continue?"),
)  # fmt: skip
def move(client: Client, *, by: Actor, at: datetime, slug: str, reason: str) -> None:
    """Give the company another address; the present one stops working at once."""
    company = Tenant.objects.get(pk=client.tenant)
    client.slug = renaming.rename(company, _address(slug), by=lifecycle.By(by.name, by.account), reason=reason).slug
