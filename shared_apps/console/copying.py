"""What workers do with a whole company because an operator asked: back up, restore, archive, open, delete."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from kernel import calls, clock, jobs, saving
from kernel.actions import move
from kernel.exchange.aside import beating, progress_of
from kernel.models import File
from kernel.refusals import Refused
from shared_apps.accounts import notices, services
from shared_apps.accounts.models import User
from shared_apps.console import clients
from shared_apps.console.models import Client, Opening
from tenants import deletion, directory, provisioning
from tenants.backups import restoring, sealed, taking
from tenants.context import public_context, tenant_context
from tenants.lifecycle import By
from tenants.models import Backup, Tenant
from tenants.moving import archive, exporting
from tenants.throwaway import on_own_connection


def company_of(job: jobs.Run) -> Tenant:
    """The company whose whole is worked on, as it stands now."""
    return Tenant.objects.get(pk=Client.objects.values_list("tenant", flat=True).get(pk=job.params["client"]))


def by(job: jobs.Run) -> By:
    return By(job.actor.name, job.actor.account)


@contextmanager
def restored() -> Iterator[None]:
    """What can be wrong with a backup, in words."""
    try:
        yield
    except restoring.NothingToRestore as gone:
        raise Refused("no_backup", _("This backup is not there any more. Choose another.")) from gone
    except sealed.Damaged as damaged:
        raise Refused("damaged", _("The backup is damaged or was changed. The company is as it was; choose another backup.")) from damaged
    except (sealed.NoKey, restoring.NotBroughtUp) as no:
        raise Refused("not_restored", str(no)) from no


def taken(company: Tenant) -> Backup:
    made = taking.take(company)
    if made is None:
        raise Refused("busy", _("This company is being backed up at this moment. Try again in a minute."))
    return made


@jobs.job("client_backup")
def back_up(job: jobs.Run) -> dict[str, Any]:
    """A backup now, and the too old ones forgotten."""
    company = company_of(job)
    with beating(job):
        made = taken(company)
        on_own_connection(taking.forget_old, company)
    clients.keep_in_line(clock.now(), only=[company.pk])
    return {"rows": made.rows, "files": made.files}


@jobs.job("client_restore")
def restore(job: jobs.Run) -> dict[str, Any]:
    """Back to a backup, after another one of how it is now."""
    company = company_of(job)
    backup = Backup.objects.get(pk=job.params["backup"])
    with restored(), beating(job):
        job.progress(0, 2, _("A backup of how it is now is made first."))
        taken(company)
        job.progress(1, 2, _("The company is put back."))
        restoring.restore(company, backup.taken_at, by=by(job))
    clients.keep_in_line(clock.now(), only=[company.pk])
    return {"rows": backup.rows}


@jobs.job("client_restore_beside")
def restore_beside(job: jobs.Run) -> dict[str, Any]:
    """A backup under an address of its own."""
    company = company_of(job)
    backup = Backup.objects.get(pk=job.params["backup"])
    with restored(), beating(job):
        copy = restoring.restore_as(company, job.params["slug"], backup.taken_at, by=by(job))
    clients.keep_in_line(clock.now(), only=[copy.pk, company.pk])
    return {"rows": backup.rows, "slug": copy.slug, "url": directory.url_of(copy.slug)}


@jobs.job("client_archive")
def take_along(job: jobs.Run) -> dict[str, Any]:
    """Everything in one archive; it lies in the company's own folder and goes with it when it is deleted."""
    company, at = company_of(job), clock.now()
    name = f"{company.slug}-{at:%Y%m%d-%H%M}.zip"
    with tempfile.TemporaryFile() as whole, progress_of(job) as progress:

        def told(done: int, total: int) -> None:
            with public_context():
                progress(done, total, "")

        with tenant_context(company):
            manifest = exporting.export(company, whole, told)
        size = whole.tell()
        whole.seek(0)
        path = default_storage.save(f"{company.schema_name}/archives/{job.job.pk}/{name}", Content(whole))
    kept = File.objects.create(
        name=name, type=archive.KIND, size=size, path=path, stored=True, created_at=at, created_by=job.actor.id
    )  # fmt: skip
    restoring.note(company, by(job), f"Archive for another server: {job.params['reason']}")
    return {"file": f"/api/v1/files/{kept.pk}/", "rows": sum(part.rows for part in manifest.tables.values())}


@jobs.job("client_delete")
def delete(job: jobs.Run) -> dict[str, Any]:
    """The end of a company that two operators have agreed on; killed half-way, the clock finishes it."""
    company = company_of(job)
    with beating(job):
        certificate = deletion.delete(company, by=by(job))
    clients.keep_in_line(clock.now(), only=[company.pk])
    return {"rows": certificate.rows if certificate else 0}


@jobs.job("company_opening")
def open_company(job: jobs.Run) -> dict[str, Any]:
    """Give an ordered company its schema and its default settings, and tell its administrator; again does what is left."""
    opening = Opening.objects.select_related("client").get(pk=job.params["opening"])
    assert opening.client is not None
    company = provisioning.begin(Tenant.objects.get(pk=opening.client.tenant), by(job))
    company = provisioning.finish(company)
    notices.welcome(User.objects.get(pk=company.owner_id), company.name, company.slug)
    clients.keep_in_line(clock.now(), only=[company.pk])
    with calls.call():
        opening = saving.lock(Opening(pk=opening.pk))
        if opening.state == Opening.State.REQUESTED:
            move(opening, Opening.State.COMPLETED, by=job.actor, at=clock.now())
    services.top_up()
    return {"url": directory.url_of(company.slug)}
