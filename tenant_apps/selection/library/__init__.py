"""Selection tables that come with the product, as data: one file a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SERIES = {
    "UTM-E": ("utm_e", 3, "UTM-E electronic universal testing machine"),
    "VMC": ("vmc", 1, "VMC vertical machining centre"),
}
"""By series code: the table, its version, and what stands on English papers for whatever is configured with it."""


def table(name: str) -> dict[str, Any]:
    """A table by the name of its file."""
    found = FOLDER / f"{name}.json"
    return json.loads(found.read_text(encoding="utf-8"))
