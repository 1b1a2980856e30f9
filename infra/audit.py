"""`make audit`: what the advisories know of the locked packages. It passes only when all of them were asked about and none is weak."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from infra.build_web import CLIENT
from infra.node import npm
from infra.programs import ROOT

EVERYTHING = ROOT / "requirements/dev.txt"
"""Each lock holds the one before it, so the last one names every package."""
OTHERWISE = "Run it where the public indexes can be reached, or name an OSV service: ADVISORIES_URL=https://… make audit"


@dataclass(frozen=True)
class Verdict:
    """What came of asking: how many packages were asked about, which are weak, and why some were not asked about."""

    asked: int = 0
    weak: list[str] = field(default_factory=list)
    unasked: str = ""

    def told(self) -> str:
        if self.unasked:
            return f"not audited. {self.unasked}\n  {OTHERWISE}"
        return "\n  ".join([f"{self.asked} packages asked about, {len(self.weak)} known weaknesses", *self.weak])


def of_python(locked: Path = EVERYTHING, service: str = "") -> Verdict:
    """Ask PyPI, or an OSV service, about every package of a lock."""
    where = ["--vulnerability-service", "osv", "--osv-url", service] if service else []
    options = ["--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json", "--desc", "off"]
    command = [str(Path(sys.executable).parent / "pip-audit"), "--requirement", str(locked), *options, *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return Verdict(unasked=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"pip-audit ended with {done.returncode}.")
    weak = [f"{one['name']} {one['version']}: {known['id']}" + mended(known) for one in packages for known in one["vulns"]]
    return Verdict(len(packages), weak)


def mended(known: dict[str, list[str]]) -> str:
    return f" (mended in {', '.join(known['fix_versions'])})" if known["fix_versions"] else ""


def of_client() -> Verdict:
    """Ask npm about the packages that reach people's browsers; npm itself tells which are weak."""
    try:
        npm("audit", "--omit=dev", "--package-lock-only", cwd=CLIENT)
    except SystemExit as failed:
        said = str(failed)
        return Verdict(unasked=said) if "endpoint returned an error" in said else Verdict(weak=[said])
    return Verdict(len(json.loads((CLIENT / "package.json").read_text())["dependencies"]))


def main() -> bool:
    """Ask about both halves, whatever comes of the first."""
    halves: dict[str, Callable[[], Verdict]] = {
        "Python": lambda: of_python(service=os.environ.get("ADVISORIES_URL", "")),
        "Web client": of_client,
    }
    verdicts = {name: ask() for name, ask in halves.items()}
    for name, verdict in verdicts.items():
        print(f"{name}: {verdict.told()}", flush=True)
    return not any(verdict.weak or verdict.unasked for verdict in verdicts.values())


if __name__ == "__main__":
    sys.exit(not main())
