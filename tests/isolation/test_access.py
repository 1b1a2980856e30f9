"""Rights drawn at random over an organisation drawn once: every address answers as a plain second telling of the rules says (2.15)."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from kernel import clock, saving
from kernel.access import SYSTEM
from kernel.models import File
from kernel.shares import Share
from tenant_apps.organization import actions
from tenant_apps.organization.masters import Region
from tenant_apps.organization.models import Company, Member, Position, Role, Unit
from tenant_apps.partners.models import Partner
from tenant_apps.quoting.models import Quote
from tenants.context import tenant_context
from tests.api import Api, Json, at
from tests.founding import person
from tests.isolation import naive

KEY, QUOTES, ROUNDS = "quoting.quote", 24, 4


@dataclass
class World:
    api: Api
    chance: random.Random
    members: dict[str, Api]
    rows: list[naive.Row]

    def give(self) -> dict[str, list[naive.Role]]:
        """New roles for everybody."""
        held = {who: [naive.some_role(self.chance) for _ in range(self.chance.choice((1, 1, 2)))] for who in self.members}
        with tenant_context(self.api.company):
            for who, roles in held.items():
                keys = [
                    saving.create(Role, {"name": f"{who} {n}", **naive.told(role)}, by=SYSTEM, at=clock.now()).pk
                    for n, role in enumerate(roles)
                ]
                saving.change(Member.objects.get(pk=self.members[who].member), {"roles": keys}, by=SYSTEM, at=clock.now())
        return held


@pytest.fixture(scope="module")
def world(founded) -> World:
    chance, company = random.Random(11), founded()
    api, now = Api.of_owner(company), clock.now()
    with tenant_context(company):
        ours = Company.objects.get()
        other = saving.create(Company, {"name": "Other Works"}, by=SYSTEM, at=now)
        regions = {name: saving.create(Region, {"name": name}, by=SYSTEM, at=now).pk for name in naive.REGIONS if name}
        units: dict[str, Unit] = {}
        for name, parent in naive.UNITS.items():
            values = {"name": name, "company": other if name == "other" else ours, "parent": units.get(parent or "")}
            served = [regions[naive.SERVED[name]]] if name in naive.SERVED else []
            units[name] = saving.create(Unit, {**values, "regions": served}, by=SYSTEM, at=now)
        posts: dict[str, Position] = {}
        for name, above in naive.POSTS.items():
            unit = units[next(unit for unit, post in naive.WORKERS.values() if post == name)]
            posts[name] = saving.create(
                Position, {"name": name, "department": unit, "reports_to": posts.get(above or "")}, by=SYSTEM, at=now
            )
        members = {who: joined(api, who, units[unit], posts.get(post or "")) for who, (unit, post) in naive.WORKERS.items()}
        rows = drawn(chance, {who: one.member or 0 for who, one in members.items()}, units)
    return World(api, chance, members, rows)


def joined(api: Api, name: str, unit: Unit, post: Position | None) -> Api:
    account = person()
    values = {"name": name, "email": account.email, "department": unit, "position": post}
    member = saving.create(Member, values, by=SYSTEM, at=clock.now())
    actions.join(member, by=SYSTEM, at=clock.now(), account=account.pk)
    return Api.of_account(api.company, account.pk, member.pk)


def drawn(chance: random.Random, members: dict[str, int], units: dict[str, Unit]) -> list[naive.Row]:
    """Customers and quotes of anybody, anywhere, some of them shared."""

    def placed(made: Partner | Quote, **more: object) -> naive.Row:
        owner, maker, unit = chance.choice([*members]), chance.choice([*members]), chance.choice([*units])
        type(made).objects.filter(pk=made.pk).update(owner=members[owner], created_by=members[maker], unit=units[unit].pk)
        row = naive.Row(made.pk, owner, maker, unit, **more)  # type: ignore[arg-type]
        key = "partners.partner" if isinstance(made, Partner) else KEY
        for who in chance.sample([*members], chance.choice((0, 0, 1, 2))):
            row.shares.append((who, chance.random() < 0.5, chance.random() < 0.5))
            shared = {"member": members[who], "may_change": row.shares[-1][1], "team": row.shares[-1][2], "created_at": clock.now()}
            Share.objects.create(subject=key, subject_id=made.pk, **shared)
        return row

    now, customers = clock.now(), []
    for number in range(8):
        region = chance.choice(naive.REGIONS)
        made = saving.create(Partner, {"name": f"Customer {number}", "region": region}, by=SYSTEM, at=now)
        customers.append((made, placed(made, region=region)))
    rows = []
    for number in range(QUOTES):
        who, days = chance.choice(customers), chance.choice((30, 90))
        quote = saving.create(Quote, {"customer": who[0], "title": f"Offer {number}", "delivery_days": days}, by=SYSTEM, at=now)
        rows.append(placed(quote, customer=who[1], days=days))
        File.objects.create(subject=KEY, subject_id=quote.pk, name="a.txt", path="-", created_at=now)
    return rows


def test_every_address_answers_as_the_rules_say(world: World):
    for _round in range(ROUNDS):
        held = world.give()
        for who, api in world.members.items():
            answers_as_said(world, who, api, held[who])


def answers_as_said(world: World, who: str, api: Api, roles: list[naive.Role]) -> None:
    def may(verb: str, row: naive.Row) -> bool:
        return naive.may(roles, who, KEY, verb, row)

    opens = any(reach != "none" for role in roles for reach in role.reaches(KEY, "read"))
    seen = {row.id for row in world.rows if may("read", row)}
    status, told = api.ask("get", f"{at(KEY)}?limit=500&columns=number&count=1")
    assert status == (200 if opens else 403), (who, roles)
    if not opens:
        assert KEY not in api.get("/meta/")["resources"] and api.get("/search/?q=Offer")["rows"] == []
        return
    assert {row["id"] for row in told["rows"]} == seen and told["count"] == len(seen), (who, roles)
    found = {row["id"] for row in api.get("/search/?q=Offer")["rows"] if row["_key"] == KEY}
    veiled = any("title" in role.hidden for role in roles)  # what is hidden is not found by either
    assert found == (set() if veiled else set(sorted(seen)[-6:])), (who, roles)
    exported(api, roles, seen)
    for row in world.chance.sample(world.rows, 6):
        document_answers(api, row, roles, {verb for verb in naive.VERBS if may(verb, row)})


def exported(api: Api, roles: list[naive.Role], seen: set[int]) -> None:
    opens = any(reach != "none" for role in roles for reach in role.reaches(KEY, "export"))
    status, told = api.ask("post", f"{at(KEY)}export/", {"format": "csv"})
    assert status == (202 if opens else 403)
    if opens:
        assert api.get(f"/jobs/{told['job']['id']}/")["result"]["rows"] == len(seen)


def document_answers(api: Api, row: naive.Row, roles: list[naive.Role], may: set[str]) -> None:
    """One document, its change, its history and its files."""
    path, seen = f"{at(KEY)}{row.id}/", "read" in may
    status, told = api.ask("get", path)
    assert status == (200 if seen else 404), (row, roles)
    for part in ("events", "files", "notes", "shares"):
        assert api.ask("get", f"{path}{part}/")[0] == (200 if seen else 404), part
    changed = api.ask("patch", path, {"remark": "seen"})[0]
    assert changed == (404 if not seen else 200 if "change" in may else 403), (row, roles)
    assert api.post(f"{at(KEY)}bulk/", {"verb": "change", "ids": [row.id]})["results"][0]["ok"] == (seen and "change" in may)
    if seen:
        as_shown(told, roles, may)


def as_shown(told: Json, roles: list[naive.Role], may: set[str]) -> None:
    assert (told["_can"], "send" in told["_actions"]) == ({"change": "change" in may, "delete": "delete" in may}, "send" in may)
    hidden = {name for role in roles for name in role.hidden}
    assert {name for name in ("total", "title") if told[name] == "•••"} == hidden
