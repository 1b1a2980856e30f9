"""One deal from the first quote to the last payment, as far as it goes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from kernel import saving
from kernel.access import Actor
from tenant_apps.analytics.demo.crew import Crew
from tenant_apps.analytics.demo.customers import Market
from tenant_apps.analytics.demo.execution import Execution
from tenant_apps.analytics.demo.talk import talk
from tenant_apps.analytics.demo.timeline import Clock, Story
from tenant_apps.catalog.models import Item
from tenant_apps.contracts.models import Contract, Scheme
from tenant_apps.partners.models import Partner
from tenant_apps.pricing import authority
from tenant_apps.quoting import actions as quoting
from tenant_apps.quoting.models import Quote, QuoteLine

FLOOR = 12
"""No sales engineer gives more than this many percent away."""


@dataclass
class World:
    """What all deals of a company share."""

    now: datetime
    crew: Crew
    market: Market
    items: dict[str, Item]
    schemes: dict[str, Scheme]
    trade: dict[str, Any]


@dataclass
class Deal:
    """What is sold and how it goes: `fate` says where it ends, `unpaid` which stage of payment never comes in."""

    lines: Sequence[tuple[str, int, Decimal | None]]
    title: str
    clock: Clock
    chance: random.Random
    fate: str = "won"
    scheme: str = "30/60/10"
    industry: str = ""
    unpaid: int = 0
    revisions: list[Decimal | None] = field(default_factory=list)
    signs: datetime | None = None
    pays: datetime | None = None
    """When the contract is signed and its first payment comes in, where that is not left to chance."""

    def tell(self, world: World) -> Story:
        """The story of this deal."""
        customer = world.market.pick(self.chance, self.industry)
        rep = world.crew.rep(customer.region)
        quote = self.offer(world, customer, rep)
        if self.fate == "draft":
            return
        yield self.chance.randint(0, 3)
        self.send(quote, world, rep)
        talk(quote, rep, world, self.clock.at, self.chance)
        for price in self.revisions:
            yield self.chance.randint(4, 14)
            quote = self.revise(quote, price, rep)
            yield 0
            self.send(quote, world, rep)
        if self.fate == "open":
            return
        if self.fate == "expired":
            yield 35
            quoting.expire(quote, by=world.crew["Sales director"], at=self.clock.at)
            return
        yield self.chance.randint(5, 25)
        if self.fate == "lost":
            quoting.lose(quote, by=rep, at=self.clock.at, reason=self.chance.choice(world.trade["lost_reasons"]))
            return
        quoting.accept(quote, by=rep, at=self.clock.at)
        contract = Contract.objects.get(source="quoting.quote", source_id=quote.pk)
        if self.fate != "drafted":
            yield from Execution(self, world, contract, rep).tell()

    def offer(self, world: World, customer: Partner, rep: Actor) -> Quote:
        rows = [QuoteLine(item=world.items[code], quantity=Decimal(count), **self.price(price)) for code, count, price in self.lines]
        longest = max(world.items[code].lead_days for code, _count, _price in self.lines)
        values = {
            "customer": customer,
            "contact": self.chance.choice(list(customer.contacts.all())),
            "title": self.title,
            "scheme": world.schemes[self.scheme],
            "delivery_days": longest + 10,
            "warranty_months": self.chance.choice((12, 12, 24)),
        }
        return saving.create(Quote, values, {"lines": rows}, by=rep, at=self.clock.at)

    def send(self, quote: Quote, world: World, rep: Actor) -> None:
        """What is above the rep's authority is decided by the general manager, below the floor with finance."""
        if quote.level > authority.level_of(rep):
            quoting.submit(quote, by=rep, at=self.clock.at)
            first = world.crew.roles.get("General manager", world.crew["Administrator"])
            for decider in (first, world.crew["Finance"]):
                if Quote.objects.filter(pk=quote.pk, state=Quote.State.SUBMITTED).exists():
                    quoting.approve(quote, by=decider, at=self.clock.at)
        quoting.send(quote, by=rep, at=self.clock.at)

    def price(self, price: Decimal | None) -> dict[str, Decimal]:
        return {"unit_price": price} if price is not None else {"discount": Decimal(self.chance.randint(0, 2 * FLOOR)) / 2}

    def revise(self, quote: Quote, price: Decimal | None, rep: Actor) -> Quote:
        """The next revision, a little cheaper or at the price agreed for its first line."""
        at = self.clock.at
        quoting.revise(quote, by=rep, at=at)
        following = Quote.objects.get(source="quoting.quote", source_id=quote.pk)
        lines: list[dict[str, Any]] = [{"id": line.pk} for line in following.lines.all()]
        if price is not None:
            lines[0]["unit_price"] = price
        else:
            lines[0]["discount"] = min(following.lines.all()[0].discount + Decimal(2), Decimal(FLOOR + 2))
        values = {"valid_until": at.date() + timedelta(days=30), "remark": "按客户要求调整价格"}
        return saving.change(following, values, {"lines": lines}, by=rep, at=at)
