"""Whom a demo company sells to, and the people there."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from zlib import crc32

from kernel import divisions, saving
from tenant_apps.analytics.demo import names
from tenant_apps.analytics.demo.book import Book
from tenant_apps.analytics.demo.crew import Crew
from tenant_apps.partners import alike
from tenant_apps.partners.code_tables import INDUSTRY, SOURCE
from tenant_apps.partners.models import Contact, Partner

DEALER = "经销商"
GRADES = "AABBBBCCCCD"
SOURCES = list(SOURCE.system)


@dataclass
class Market:
    """The customers known so far, by industry."""

    by_industry: dict[str, list[Partner]] = field(default_factory=dict)

    def add(self, partner: Partner) -> None:
        self.by_industry.setdefault(partner.industry, []).append(partner)

    def pick(self, chance: random.Random, industry: str = "") -> Partner:
        """Somebody of an industry, or anybody; the older ones buy more often."""
        known = self.by_industry[INDUSTRY.find(industry)] if industry else [one for rows in self.by_industry.values() for one in rows]
        return known[int(len(known) * min(chance.random(), chance.random()))]


def prospects(book: Book, chance: random.Random) -> list[dict[str, Any]]:
    """All future customers, mixed; names are drawn per industry so that each sounds like what it does."""
    count, dealers = book.customers["count"], book.customers["dealers"]
    kinds = [(industry, round(count * percent / 100), endings) for industry, percent, endings in book.customers["kinds"]]
    kinds.append((DEALER, dealers, ["仪器设备有限公司", "机电设备有限公司"]))
    found: list[dict[str, Any]] = []
    for industry, number, endings in kinds:
        for name, short, region, city in islice(names.companies(chance, endings), number):
            place = {"region": region, "city": city, "serial": len(found), "tax_from": book.tax_from}
            found.append({"name": name, "short_name": short, "industry": industry, **place})
    chance.shuffle(found)
    heads = [alike.head_of(row["name"]) for row in found]
    known = alike.Index(enumerate(heads))
    for at, row in enumerate(found):  # somebody has looked and said that these are other companies
        near = (found[other]["name"] for other in known.near(heads[at]) if other != at)
        row["different_from"] = "*" if any(alike.alike(row["name"], name) for name in near) else ""
    return found


def enlist(rows: list[dict[str, Any]], crew: Crew, market: Market, chance: random.Random, at: datetime) -> None:
    """Make customers of them, each in the hands of the region's sales engineer."""
    for region in sorted({row["region"] for row in rows}):
        drafts = [_draft(row, chance) for row in rows if row["region"] == region]
        for partner in saving.create_many(Partner, drafts, by=crew.rep(region), at=at):
            market.add(partner)


def _draft(row: dict[str, Any], chance: random.Random) -> tuple[dict[str, Any], dict[str, list[Contact]]]:
    dealer = row["industry"] == DEALER
    phone = f"0{chance.randint(10, 99)}-555{chance.randint(0, 99999):05d}"
    address = names.street(chance, row["city"])
    values = {
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": Partner.Kind.DEALER if dealer else Partner.Kind.CUSTOMER,
        "grade": "A" if dealer else chance.choice(GRADES),
        "industry": INDUSTRY.find(row["industry"]),
        "source": SOURCES[row["serial"] % len(SOURCES)],
        "division": divisions.find(row["city"]),
        "region": row["region"],
        "different_from": row["different_from"],
        "phone": phone,
        "address": address,
        "tax_no": f"{row['tax_from']}{10 + row['serial'] % 90}MADEM{row['serial']:05d}",
        "invoice_address": f"{address} {phone}",
        "bank_name": f"{row['city']}商业银行{row['short_name']}支行",
        "bank_account": f"6200{chance.randint(10**11, 10**12 - 1)}",
    }
    parts = ["user", "buyer", "decider", "finance", "user", "buyer"][: chance.randint(2, 6)]
    people = [_contact(part, row, chance) for part in parts]
    return values, {"contacts": people}


def _contact(part: str, row: dict[str, Any], chance: random.Random) -> Contact:
    email = f"{part}{chance.randint(100, 999)}@c{crc32(row['name'].encode()) % 10**6:06d}.example"
    return Contact(name=names.person(chance), part=part, phone=names.mobile(chance), email=email, job=chance.choice(names.JOBS[part]))
