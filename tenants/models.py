"""The companies and their addresses. Public schema."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models, transaction
from django_tenants.models import DomainMixin, TenantMixin

from tenants import directory, slugs


class Tenant(TenantMixin):
    """A company that uses the product. Its rows live in a schema of its own whose name says nothing and never changes."""

    auto_create_schema = False
    auto_drop_schema = False

    class State(models.TextChoices):
        PROVISIONING = "provisioning"
        ACTIVE = "active"

    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=slugs.LONGEST, unique=True, validators=[slugs.check])
    state = models.CharField(max_length=20, choices=State, default=State.PROVISIONING)
    owner_id = models.BigIntegerField()
    template = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    timezone = models.CharField(max_length=40, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    created_at = models.DateTimeField(auto_now_add=True)

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
