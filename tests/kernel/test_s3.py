"""Files in S3-compatible storage: straight from the browser into the bucket and out again, by signed addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests import s3, trade
from tests.api import Api

BUCKET = "millwright-files"
CONTENT = b"%PDF-1.7\n" + "试验机图纸".encode()


@pytest.fixture
def bucket(settings: Any) -> Iterator[Any]:
    """The product's files are in a bucket."""
    with s3.bucket(BUCKET, settings, "default", querystring_auth=True) as client:
        settings.S3_BUCKET, settings.S3_ENDPOINT = BUCKET, client.meta.endpoint_url
        yield client


def begun(api: Api) -> dict[str, Any]:
    return api.post("/files/", {"name": "drawing.pdf", "type": "application/pdf", "size": len(CONTENT)}, 201)


def send(target: dict[str, Any], content: bytes) -> None:
    with urlopen(Request(target["url"], data=content, headers=target["headers"], method=target["method"])) as answer:  # noqa: S310
        assert answer.status == 200


def test_a_drawing_goes_straight_into_the_bucket_and_comes_back(api: Api, bucket: Any) -> None:
    customer = trade.customer(api)
    told = begun(api)
    send(told["upload"], CONTENT)
    row = api.post(f"/partners/partners/{customer['id']}/files/", {"file": told["id"]}, 201)
    assert [one["name"] for one in api.get(f"/partners/partners/{customer['id']}/files/")["rows"]] == ["drawing.pdf"]
    answer = api.client.get(row["url"])
    assert answer.status_code == 302
    with urlopen(answer["Location"]) as stored:  # noqa: S310
        assert stored.read() == CONTENT
    (kept,) = bucket.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert kept["Key"].startswith(f"{api.company.schema_name}/")


def test_what_never_arrived_or_arrived_in_part_is_not_attached(api: Api, bucket: Any) -> None:
    customer = trade.customer(api)
    told = begun(api)
    refused = api.post(f"/partners/partners/{customer['id']}/files/", {"file": told["id"]}, 422)
    assert refused["code"] == "file_size"
    send(told["upload"], CONTENT[:5])
    assert api.post(f"/partners/partners/{customer['id']}/files/", {"file": told["id"]}, 422)["code"] == "file_size"
