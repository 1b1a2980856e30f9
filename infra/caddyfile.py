"""Holds infra/caddy/Caddyfile valid where no Caddy is: its blocks close, its directives exist, and what it names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from infra.programs import ROOT

CADDYFILE = ROOT / "infra/caddy/Caddyfile"
DIRECTIVES = {
    "options": {"email", "on_demand_tls"},
    "on_demand_tls": {"ask"},
    "site": {"tls", "header", "encode", "import", "request_body", "handle", "respond", "reverse_proxy"},
    "handle": {"respond", "reverse_proxy"},
    "request_body": {"max_size"},
    "tls": {"on_demand"},
}
"""What we use, by the block it stands in; a misspelt one would keep the proxy from starting."""


def problems(text: str, services: dict[str, Any]) -> Iterator[str]:
    """What Caddy would refuse, or what would lead nowhere; empty when all is well."""
    yield from _structure(text)
    given = services["proxy"].get("environment", {})
    yield from (f"{name} is not given to the proxy" for name in sorted(set(re.findall(r"\{\$(\w+)", text)) - given.keys()))
    upstreams = set(re.findall(r"(?:reverse_proxy |http://)([\w-]+):\d+", text))
    yield from (f"leads to {name}, which is no service" for name in sorted(upstreams - services.keys()))
    snippets = set(re.findall(r"^\((\w+)\)", text, re.MULTILINE))
    yield from (f"imports {name}, which is nowhere" for name in sorted(set(re.findall(r"import (\w+)", text)) - snippets))
    folders = set(re.findall(r":(/[^:\s]+)(?::ro)?$", "\n".join(services["proxy"].get("volumes", [])), re.MULTILINE))
    for path in re.findall(r"^\s*tls (/\S+) ", text, re.MULTILINE):
        if not any(path.startswith(f"{folder}/") for folder in folders):
            yield f"{path} is not mounted"
    if re.search(r"^\s*on_demand$", text, re.MULTILINE) and not re.search(r"^\s*ask http", text, re.MULTILINE):
        yield "gets certificates for whatever name it is called by: on_demand_tls has no ask"


def _structure(text: str) -> Iterator[str]:
    """Blocks and the directives in them."""
    inside: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words == ["}"]:
            if not inside:
                yield f"line {number} closes what was not opened"
                return
            inside.pop()
            continue
        if inside and words[0] not in DIRECTIVES.get(inside[-1], ()):
            yield f"line {number}: {words[0]} is not known in {inside[-1]}"
        if words[-1] == "{":
            inside.append(words[0] if inside else "options" if words == ["{"] else "site")
    if inside:
        yield f"{inside[-1]} is not closed"
