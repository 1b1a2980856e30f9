"""The tables of a new company, per release: built once by the real migrations, then kept as one script."""

from __future__ import annotations

import hashlib
import os
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tenants.catalog import script_of
from tenants.context import schema_context
from tenants.models import SchemaRelease

FORMAT = b"1"
TEMPLATE = "t_template"


def company_apps() -> list[str]:
    """Labels of the apps whose tables stand in every company's schema."""
    return sorted(config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS)


def digest() -> str:
    """Names the release: the same migrations give the same digest everywhere."""
    sum_ = hashlib.sha256(FORMAT)
    for label in company_apps():
        module = import_module(str(MigrationLoader.migrations_module(label)[0]))
        for path in sorted(Path(folder) / file for folder in module.__path__ for file in os.listdir(folder) if file.endswith(".py")):
            sum_.update(f"\0{label}/{path.name}\0".encode())
            sum_.update(path.read_bytes())
    return sum_.hexdigest()


def prepare() -> tuple[SchemaRelease, bool]:
    """Make the release of this code the one that new companies get; tells whether its script had to be built."""
    name = digest()
    known = SchemaRelease.objects.filter(digest=name).first()
    if known is None:
        known = SchemaRelease(digest=name, script=build_script())
    built = known.pk is None
    known.deployed_at = timezone.now()
    known.save()
    return known, built


def build_script() -> str:
    """Run every migration in a scratch schema, write down what came of it, and drop it again."""
    quoted = connection.ops.quote_name(TEMPLATE)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {quoted} CASCADE")
        cursor.execute(f"CREATE SCHEMA {quoted}")
    try:
        with schema_context(TEMPLATE):
            executor = MigrationExecutor(connection)
            executor.migrate(targets(executor))
        with transaction.atomic():
            return script_of(TEMPLATE)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {quoted} CASCADE")


def targets(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last migration of every app that companies have."""
    ours = set(company_apps())
    return [node for node in executor.loader.graph.leaf_nodes() if node[0] in ours]
