"""A sandbox: a copy of a live company to try things in. Nothing goes out of it, and it can be thrown away or made anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import IO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants import deletion, lifecycle
from tenants.backups import restoring, snapshot
from tenants.context import here, public_context
from tenants.lifecycle import By
from tenants.models import Tenant
from tenants.slugs import LONGEST, SANDBOX
from tenants.states import OPEN
from tenants.throwaway import on_own_connection

LOCK = 7_140_012


class NoSandbox(Exception):
    """A sandbox was asked for where there cannot be one."""

    def __init__(self, code: str, sentence: object) -> None:
        self.code = code
        super().__init__(str(sentence))


def in_sandbox() -> bool:
    """Whether the running code works for a copy: then no mail, message or call leaves the product."""
    return getattr(here().tenant, "sandbox_of_id", None) is not None


def of(company: Tenant) -> Tenant | None:
    """The company's sandbox."""
    with public_context():
        return Tenant.objects.filter(sandbox_of=company, state__in=OPEN, slug__endswith=SANDBOX).first()


def slug_of(company: Tenant) -> str:
    """Its address: no company can choose it for itself, since addresses of this ending are reserved."""
    plain = f"{company.slug[: LONGEST - len(SANDBOX)].rstrip('-')}{SANDBOX}"
    return plain if not Tenant.objects.filter(slug=plain).exists() else f"{company.slug[:12].rstrip('-')}-{company.pk}{SANDBOX}"


def make(company: Tenant, *, by: By) -> Tenant:
    """The company's sandbox as a copy of how it is now: a new one, or the one that is there made anew."""
    if company.sandbox_of_id is not None:
        raise NoSandbox("in_sandbox", _("This is a sandbox itself. Make it anew from the live company."))
    return on_own_connection(_make, company, by)


def _make(company: Tenant, by: By) -> Tenant:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, company.pk])
        if not cursor.fetchone()[0]:
            raise NoSandbox("busy", _("The sandbox is being made at this moment. It will be there in a minute."))
    there = of(company)
    if there is None:
        return restoring.beside(company, slug_of(company), now(company), by=by, reason=f"Sandbox of {company.slug}")
    restoring.replace(there, now(company), copied=True)
    restoring.note(there, by, f"Made anew from {company.slug}")
    return there


def now(company: Tenant) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    """The company as it is at this moment, as a snapshot that nobody keeps."""

    @contextmanager
    def taken() -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile() as whole:
            snapshot.write(company.schema_name, whole)
            whole.seek(0)
            yield whole

    return taken


def discard(company: Tenant, *, by: By) -> bool:
    """Throw the sandbox away at once; nothing in it is anybody's work."""
    there = of(company)
    if there is None:
        return False
    with public_context(), transaction.atomic():
        lifecycle.cancel(there, by=by, reason="Sandbox thrown away")
        Tenant.objects.filter(pk=there.pk).update(until=timezone.now(), slug=f"gone-{there.pk}")
        there.moved()
    deletion.delete(there, by=by)
    return True
