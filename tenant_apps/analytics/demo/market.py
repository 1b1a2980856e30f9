"""How a demo company finds its customers: campaigns, leads, contacts, opportunities, registered projects, competitors, evaluations."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random as Chance
from typing import Any

from kernel import bulk, divisions, saving
from kernel.access import SYSTEM, Actor
from tenant_apps.analytics.demo import names
from tenant_apps.analytics.demo.book import HERE, Book
from tenant_apps.analytics.demo.deals import World
from tenant_apps.catalog.models import Item, Series
from tenant_apps.crm.actions import campaigns, evaluations, leads, opportunities, registrations
from tenant_apps.crm.models import Activity, Campaign, EvaluationModel, IndustryCompany, Lead, Opportunity, Registration, Rival, Stage
from tenant_apps.partners import pools
from tenant_apps.partners.models import Partner

TOLD = tomllib.loads((HERE / "market.toml").read_text())
DAY = timedelta(days=1)
S = Lead.State
LEADS = {
    "converted": (S.QUALIFIED, 17, 80, 700), "hopeful": (S.QUALIFIED, 17, 10, 60), "invalid": (S.INVALID, 30, 40, 700), "pool": (S.POOL, 24, 20, 300), "working": (S.WORKING, 32, 3, 40),
    "qualified": (S.QUALIFIED, 14, 3, 30), "assigned": (S.ASSIGNED, 14, 1, 12), "new": (S.NEW, 12, 0, 4),
}  # fmt: skip
"""160 in all, by what became of them: the state they come to, how many, and between how many days ago."""
DEALS = {"open": 36, "won": 8, "lost": 6, "on_hold": 1}
"""Beside those that come of leads: 85 in all."""
VISITS = 420
EVALUATED, FIRST = (186, 95), 8
"""How many days ago, and how many of each kind, customers were evaluated before."""
REASONS = ["price", "delivery", "competitor", "postponed", "budget", "technical"]


class Market:
    """One company's market, told from a seed of its own."""

    def __init__(self, book: Book, world: World) -> None:
        self.book, self.world, self.now = book, world, world.now
        self.chance = Chance(f"{book.slug} market")  # noqa: S311 - the same demo every time
        self.reps: list[Actor] = list(world.crew.regions.values())
        self.boss = world.crew["Sales director"]
        self.rivals: list[IndustryCompany] = []
        self.stages = list(Stage.objects.order_by("position"))
        self.series = list(Series.objects.order_by("pk"))

    def ago(self, least: int, most: int) -> datetime:
        return self.now - self.chance.randint(least, most) * DAY - timedelta(minutes=self.chance.randint(0, 400))

    # competitors and campaigns -----------------------------------------------------------------------------------------
    def trade(self) -> None:
        """Competitors with their products, and possible customers."""
        at = self.now - 500 * DAY
        rows: list[Any] = [({"name": name, "kind": Partner.Kind.COMPETITOR}, {}) for name in TOLD[self.book.slug]["competitors"]]
        rows += [({"name": name, "kind": Partner.Kind.PROSPECT}, {}) for name in TOLD[self.book.slug]["prospects"]]
        self.rivals = saving.create_many(IndustryCompany, rows, by=self.boss, at=at)[: len(TOLD[self.book.slug]["competitors"])]
        machines = list(Item.objects.filter(serialised=True, list_price__gt=0).order_by("pk"))
        products: list[Any] = []
        for number, told in enumerate(TOLD[self.book.slug]["products"]):
            item = machines[number % len(machines)]
            price = item.list_price * Decimal(told["price"]) / 100
            values = {
                "maker": self.rivals[told["maker"]], "name": told["name"], "item": item, "series_id": item.series_id, "seen_on": (at + 400 * DAY).date(),
                "price_from": price.quantize(Decimal(100)), "price_to": (price * Decimal("1.15")).quantize(Decimal(100)), "arguments": told["say"],
                "specs": [dict(zip(("name", "theirs", "ours", "better"), row, strict=True)) for row in told["specs"]],
            }  # fmt: skip
            products.append((values, {}))
        saving.create_many(Rival, products, by=self.boss, at=at)

    def advertise(self) -> list[Campaign]:
        """Fairs, seminars and mailings of two years with their events."""
        made: list[Campaign] = []
        for told in TOLD["campaigns"]:
            begins = self.now - told["days"] * DAY
            values = {
                "name": f"{begins:%Y} {told['name']}", "kind": told["kind"], "place": told.get("place", ""), "starts_on": begins.date(),
                "ends_on": (begins + told.get("lasts", 1) * DAY).date(), "budget": told["budget"], "target_leads": told["leads"],
                "parent": made[-1 - told["within"]] if "within" in told else None,
                "costs": [{"kind": kind, "text": text, "planned": plan, "actual": spent} for kind, text, plan, spent in told["costs"]],
            }  # fmt: skip
            campaign = saving.create(Campaign, values, by=self.boss, at=min(begins - 60 * DAY, self.now - DAY))
            if begins <= self.now:
                campaigns.start(campaign, by=self.boss, at=begins)
            if begins + 20 * DAY < self.now:
                campaigns.close(campaign, by=self.boss, at=begins + 15 * DAY)
            elif told["kind"] in ("exhibition", "open_day"):
                campaigns.open_sign_in(campaign, by=self.boss, at=self.now - DAY)
            self._prepare(campaign, begins)
            made.append(campaign)
        return made

    def _prepare(self, campaign: Campaign, begins: datetime) -> None:
        """Its tasks: those of days gone by are done."""
        rows: list[Any] = []
        for subject, days in TOLD["tasks"]:
            on = (begins + days * DAY).date()
            done = {"state": Activity.State.DONE, "done_on": on} if on < self.now.date() else {}
            rows.append(({"kind": "task", "subject": subject, "campaign": campaign, "day": on, **done}, {}))
        saving.create_many(Activity, rows, by=self.boss, at=self.now - DAY)

    # leads ---------------------------------------------------------------------------------------------------------------
    def find(self, fairs: Sequence[Campaign]) -> None:
        """160 leads and what became of them; two dealers report the same one (story 12)."""
        endings = [ending for _industry, _percent, endings in self.book.customers["kinds"] for ending in endings]
        companies = names.companies(self.chance, endings)
        for fate, (state, count, least, most) in LEADS.items():
            days = sorted(self.ago(least, most) for _ in range(count))
            rows: list[Any] = [(self._lead(next(companies), fairs, at, fate, state), {}) for at in days]
            made = saving.create_many(Lead, rows, by=SYSTEM if fate == "pool" else self.boss, at=self.now - least * DAY)
            if fate in ("converted", "hopeful"):
                for number, (lead, at) in enumerate(zip(made, days, strict=True)):
                    self._convert(lead, "open" if fate == "hopeful" else ("won", "lost")[number % 2], at)
        self._twice()

    def _lead(self, company: tuple[str, str, str, str], fairs: Sequence[Campaign], at: datetime, fate: str, state: str) -> dict[str, Any]:
        name, _short, region, city = company
        near = [fair for fair in fairs if fair.starts_on and 0 <= (at.date() - fair.starts_on).days <= 120]
        fair = self.chance.choice(near) if near and self.chance.randint(1, 4) > 1 else None
        rep = self.world.crew.regions.get(region, self.boss)
        mine = {
            "owner": rep.id,
            "unit": rep.unit_id,
            "claimed_on": at.date(),
            "protect_until": (self.now + self.chance.randint(4, 28) * DAY).date(),
        }
        return {
            "name": name, "contact_name": names.person(self.chance), "phone": names.mobile(self.chance), "region": region, "division": divisions.find(city),
            "need": self.chance.choice(TOLD[self.book.slug]["needs"]), "series": self.chance.choice(self.series), "campaign": fair, "state": state,
            "source": "exhibition" if fair else self.chance.choice(("website", "phone", "referral", "online", "visit")),
            "amount": Decimal(self.chance.randint(4, 60)) * 10_000, "pool": pools.of_region(region),
            "invalid_reason": self.chance.choice(("no_need", "not_reached", "wrong", "out_of_range")) if fate == "invalid" else "",
            **(mine if fate not in ("new", "pool") else {}), "active_on": at.date() if fate in ("working", "qualified", "converted", "hopeful") else None,
        }  # fmt: skip

    def _convert(self, lead: Lead, fate: str, at: datetime) -> None:
        when = min(at + 6 * DAY, self.now)
        rep = self.world.crew.regions.get(lead.region, self.boss)
        leads.convert(
            lead,
            by=rep,
            at=when,
            separate=True,
            title=lead.need,
            expected_on=(max(when, self.now - 45 * DAY) + self.chance.randint(35, 160) * DAY).date(),
        )
        self._end(Opportunity.objects.get(source="crm.lead", source_id=lead.pk), fate, rep, when)

    def _twice(self) -> None:
        dealers = list(Partner.objects.filter(kind=Partner.Kind.DEALER).order_by("pk")[:2])
        for days, dealer in zip((9, 6), dealers, strict=False):
            values = {
                "name": "西南材料检测中心",
                "contact_name": "周工",
                "region": "西南",
                "need": "300 kN 试验机两台",
                "dealer": dealer,
                "source": "dealer",
            }
            saving.create(Lead, values, by=self.boss, at=self.now - days * DAY)

    # opportunities ---------------------------------------------------------------------------------------------------------
    def hope(self) -> None:
        """Opportunities with customers of old; a stage each, products, competitors."""
        fates = [fate for fate, count in DEALS.items() for _ in range(count)]
        customers = list(Partner.objects.filter(kind=Partner.Kind.CUSTOMER, owner__isnull=False).order_by("pk"))
        machines = list(Item.objects.filter(serialised=True, list_price__gt=0).order_by("pk"))
        rows: list[Any] = []
        for fate in fates:
            at = self.ago(5, 120) if fate in ("open", "on_hold") else self.ago(60, 420)
            customer = self.chance.choice(customers)
            rep = self._rep(customer.owner)
            values = {
                "title": self.chance.choice(self.book.trade["titles"]), "customer": customer, "products": [{"item": self.chance.choice(machines).pk}],
                "stage": self.chance.choice(self.stages if fate == "open" else self.stages[2:]), "opened_on": at.date(), "origin": "old",
                "expected_on": (at + self.chance.randint(70, 240) * DAY).date(), "competitors": self._against(), "owner": rep.id, "unit": rep.unit_id,
            }  # fmt: skip
            rows.append((values, {}))
        for deal, fate in zip(saving.create_many(Opportunity, rows, by=SYSTEM, at=self.now - 3 * DAY), fates, strict=True):
            self._end(deal, fate, self._rep(deal.owner), self.ago(0, 2) if fate == "on_hold" else self.ago(3, 300))

    def _rep(self, owner: int | None) -> Actor:
        return next((one for one in self.reps if one.id == owner), self.boss)

    def _against(self) -> list[int]:
        return sorted(one.pk for one in self.chance.sample(self.rivals, self.chance.randint(0, 2)))

    def _end(self, deal: Opportunity, fate: str, rep: Actor, at: datetime) -> None:
        """Won, lost or at rest; others go on."""
        if fate == "won":
            opportunities.win(deal, by=rep, at=at)
        elif fate == "lost":
            opportunities.lose(deal, by=rep, at=at, reason=self.chance.choice(REASONS), competitor=self.chance.choice(self.rivals))
        elif fate == "on_hold":
            opportunities.hold(deal, by=rep, at=at, until=(self.now + 60 * DAY).date())

    # contacts ----------------------------------------------------------------------------------------------------------------
    def visit(self) -> None:
        """Visits and calls of the last months, and those planned for this week and the next."""
        customers = list(Partner.objects.filter(kind__in=("customer", "dealer"), owner__isnull=False).order_by("pk"))
        owners = {rep.id: rep for rep in self.reps}
        deals = {deal.customer_id: deal for deal in Opportunity.objects.filter(state=Opportunity.State.OPEN).order_by("pk")}
        rows: list[Any] = []
        for number in range(VISITS):
            partner = self.chance.choice(customers)
            done = number % 8 != 0
            at = self.ago(1, 150) if done else self.now + self.chance.randint(0, 9) * DAY
            rep = owners.get(partner.owner, self.boss)
            deal = deals.get(partner.pk)
            rows.append(({**self._said(done, at), "partner": partner, "opportunity": deal, "owner": rep.id, "unit": rep.unit_id}, {}))
            if done:
                partner.active_on = max(partner.active_on or at.date(), at.date())
            if done and deal:
                deal.last_contact_on = max(deal.last_contact_on or at.date(), at.date())
        saving.create_many(Activity, rows, by=self.boss, at=self.now - DAY)
        bulk.update([one for one in customers if one.active_on], ["active_on"])
        bulk.update([deal for deal in deals.values() if deal.last_contact_on], ["last_contact_on"])

    def _said(self, done: bool, at: datetime) -> dict[str, Any]:
        kind = self.chance.choice(("visit", "visit", "call", "call", "wechat", "mail", "meeting"))
        values: dict[str, Any] = {"kind": kind, "subject": self.chance.choice(TOLD["subjects"]), "day": at.date()}
        if done:
            result = self.chance.choice(
                ("progress", "interested", "no_change", "no_change", "complaint" if self.chance.randint(1, 5) == 1 else "progress")
            )
            values |= {"text": self.chance.choice(TOLD["said"]), "result": result, "done_on": at.date(), "state": Activity.State.DONE}
            if self.chance.randint(1, 3) > 1:
                values |= {"next_step": self.chance.choice(TOLD["steps"]), "next_on": at.date() + timedelta(self.chance.randint(7, 30))}
        if done and kind == "visit" and self.chance.randint(1, 10) <= 7:
            values |= {"checked_in_at": at, "place": self.chance.choice(TOLD["places"])}
        return values

    # projects ------------------------------------------------------------------------------------------------------------------
    def claim(self) -> None:
        """Registered projects: protected, waiting, expired, and one that two dealers want."""
        dealers = list(Partner.objects.filter(kind=Partner.Kind.DEALER).order_by("pk"))
        for number, (title, user, scope, fate) in enumerate(TOLD[self.book.slug]["projects"]):
            at = self.now - (140 if fate == "expired" else 30 - number) * DAY
            values = {
                "title": title, "end_user": user, "scope": scope, "amount": Decimal(self.chance.randint(30, 400)) * 10_000, "series": self.series[0],
                "dealer": dealers[number % len(dealers)] if number % 2 else None, "competitors": self._against(), "expected_on": (self.now + 90 * DAY).date(),
            }  # fmt: skip
            one = saving.create(Registration, values, by=self.reps[number % len(self.reps)], at=at)
            if fate != "draft":
                registrations.submit(one, by=self.boss, at=at + DAY)
            if fate in ("protected", "won", "expired"):
                registrations.protect(one, by=self.boss, at=at + 2 * DAY)
            if fate in ("won", "expired"):
                (registrations.win if fate == "won" else registrations.expire)(one, by=self.boss, at=self.now)


def go(book: Book, world: World) -> None:
    """All of it, the older first."""
    market = Market(book, world)
    market.trade()
    market.find(market.advertise())
    market.hope()
    market.visit()
    market.claim()
    for model in EvaluationModel.objects.order_by("pk"):
        for days in EVALUATED:
            _evaluate_first(model, world.now - days * DAY)
        evaluations.run(model, by=SYSTEM, at=world.now - DAY)


def _evaluate_first(model: EvaluationModel, at: datetime) -> None:
    """What was proposed half a year and a quarter ago for customers of old: adopted for most, set aside for some."""
    partners = list(Partner.objects.filter(kind=model.kind, active=True).order_by("pk")[:FIRST])
    for number, one in enumerate(evaluations.evaluate(model, partners, by=SYSTEM, at=at)):
        decide = evaluations.adopt if one.grade and number % 4 else evaluations.set_aside
        decide(one, by=SYSTEM, at=at + DAY)
