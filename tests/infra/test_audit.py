"""Advisories are asked about every package; what could not be asked is never taken for safe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from infra import audit

KNOWN = {
    "id": "PYSEC-2026-1",
    "summary": "Reads what it should not.",
    "affected": [
        {
            "package": {"name": "vine", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "5.2.0"}]}],
            "versions": ["5.1.0"],
        }
    ],
    "aliases": [],
}


@pytest.fixture
def advisories() -> Iterator[tuple[str, list[str]]]:
    """An OSV service that knows of one weakness, and what it was asked about; of a package called "away" it cannot say."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
            asked.append(name)
            told = json.dumps({"vulns": [KNOWN]} if name == "vine" else {}).encode()
            self.send_response(503 if name == "away" else 200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
        server.shutdown()


def lock(folder: Path, *pins: str) -> Path:
    made = folder / "lock.txt"
    made.write_text("\n".join(f"{pin} --hash=sha256:{'0' * 64}" for pin in pins) + "\n")
    return made


def test_a_weak_package_is_named_with_what_mends_it(advisories: tuple[str, list[str]], tmp_path: Path):
    url, asked = advisories
    found = audit.of_python(lock(tmp_path, "amqp==5.4.2", "vine==5.1.0"), url)
    assert (found.asked, found.unasked, sorted(asked)) == (2, "", ["amqp", "vine"])
    assert found.weak == ["vine 5.1.0: PYSEC-2026-1 (mended in 5.2.0)"]
    assert "2 packages asked about, 1 known" in found.told()


def test_what_cannot_be_asked_is_not_taken_for_safe(advisories: tuple[str, list[str]], tmp_path: Path):
    found = audit.of_python(lock(tmp_path, "away==1.0"), advisories[0])
    assert found.asked == 0 and found.unasked
    assert "not audited" in found.told() and "ADVISORIES_URL" in found.told()


def test_the_lock_that_is_asked_about_holds_all_others():
    every = {path.stem: set(re.findall(r"^[\w.-]+==\S+", path.read_text(), re.MULTILINE)) for path in audit.EVERYTHING.parent.glob("*.txt")}
    assert len(every) == 3 and set().union(*every.values()) == every[audit.EVERYTHING.stem]
