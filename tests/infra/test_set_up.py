"""Locks and set-up scripts promise the same thing on every machine."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from pathlib import Path

import pytest

from infra import build_web, lock
from infra.programs import ROOT

ADDRESS = re.compile(r"(?:https?|git\+\w+)://|index-url", re.IGNORECASE)


@pytest.mark.parametrize("name", lock.LOCKS)
def test_every_locked_requirement_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    requirements = re.split(r"\n(?=\S)", body.strip())
    assert len(requirements) > 20
    assert [entry for entry in requirements if "--hash=sha256:" not in entry] == []
    assert ADDRESS.findall(body) == []


@pytest.mark.parametrize("folder", ["src/web", "infra/fonts"])
def test_npm_locks_carry_integrity_and_no_address(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    locked = {name: entry for name, entry in packages.items() if name and not entry.get("link")}
    assert locked
    assert [name for name, entry in locked.items() if "resolved" in entry or "integrity" not in entry] == []


def test_locks_agree_on_versions() -> None:
    pins = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE)) for name in lock.LOCKS]
    for smaller, larger in itertools.pairwise(pins):
        assert smaller.items() <= larger.items()


def test_help_lists_the_targets_that_exist() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make (\w+) ", said)) >= {"run", "test", "check", "bench", "reset", "migrate", "new"}


def test_a_source_change_is_noticed(tmp_path: Path) -> None:
    source = tmp_path / "a.ts"
    source.write_text("export const a = 1;")
    before = build_web.digest([source], tmp_path)
    stamp = tmp_path / "stamp"
    assert not build_web.unchanged(stamp, before)
    stamp.write_text(before)
    assert build_web.unchanged(stamp, before)
    source.write_text("export const a = 2;")
    assert not build_web.unchanged(stamp, build_web.digest([source], tmp_path))
