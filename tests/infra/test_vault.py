"""Secrets out of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.vault import SECRETS, open_up
from infra.programs import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path: Path):
    (tmp_path / "key").write_text("from the vault\n")
    environment = {"SECRET_KEY_FILE": str(tmp_path / "key"), "DEBUG": "1"}
    open_up(environment)
    assert environment == {"SECRET_KEY": "from the vault", "DEBUG": "1"}


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        open_up({"DATABASE_URL_FILE": str(tmp_path / "gone")})


def test_a_secret_that_is_told_twice_stops_the_start(tmp_path: Path):
    with pytest.raises(RuntimeError, match="SECRET_KEY_FILE"):
        open_up({"SECRET_KEY": "one", "SECRET_KEY_FILE": str(tmp_path)})


@pytest.mark.parametrize("name", SECRETS)
def test_what_can_come_from_a_file_is_told(name: str):
    assert f"`{name}`" in OPERATIONS
