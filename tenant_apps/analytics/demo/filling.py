"""Fills a demo company: people, goods, customers, and two years of deals up to today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random as Chance
from typing import Any

from django.utils.translation import gettext, override

from kernel import calls, clock
from tenant_apps.analytics.demo import (
    agreements,
    approving,
    crew,
    customers,
    goods,
    letters,
    market,
    office,
    organisation,
    rules,
    selections,
)
from tenant_apps.analytics.demo.book import Book
from tenant_apps.analytics.demo.customers import Market
from tenant_apps.analytics.demo.deals import Deal, World
from tenant_apps.analytics.demo.timeline import Clock, Story, tell, this_month
from tenant_apps.contracts.models import Scheme
from tenant_apps.partners.models import Partner
from tenants.context import tenant_context

DAYS = 728
FIRST_SHARE = 2
"""One in so many customers is there from the first day."""
RECENT = {"open": (1, 26), "draft": (0, 6), "drafted": (45, 70)}
"""How many days ago a deal began that is still on the table; the others began at any time."""
LONG_AGO = (30, DAYS - 10)
TALKS = timedelta(days=45)
"""Longer than from a quote to its acceptance."""


def fill(book: Book) -> bool:
    """Found and fill the company, all of it or nothing; False when it was filled before."""
    tenant = crew.found(book)
    with tenant_context(tenant), override(tenant.language):
        if Partner.objects.exists():
            return False
        with calls.call():
            _fill(book, tenant, clock.now())
    return True


def _fill(book: Book, tenant: Any, now: datetime) -> None:
    chance = Chance(book.slug)  # noqa: S311 - the same demo every time
    start = now - timedelta(days=DAYS)
    staff = crew.hire(book, tenant, start)
    organisation.arrange(book, start)
    office.open_office(staff, start, now)
    world = World(now, staff, Market(), goods.stock_up(book, start), _schemes(), book.trade)
    stories = [*_arrivals(book, world, chance, start), *_deals(book, world, chance, now), *_fresh_deals(book, world, now)]
    tell(stories, now, chance)
    organisation.brand(book, start)
    selections.tables(start)
    market.go(book, world)
    agreements.go(book, world)
    organisation.close_months(now)
    if book.approvals:
        approving.put_under_approval(staff, now)
    rules.decide(now)
    letters.go(world)


def _schemes() -> dict[str, Scheme]:
    there = {scheme.name: scheme for scheme in Scheme.objects.all()}
    return there | {"net": there[gettext("100% 30 days after shipment")], "prepaid": there[gettext("100% before shipment")]}


def _arrivals(book: Book, world: World, chance: Chance, start: datetime) -> Iterator[tuple[Clock, Story]]:
    """Half of the customers are there from the start; the others come month by month."""
    everybody = customers.prospects(book, chance)
    first = len(everybody) // FIRST_SHARE
    months = DAYS // 30
    groups = [everybody[:first], *(everybody[first + month :: months] for month in range(months))]
    for month, rows in enumerate(groups):
        when = Clock(start + timedelta(days=30 * month))
        yield when, _arrival(rows, world, chance, when)


def _arrival(rows: list[dict[str, Any]], world: World, chance: Chance, when: Clock) -> Story:
    customers.enlist(rows, world.crew, world.market, chance, when.at)
    return
    yield


def _deals(book: Book, world: World, chance: Chance, now: datetime) -> Iterator[tuple[Clock, Story]]:
    for told in book.deals:
        when = Clock(now - timedelta(days=told["days"]))
        lines = [(code, count, Decimal(price)) for code, count, price in told["lines"]]
        prices = [Decimal(price) for price in told.get("revisions", ())]
        details = {name: told[name] for name in ("fate", "scheme", "industry", "unpaid") if name in told}
        deal = Deal(lines, told["title"], when, chance, revisions=list(prices), **details)
        yield when, deal.tell(world)
    fates = [fate for fate, count in book.trade["fates"].items() for _ in range(count)]
    revised = set(chance.sample(range(len(fates)), book.trade["revised"]))
    for number, fate in enumerate(fates):
        when = Clock(now - timedelta(days=chance.randint(*RECENT.get(fate, LONG_AGO))))
        deal = _some_deal(book, chance, when, fate)
        deal.revisions = [None] * chance.choice((1, 1, 2, 3)) if number in revised else []
        yield when, deal.tell(world)


def _fresh_deals(book: Book, world: World, now: datetime) -> Iterator[tuple[Clock, Story]]:
    """Contracts signed, and paid for a first time, in the month that is running, so that its figures are alive on whatever day: one a week."""
    chance = Chance(f"{book.slug} {now:%Y%m}")  # noqa: S311
    for signs, pays in this_month((now.day + 6) // 7, now, chance):
        when = Clock(signs - TALKS)
        deal = _some_deal(book, chance, when, "won", small=False)
        deal.scheme, deal.signs, deal.pays = "30/60/10", signs, pays
        yield when, deal.tell(world)


def _some_deal(book: Book, chance: Chance, when: Clock, fate: str, small: bool | None = None) -> Deal:
    small = chance.randint(1, 4) == 1 if small is None else small
    codes = chance.choice(book.catalog["refills" if small else "bundles"])
    counts = [chance.choice((1, 1, 1, 2)) if position == 0 or small else 1 for position in range(len(codes))]
    scheme = "net" if small else chance.choice(("30/60/10",) * 8 + ("prepaid", "30/30/30/10"))
    lines = [(code, count, None) for code, count in zip(codes, counts, strict=True)]
    titles = book.trade["small_titles" if small else "titles"]
    return Deal(lines, chance.choice(titles), when, chance, fate=fate, scheme=scheme)
