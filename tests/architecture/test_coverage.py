"""`docs/coverage.md` speaks of every ID of the specification once, and names only what there is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/coverage.md"
SPECIFICATION = ROOT.parent / "shared/spec/ids.tsv"
"""Stands beside the checkout where the product is developed, and nowhere else."""
IDS = 232
HEAD = ["ID", "screen", "endpoint", "test", "state"]
NOTHING = "–"


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


TABLE = [cells(line) for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
ROWS = TABLE[2:]
CLAIMED = [row for row in ROWS if row[4] != "missing"]
of_claimed = pytest.mark.parametrize("row", CLAIMED, ids=[row[0].split()[0] for row in CLAIMED])


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_it_is_one_table():
    assert TABLE[0] == HEAD
    assert {len(row) for row in TABLE} == {len(HEAD)}


def test_every_id_stands_there_once_and_in_order():
    ids = [row[0] for row in ROWS]
    assert len({one.split()[0] for one in ids}) == len(ids) == IDS
    if SPECIFICATION.exists():
        assert ids == [line.replace("\t", " ") for line in SPECIFICATION.read_text(encoding="utf-8").splitlines()]


def test_the_tally_is_that_of_the_rows():
    count = Counter(row[4] for row in ROWS)
    assert set(count) <= {"done", "partly", "missing"}
    assert f"Tally: {count['done']} done, {count['partly']} partly, {count['missing']} missing." in PAGE.read_text(encoding="utf-8")


def test_what_is_missing_claims_nothing():
    assert all(row[1:4] == [NOTHING] * 3 for row in ROWS if row[4] == "missing")


@of_claimed
def test_what_is_claimed_names_its_screen_and_its_tests(row: list[str]):
    assert row[1] != NOTHING
    assert ("not yet:" in row[1]) == (row[4] == "partly")
    tests = quoted(row[3])
    assert tests and [name for name in tests if not (ROOT / ("" if name.startswith("src/") else "tests") / name).is_file()] == []


@of_claimed
def test_its_endpoints_exist(row: list[str]):
    endpoints = quoted(row[2])
    assert endpoints or row[4] == "partly"
    for endpoint in endpoints:
        resolve(f"/api/v1/{re.sub(r'<[^>]+>', '1', endpoint)}")
