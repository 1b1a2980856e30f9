"""Selection tables that come with the product, as data: one file a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SERIES = {"UTM-E": ("utm_e", 3), "VMC": ("vmc", 1)}
"""By series code: the table and its version."""


def table(name: str) -> dict[str, Any]:
    """A table by the name of its file."""
    found = FOLDER / f"{name}.json"
    return json.loads(found.read_text(encoding="utf-8"))
