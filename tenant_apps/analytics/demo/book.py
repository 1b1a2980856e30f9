"""What a demo company is made of, as its file tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMPANIES = ("shence", "hengxi")


@dataclass(frozen=True)
class Product:
    """A row of the catalogue."""

    code: str
    category: str
    name: str
    name_en: str
    spec: str
    price: Decimal
    cost: Decimal
    days: int


@dataclass(frozen=True)
class Book:
    """One company's file."""

    slug: str
    name: str
    mail: str
    tax_from: str
    letterhead: dict[str, str]
    departments: dict[str, str]
    people: list[dict[str, str]]
    catalog: dict[str, Any]
    customers: dict[str, Any]
    trade: dict[str, Any]
    deals: list[dict[str, Any]]
    subsidiaries: tuple[dict[str, str], ...] = ()
    approvals: bool = False
    """Whether large quotes and cancelled orders go through an approval there."""

    def products(self, kind: str) -> list[Product]:
        """The `machines`, `accessories` or `services`."""
        return [
            Product(code, category, name, name_en, spec, Decimal(price), Decimal(cost), days)
            for code, category, name, name_en, spec, price, cost, days in self.catalog[kind]
        ]

    def email(self, person: dict[str, str]) -> str:
        return f"{person['login']}@{self.mail}"


def read(slug: str) -> Book:
    """The file of a demo company."""
    return Book(**tomllib.loads((HERE / f"{slug}.toml").read_text()))
