"""The companies and their addresses. Public schema."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models, transaction
from django_tenants.models import DomainMixin, TenantMixin

from tenants import directory, slugs, states


class Tenant(TenantMixin):
    """A company that uses the product. Its rows live in a schema of its own whose name says nothing and never changes."""

    auto_create_schema = False
    auto_drop_schema = False

    State = states.State

    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=slugs.LONGEST, unique=True, validators=[slugs.check])
    state = models.CharField(max_length=20, choices=State, default=State.PROVISIONING)
    until = models.DateTimeField(null=True)
    """When the present state ends by itself: trial, grace, the wait for deletion."""
    closed = models.CharField(max_length=20, blank=True, default="", db_default="")
    """Why nobody may enter for a while, whatever the state: `restore`, `move`."""
    backups_until = models.DateTimeField(null=True)
    """Of a deleted company: until when its backups are kept all the same. None: they went with it."""
    sandbox_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="sandboxes")
    owner_id = models.BigIntegerField()
    template = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    timezone = models.CharField(max_length=40, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    created_at = models.DateTimeField(auto_now_add=True)

    @property
    def read_only(self) -> bool:
        return self.state in states.READ_ONLY

    def save(self, *args: Any, **kwargs: Any) -> None:
        models.Model.save(self, *args, **kwargs)
        self.moved()

    def moved(self) -> None:
        """Its address or state has changed: every process asks anew."""
        hosts = [directory.host_of(self.slug), *self.domains.values_list("domain", flat=True)]
        transaction.on_commit(lambda: directory.forget(hosts))

    def __enter__(self) -> NoReturn:
        raise TypeError("Use `with tenant_context(company):`. `with company:` mixes companies up as soon as two threads use it.")

    def __str__(self) -> str:
        return self.name


class Domain(DomainMixin):
    """A company's own address beside `<slug>.<base domain>`."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.domain = self.domain.lower().rstrip(".")  # type: ignore[has-type]
        super().save(*args, **kwargs)
        self.tenant.moved()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        transaction.on_commit(lambda: directory.forget([self.domain]))
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted


class SchemaRelease(models.Model):
    """The tables of a new company as one script, made once from the migrations of a release."""

    digest = models.CharField(max_length=64, unique=True)
    script = models.TextField()
    deployed_at = models.DateTimeField()

    class Meta:
        get_latest_by = "deployed_at"


class SpareSchema(models.Model):
    """A ready, empty company schema that waits for a sign-up. Its row is there exactly when its schema is complete."""

    schema_name = models.CharField(max_length=63, unique=True)
    release = models.ForeignKey(SchemaRelease, models.PROTECT, related_name="spares")


class Transition(models.Model):
    """One step in the life of a company: who moved it, when, from where to where, and why. Written once."""

    company = models.ForeignKey(Tenant, models.PROTECT, related_name="transitions")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    account = models.BigIntegerField(null=True)
    before = models.CharField(max_length=20, choices=states.State)
    after = models.CharField(max_length=20, choices=states.State)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)


class Certificate(models.Model):
    """What a deleted company consisted of, table by table, and the hash of it: kept when nothing else is."""

    company = models.OneToOneField(Tenant, models.PROTECT, related_name="certificate")
    tables = models.JSONField()
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)


class Backup(models.Model):
    """A complete copy of a company at one moment, encrypted, in the backup storage."""

    company = models.ForeignKey(Tenant, models.PROTECT, related_name="backups")
    taken_at = models.DateTimeField()
    name = models.CharField(max_length=300, unique=True)
    release = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    took_ms = models.IntegerField()

    class Meta:
        ordering = ("taken_at", "id")
        get_latest_by = ("taken_at", "id")


class Standing(models.Model):
    """How the last migration and the last backup of a company went."""

    company = models.OneToOneField(Tenant, models.CASCADE, related_name="standing")
    release = models.CharField(max_length=64, blank=True)
    migrated_at = models.DateTimeField(null=True)
    migration_error = models.TextField(blank=True)
    backup_at = models.DateTimeField(null=True)
    backup_error = models.TextField(blank=True)


class Claim(models.Model):
    """A domain that a company says is its own, and the text it has to publish there to prove it."""

    company = models.ForeignKey(Tenant, models.CASCADE, related_name="claims")
    domain = models.CharField(max_length=253)
    secret = models.CharField(max_length=64)
    claimed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    missing_since = models.DateTimeField(null=True)
    """Since when a proof that was there is not found any more."""
    found = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "domain"], name="claim_once")]
