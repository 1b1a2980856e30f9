"""A company moves to another address. Its schema, files, backups and log-ins of its people stay what they are."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenants import directory, slugs
from tenants.backups.restoring import note
from tenants.context import public_context
from tenants.lifecycle import By
from tenants.models import Tenant


def free(slug: str) -> str:
    """An address that somebody may have, or why not."""
    slugs.check(slug)
    if Tenant.objects.filter(slug=slug).exists():
        raise ValidationError(_("This address is taken. Choose another."), code="slug_taken")
    return slug


def rename(company: Tenant, slug: str, *, by: By, reason: str) -> Tenant:
    """Give a company another address; the old one answers no more. Own domains stay."""
    with public_context(), transaction.atomic():
        found = Tenant.objects.select_for_update(of=("self",)).get(pk=company.pk)
        before, found.slug = found.slug, free(slug)
        found.save(update_fields=["slug"])
        transaction.on_commit(lambda: directory.forget([directory.host_of(before)]))
        note(found, by, f"{before} → {slug}: {reason}")
    return found
