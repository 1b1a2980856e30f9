"""The same backups in S3-compatible storage, spoken to by boto3."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from tenants import provisioning
from tenants.backups import restoring, sealed, taking, vault
from tenants.models import Backup
from tests.tenants.test_backups import customer, customers, drawing

BUCKET = "millwright-backups"


@pytest.fixture
def bucket(settings, monkeypatch) -> Any:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    for name, value in {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=BUCKET)
    options = {"bucket_name": BUCKET, "endpoint_url": endpoint, "file_overwrite": True}
    settings.STORAGES = {**settings.STORAGES, "backups": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}
    yield client
    server.stop()


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
