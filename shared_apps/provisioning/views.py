"""What an administrator does with the company as a whole: take its data along, try things in a copy, give it a domain, leave."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, configuration, jobs
from kernel.api.me import MemberView, bytes_of, file_of
from kernel.models import Job
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.provisioning import archives, tasks
from tenants import directory, domains, lifecycle, sandbox
from tenants.context import public_context, tenant_context
from tenants.lifecycle import By, WrongState
from tenants.models import Backup, Claim, Tenant

KINDS = ("company_export", "company_import", "sandbox")


class AdminView(MemberView):
    """Only administrators of the company come in."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not isinstance(getattr(request, "tenant", None), Tenant):
            raise Http404
        if not self.actor.is_admin:
            raise Refused("forbidden", _("Only an administrator may do this. Ask one of them."), status=403)

    @property
    def company(self) -> Tenant:
        return self.request.tenant  # type: ignore[attr-defined]

    @property
    def by(self) -> By:
        return By(self.actor.name, self.actor.account)

    def begin(self, kind: str, label: str, params: dict[str, Any]) -> Response:
        if Job.objects.filter(kind=kind, state__in=(Job.State.QUEUED, Job.State.RUNNING)).exists():
            raise Refused("busy", _("This is being done at the moment. Wait until it is finished."))
        return Response({"job": jobs.told(jobs.start(kind, label, params, by=self.actor))}, status=202)


class CompanyView(AdminView):
    """Where the company stands, and what there is of it besides."""

    def get(self, request: Request) -> Response:
        with public_context():
            copy = sandbox.of(self.company)
            last = Backup.objects.filter(company=self.company).last()
            claims = [_claim(one) for one in Claim.objects.filter(company=self.company).order_by("pk")]
        running = Job.objects.filter(kind__in=KINDS).order_by("-id")[:10]
        return Response(
            {
                "state": self.company.state,
                "until": self.company.until,
                "address": directory.url_of(self.company.slug),
                "is_sandbox": self.company.sandbox_of_id is not None,
                "sandbox": copy and {"slug": copy.slug, "url": directory.url_of(copy.slug)},
                "last_backup": last and last.taken_at,
                "place": settings.DATA_PLACE,
                "domains": claims,
                "archives": [archives.told(file) for file in archives.there(clock.now())[:50]],
                "jobs": [jobs.told(row) for row in running],
            }
        )


class ExportView(AdminView):
    while_read_only = True

    def post(self, request: Request) -> Response:
        """Start the export of everything."""
        return self.begin("company_export", _("Export of the whole company"), {})


class ArchiveView(AdminView):
    def get(self, request: Request, pk: int) -> Any:
        """An archive of the company, whichever administrator has asked for it."""
        file = archives.there(clock.now()).filter(pk=pk).first()
        if file is None:
            raise Refused("archive_gone", _("This archive is not kept any more. Make a new export."), status=404)
        return bytes_of(file)


class ImportView(AdminView):
    def post(self, request: Request) -> Response:
        """Start to fill this fresh company from an archive that was uploaded as a file."""
        told = self.body().get("file")
        if isinstance(told, bool) or not isinstance(told, int):
            raise Invalid([FieldError("file", "required", _("Please choose a file."))])
        file_of(told, self.actor)
        return self.begin("company_import", _("Import of a whole company"), {"file": told})


class SandboxView(AdminView):
    def post(self, request: Request) -> Response:
        """Make the sandbox, or make it anew."""
        if self.company.sandbox_of_id is not None:
            raise Refused("in_sandbox", _("This is a sandbox itself. Make it anew from the live company."))
        return self.begin("sandbox", _("Copy into the sandbox"), {})

    def delete(self, request: Request) -> Response:
        """Throw the sandbox away."""
        if not sandbox.discard(self.company, by=self.by):
            raise Http404
        return Response(status=204)


class PromotionView(AdminView):
    def copy(self) -> Tenant:
        with public_context():
            found = sandbox.of(self.company)
        if found is None:
            raise Refused("no_sandbox", _("There is no sandbox. Make one first."), status=404)
        return found

    def theirs(self) -> configuration.Pictures:
        with tenant_context(self.copy()):
            return configuration.pictured()

    def get(self, request: Request) -> Response:
        """What of the configuration differs in the sandbox."""
        theirs = self.theirs()
        return Response(configuration.diff(configuration.pictured(), theirs))

    def post(self, request: Request) -> Response:
        """Carry it over, when it is still what was shown."""
        digest = self.body().get("digest")
        if not isinstance(digest, str):
            raise Invalid([FieldError("digest", "required", _("Look at the differences first."))])
        return Response({"count": configuration.carry(self.theirs(), digest, by=self.actor, at=clock.now())})


class DomainsView(AdminView):
    def post(self, request: Request) -> Response:
        """Claim a domain; the answer is what has to stand in its DNS."""
        try:
            return Response(_claim(domains.claim(self.company, str(self.body().get("domain") or ""))), status=201)
        except ValidationError as no:
            raise Invalid([FieldError("domain", str(no.code), no.messages[0])]) from no


class DomainView(AdminView):
    def claimed(self, pk: int) -> Claim:
        with public_context():
            found = Claim.objects.filter(company=self.company, pk=pk).first()
        if found is None:
            raise Http404
        return found

    def post(self, request: Request, pk: int) -> Response:
        """Look whether the proof is there."""
        claimed = self.claimed(pk)
        domains.check(claimed)
        return Response(_claim(claimed))

    def delete(self, request: Request, pk: int) -> Response:
        domains.release(self.claimed(pk))
        return Response(status=204)


class CancelView(AdminView):
    def post(self, request: Request) -> Response:
        """Leave: read-only from now on, deleted after the wait. The address is typed as a confirmation."""
        told = self.body()
        if told.get("slug") != self.company.slug:
            sentence = _("Type %(slug)s to confirm.") % {"slug": self.company.slug}
            raise Invalid([FieldError("slug", "not_confirmed", sentence)])
        try:
            left = lifecycle.cancel(self.company, by=self.by, reason=str(told.get("reason") or "")[:300])
        except WrongState as no:
            raise Refused(no.code, str(no)) from no
        return Response({"state": left.state, "until": left.until})


def _claim(claimed: Claim) -> dict[str, Any]:
    name, text = domains.record(claimed)
    return {
        "id": claimed.pk,
        "domain": claimed.domain,
        "record": {"type": "TXT", "name": name, "text": text},
        "verified_at": claimed.verified_at,
        "missing_since": claimed.missing_since,
        "ends_at": claimed.missing_since and domains.ends(claimed.missing_since),
        "checked_at": claimed.checked_at,
        "found": claimed.found,
    }


__all__ = ["tasks"]
