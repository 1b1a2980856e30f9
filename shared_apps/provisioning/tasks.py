"""Work on a whole company: what its administrator starts and watches (export, import, sandbox), and the daily look at its own domains."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kernel import clock, files, jobs, people
from kernel.exchange.aside import progress_of
from kernel.models import File, Job
from kernel.refusals import Refused
from shared_apps.provisioning import archives, proofs
from tenants import domains, lifecycle, provisioning, sandbox
from tenants.context import current_schema, public_context
from tenants.lifecycle import By
from tenants.models import Claim, Tenant
from tenants.moving import archive, exporting, importing
from tenants.schema_task import PublicTask


def company() -> Tenant:
    """The company of this job, as it stands now."""
    mine = current_schema()
    with public_context():
        return Tenant.objects.get(schema_name=mine)


def by(job: jobs.Run) -> By:
    return By(job.actor.name, job.actor.account)


def told(progress: Callable[[int, int, str], None]) -> archive.Progress:
    return lambda done, total: progress(done, total, "")


@jobs.job("company_export", while_read_only=True)
def export(job: jobs.Run) -> dict[str, Any]:
    """Everything of the company in one archive."""
    mine, at = company(), clock.now()
    with tempfile.TemporaryFile() as whole, progress_of(job) as progress:
        manifest = exporting.export(mine, whole, told(progress))
        size = whole.tell()
        whole.seek(0)
        file = files.keep_large(f"{mine.slug}-{at:%Y%m%d-%H%M}.zip", Content(whole), size, archive.KIND, by=job.actor, at=at)
    lifecycle.exported(mine, by=by(job))
    missing = _("%(n)d files could not be found and are named in the manifest.") % {"n": len(manifest.missing)} if manifest.missing else ""
    return {"file": archives.told(file)["url"], "rows": sum(part.rows for part in manifest.tables.values()), "message": missing}


@jobs.job("company_import")
def bring_in(job: jobs.Run) -> dict[str, Any]:
    """Fill this fresh company with what an archive holds."""
    mine = company()
    with public_context():
        owner = provisioning.owner_of(mine)
    file = File.objects.get(pk=job.params["file"])
    with default_storage.open(file.path) as source, progress_of(job) as progress:
        try:
            manifest = importing.bring_in(mine, source, owner, told(progress))
        except archive.NotTaken as no:
            raise Refused(no.code, str(no)) from no
    me = find_member(owner.user_id)
    Job.objects.filter(pk=job.job.pk).update(member=me)
    job.job.member = me
    return {"rows": sum(part.rows for part in manifest.tables.values()), "from": manifest.company["slug"]}


def find_member(account: int) -> int | None:
    found = people.directory.load_actor(account)
    return None if found is None else found.id


@jobs.job("sandbox")
def make_sandbox(job: jobs.Run) -> dict[str, Any]:
    """Copy the live company into its sandbox."""
    try:
        made = sandbox.make(company(), by=by(job))
    except sandbox.NoSandbox as no:
        raise Refused(no.code, str(no)) from no
    return {"slug": made.slug}


@shared_task(base=PublicTask, name="provisioning.look_at_domains")
def look_at_domains() -> int:
    """Have every own domain looked at whose proof was not looked at for a day."""
    found = domains.due(clock.now())
    for pk in found:
        look_at_domain.apply_async(args=[pk], expires=3600)
    return len(found)


@shared_task(base=PublicTask, name="provisioning.look_at_domain")
def look_at_domain(pk: int) -> None:
    """Ask DNS for the proof of one domain, and tell the company when it is gone."""
    proven = Claim.objects.select_related("company").exclude(verified_at=None).filter(pk=pk)
    claimed = proven.first()
    if claimed is None:
        return
    found = domains.texts(domains.record(claimed)[0])
    with transaction.atomic():
        locked = proven.select_for_update(of=("self",)).first()
        if locked is not None:
            proofs.tell(locked, domains.judge(locked, found, clock.now()))
