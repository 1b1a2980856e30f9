"""Names of companies and people that do not exist."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

PARTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
CITIES: dict[str, list[str]] = PARTS["cities"]
JOBS: dict[str, list[str]] = PARTS["jobs"]


def companies(chance: random.Random, endings: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """(name, short name, region, city) with the given kinds of endings, no name twice."""
    seen: set[str] = set()
    while True:
        region = chance.choice(list(CITIES))
        city, short = chance.choice(CITIES[region]), chance.choice(PARTS["first"]) + chance.choice(PARTS["second"])
        ending = chance.choice(endings)
        if short + ending not in seen:
            seen.add(short + ending)
            yield f"{city}{short}{ending}", short, region, city


def person(chance: random.Random) -> str:
    return f"{chance.choice(PARTS['surnames'])}{chance.choice(PARTS['given'])}"


def mobile(chance: random.Random) -> str:
    """In a range of numbers that no carrier gives out."""
    return f"100{chance.randint(0, 10**8 - 1):08d}"


def street(chance: random.Random, city: str) -> str:
    return f"{city}市{chance.choice(PARTS['streets'])} {chance.randint(1, 999)} 号"
