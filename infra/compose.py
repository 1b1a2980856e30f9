"""Holds infra/compose.yaml and its proxy valid where no container engine is: they parse, and what they name exists."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from infra import caddyfile
from infra.programs import ROOT

COMPOSE = ROOT / "infra/compose.yaml"
REQUIRED = {"web", "worker", "beat", "postgres", "valkey", "storage", "proxy"}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
# Read by libraries or by infra.programs rather than by the settings.
ELSEWHERE = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def load(path: Path = COMPOSE) -> dict[str, Any]:
    document = yaml.safe_load(path.read_text())
    if not isinstance(document, dict) or not isinstance(document.get("services"), dict):
        raise SystemExit(f"{path} has no services.")
    return document


def problems(document: dict[str, Any], root: Path = ROOT) -> Iterator[str]:
    """What a container engine would refuse, or what would not fit the product; empty when all is well."""
    services = document["services"]
    yield from (f"service {name} is missing" for name in sorted(REQUIRED - services.keys()))
    for name, service in services.items():
        yield from (f"{name}: {problem}" for problem in service_problems(service, services, root))
        yield from (f"{name}: volume {volume} is not declared" for volume in named_volumes(service) - document.get("volumes", {}).keys())
    settings = "".join(path.read_text() for path in (root / "src/config").glob("*.py"))
    for variable in services.get("web", {}).get("environment", {}):
        if variable not in ELSEWHERE and f'"{variable}"' not in settings:
            yield f"web: the product does not read {variable}"
    if "proxy" in services:
        yield from (f"Caddyfile: {problem}" for problem in caddyfile.problems(caddyfile.CADDYFILE.read_text(), services))


def service_problems(service: dict[str, Any], services: dict[str, Any], root: Path) -> Iterator[str]:
    image = service.get("image", "")
    if "build" not in service and not re.search(r":[\w.-]+$", image):
        yield f"image {image!r} names no version"
    if "build" in service and not (COMPOSE.parent / service["build"]["context"] / "Dockerfile").exists():
        yield "build context has no Dockerfile"
    for other, wanted in service.get("depends_on", {}).items():
        if other not in services:
            yield f"depends on {other}, which is no service"
        elif wanted["condition"] not in CONDITIONS:
            yield f"waits for {other} in an unknown way: {wanted['condition']}"
        elif wanted["condition"] == "service_healthy" and "healthcheck" not in services[other]:
            yield f"waits for the health of {other}, which has no health check"
    for source in mounted_files(service):
        if not (root / "infra" / source).exists():
            yield f"mounts {source}, which does not exist"


def named_volumes(service: dict[str, Any]) -> set[str]:
    return {source for source in sources(service) if re.fullmatch(r"[\w-]+", source)}


def mounted_files(service: dict[str, Any]) -> list[str]:
    return [source for source in sources(service) if source.startswith("./")]


def sources(service: dict[str, Any]) -> list[str]:
    return [volume.split(":")[0] for volume in service.get("volumes", [])]


if __name__ == "__main__":
    found = list(problems(load()))
    sys.exit("\n".join(f"infra/compose.yaml: {problem}" for problem in found) or None)
