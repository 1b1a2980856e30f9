"""What was measured, beside the goals of the issue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from infra.programs import ROOT

FILE = ROOT / "build/bench.json"
GOALS: dict[str, tuple[str, float]] = {
    "provision_s": ("≤", 0.3), "cycle_ms": ("≤", 110), "cycle_p95_ms": ("≤", 160), "cycles_per_min": ("≥", 800), "cycle_errors": ("≤", 0),
    "list_p95_ms": ("≤", 30), "list_rps": ("≥", 150), "customers_ms": ("≤", 8), "customers_rps": ("≥", 300), "list_1m_p95_ms": ("≤", 45),
    "acl_ratio": ("≤", 1.5), "alerts_100k_s": ("≤", 20), "approve_ms": ("≤", 40), "inbox_p95_ms": ("≤", 40),
    "import_5k_s": ("≤", 2), "tenants_ratio": ("≤", 1.2), "web_list_kb": ("≤", 400), "web_list_ms": ("≤", 1500), "tab_switch_ms": ("≤", 100),
    "paste_ms": ("≤", 150), "sql_cycle": ("≤", 150), "provision_1000_s": ("≤", 0.5), "rotate_1000_ratio": ("≤", 1.3), "role_switch_us": ("≤", 60),
    "worker_1000_mb": ("≤", 400),
    "configure_ms": ("≤", 20), "configure_http_ms": ("≤", 60),
    "duplicate_ms": ("≤", 50), "import_50k_s": ("≤", 30),
    "price_100_lines_ms": ("≤", 100), "quote_pdf_s": ("≤", 0.5),
    "migrate_200_s": ("≤", 5), "migrate_noop_200_s": ("≤", 1), "backup_one_s": ("≤", 10), "restore_one_s": ("≤", 20),
}  # fmt: skip


class Results(dict[str, float]):
    """Figures by key; each is shown as it comes in. `scale` shortens runs of fixed length while developing."""

    scale = 1.0

    def seconds(self, whole: float) -> float:
        return whole * self.scale

    def __ior__(self, found: Mapping[str, float]) -> Results:  # type: ignore[override,misc]
        for key, value in found.items():
            self[key] = round(value, 3) if value < 10 else round(value, 1)
            print(verdict(key, self[key]), flush=True)
        return self


def verdict(key: str, value: float) -> str:
    sign, goal = GOALS[key]
    met = value <= goal if sign == "≤" else value >= goal
    return f"  {key:<16} {value:>12,.3f}   goal {sign} {goal:<8g} {'met' if met else 'MISSED'}"


def say(text: str) -> None:
    print(f"    {text}", flush=True)


def merge(results: Results, file: Path = FILE) -> None:
    """Add to what earlier runs measured, in the order of the issue."""
    known = json.loads(file.read_text()) if file.exists() else {}
    known |= results
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({key: known[key] for key in GOALS if key in known}, indent=1) + "\n")
