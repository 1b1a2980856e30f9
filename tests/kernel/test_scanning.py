"""With a scanner set, nothing is kept that it has not looked at; without one, files are taken as before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.embedded.process import free_port
from kernel import scanning
from kernel.models import File
from kernel.refusals import Refused
from tenants.context import tenant_context
from tests.api import Api
from tests.kernel import clamd

PLAIN = b"just text" * 20_000


@pytest.fixture
def scanner(settings) -> Iterator[str]:
    with clamd.serving() as address:
        settings.VIRUS_SCANNER = address
        yield address


def sent(api: Api, content: bytes) -> tuple[int, str, bool]:
    begun = api.post("/files/", {"name": "a.txt", "size": len(content), "type": "text/plain"}, 201)
    answer = api.client.put(begun["upload"]["url"], content, content_type="text/plain", HTTP_ACCEPT_LANGUAGE="en")
    with tenant_context(api.company):
        return answer.status_code, answer.json().get("code", ""), File.objects.get(pk=begun["id"]).stored


def test_an_infected_file_is_not_taken_and_a_clean_one_is(api: Api, scanner: str):
    assert sent(api, PLAIN) == (200, "", True)
    assert sent(api, PLAIN + clamd.VIRUS) == (422, "infected", False)


def test_what_cannot_be_scanned_is_not_taken_where_a_scanner_is_set(api: Api, settings):
    settings.VIRUS_SCANNER = f"127.0.0.1:{free_port()}"
    assert sent(api, PLAIN) == (503, "scanner_away", False)
    settings.VIRUS_SCANNER = ""
    assert sent(api, PLAIN) == (200, "", True)


def test_the_scanner_says_what_it_finds_and_an_error_is_no_verdict(scanner: str):
    assert scanning.verdict(scanner, [b"a", clamd.VIRUS[:9], clamd.VIRUS[9:]]) == "Eicar-Test-Signature"
    assert scanning.verdict(scanner, []) == ""
    with pytest.raises(Refused) as refused:
        scanning.check("large.bin", [b"x" * (clamd.MOST + 1)])
    assert (refused.value.code, "large.bin" in str(refused.value.sentence)) == ("scanner_away", True)
