"""S3-compatible storage: a real server of that protocol with an empty bucket, in which the product keeps something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

NEEDED = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def bucket(name: str, settings: Any, kept: str, **options: Any) -> Iterator[Any]:
    """A bucket of this name where the product's storage `kept` (`default`, `backups`) is, and boto3's client to look into it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as patch:
        for key, value in NEEDED.items():
            patch.setenv(key, value)
        client = boto3.client("s3", endpoint_url=endpoint)
        client.create_bucket(Bucket=name)
        there = {"bucket_name": name, "endpoint_url": endpoint, **options}
        settings.STORAGES = {**settings.STORAGES, kept: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": there}}
        yield client
    server.stop()
