"""The features of the specification, by which a requirement is compared with the product (P-I.2)."""

from __future__ import annotations

from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import get_language

ROWS = [line.split("\t") for line in (Path(__file__).parent / "features.tsv").read_text(encoding="utf-8").splitlines()]
"""(number, Chinese, English)."""


def _named(number: str, chinese: str, english: str) -> str:
    return f"{number} {chinese if (get_language() or '').startswith('zh') else english}"


FEATURES = tuple((number, lazy(_named, str)(number, chinese, english)) for number, chinese, english in ROWS)
"""Number and name, as a list to choose from."""
