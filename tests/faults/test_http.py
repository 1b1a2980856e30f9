"""Requests that a proxy and a server could understand differently, against the real web server: refused, and nothing of them is left for the next one."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from infra import programs
from infra.embedded.process import free_port
from tests.faults.programs import started, wait_for

STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
HIDDEN = b"GET /health/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def port(deployed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A web server as `make run` starts it."""
    found, log = free_port(), Path(tmp_path_factory.mktemp("web")) / "log"
    with started(programs.web(found, workers=1), log, PUBLIC_PORT=str(found)):
        wait_for(lambda: lives(found), f"the web server (see {log})")
        yield found


def lives(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def answers(port: int, request: bytes) -> list[int]:
    """The status of each answer to what was sent over one connection, until the server closes it or falls silent."""
    told = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            while block := line.recv(65536):
                told += block
        except OSError:  # closed while we were still sending
            pass
    return [int(status) for status in STATUS.findall(told)]


def post(*headers: str, body: bytes = b"") -> bytes:
    return "\r\n".join(["POST /csp/ HTTP/1.1", "Host: localhost", *headers, "", ""]).encode() + body


AMBIGUOUS = {
    "two lengths": post("Content-Length: 4", "Content-Length: 60", body=b"abcd" + HIDDEN),
    "a list of lengths": post("Content-Length: 4, 60", body=b"abcd" + HIDDEN),
    "a length with a sign": post("Content-Length: +4", body=b"abcd" + HIDDEN),
    "a length that is none": post("Content-Length: 0x4", body=b"abcd" + HIDDEN),
    "an unknown coding": post("Transfer-Encoding: xchunked", body=b"0\r\n\r\n" + HIDDEN),
    "chunked, but not last": post("Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n" + HIDDEN),
    "a space before the colon": post("Transfer-Encoding : chunked", body=b"0\r\n\r\n" + HIDDEN),
    "a name that is folded": post("X-One: a\r\n Transfer-Encoding: chunked", body=b"0\r\n\r\n" + HIDDEN),
    "a NUL": post("X-One: a\0b", body=HIDDEN),
    "a bare carriage return": post("X-One: a\rTransfer-Encoding: chunked", body=HIDDEN),
    "a chunk whose size is none": post("Transfer-Encoding: chunked", body=b"zz\r\nabcd\r\n0\r\n\r\n" + HIDDEN),
    "a chunk longer than any number": post("Transfer-Encoding: chunked", body=b"f" * 20 + b"\r\nabcd\r\n0\r\n\r\n" + HIDDEN),
    "a wrong protocol": b"GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "no request at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500,
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_could_be_understood_in_two_ways_is_refused(port: int, name: str):
    told = answers(port, AMBIGUOUS[name])
    assert len(told) <= 1, f"a second request was read out of the first: {told}"
    assert set(told) <= {400, 501, 505}, (name, told)
    assert lives(port)


def test_a_length_beside_chunks_says_nothing(port: int):
    """RFC 9112 6.1: an attempt to smuggle; one answer, and the connection is closed."""
    told = answers(port, post("Content-Length: 4", "Transfer-Encoding: chunked", body=b"0\r\n\r\n" + HIDDEN))
    assert len(told) <= 1, told
    assert lives(port)


@pytest.mark.parametrize(
    ("request_", "allowed"),
    [
        (b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 2**21 + b"\r\n\r\n", {400, 431}),
        (b"GET /" + b"a" * 2**21 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", {400, 414, 431}),
        (b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: a\r\n" * 5000 + b"\r\n", {400, 431}),
        (b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + b"Cookie: " + b"a=b; " * 2**17 + b"\r\n\r\n", {400, 431}),
    ],
    ids=["a long header", "a long address", "many headers", "many cookies"],
)
def test_headers_have_limits(port: int, request_: bytes, allowed: set[int]):
    told = answers(port, request_)
    assert set(told) <= allowed and lives(port), told


@pytest.mark.parametrize("hosts", [(), ("localhost", "evil.example")], ids=["none", "two"])
def test_whose_request_it_is_must_be_clear(port: int, hosts: tuple[str, ...]):
    request = "".join(["GET /api/v1/session/ HTTP/1.1\r\n", *(f"Host: {host}\r\n" for host in hosts), "Connection: close\r\n\r\n"])
    told = answers(port, request.encode())
    assert set(told) <= {400, 404} and lives(port), told
