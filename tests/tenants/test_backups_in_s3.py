"""The same backups in S3-compatible storage, spoken to by boto3."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage

from tenants import provisioning
from tenants.backups import restoring, sealed, taking, vault
from tenants.models import Backup
from tests import s3
from tests.tenants.test_backups import customer, customers, drawing

BUCKET = "millwright-backups"


@pytest.fixture
def bucket(settings) -> Iterator[Any]:
    with s3.bucket(BUCKET, settings, "backups", file_overwrite=True) as client:
        yield client


def keys(bucket: Any) -> set[str]:
    return {kept["Key"] for kept in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def test_a_company_is_backed_up_destroyed_restored_and_its_old_backups_go(found, bucket):
    company = found(language="en")
    customer(company, "Kept")
    file = drawing(company, b"%PDF")
    made = taking.take(company)
    assert keys(bucket) == {made.name, vault.of_file(company.schema_name, file.path)}
    head = bucket.get_object(Bucket=BUCKET, Key=made.name)["Body"].read(4)
    assert head == sealed.MAGIC
    provisioning.drop_schema(company.schema_name)
    default_storage.delete(file.path)
    restoring.restore(company)
    assert customers(company) == ["Kept"]
    with default_storage.open(file.path) as stream:
        assert stream.read() == b"%PDF"
    customer(company, "Later")
    newer = taking.take(company)
    Backup.objects.filter(pk=made.pk).update(taken_at=newer.taken_at - timedelta(microseconds=1))
    taking.forget_old(company)
    assert {newer.name, vault.of_file(company.schema_name, file.path)} == keys(bucket)
