"""How a demo company goes live: five weeks into an implementation of eight, the first milestone paid, the second delivered."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import override

from kernel import calls, saving
from kernel.access import Actor
from shared_apps.console.demo import at, do, make
from shared_apps.console.models import Client
from shared_apps.console.people import enter
from shared_apps.implementation.actions import contract, papers, project
from shared_apps.implementation.models import ChangeOrder, Confirmation, Milestone, Project, Requirement, ServiceContract

TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "demo.toml").read_text())
BEGAN = 33
"""Days ago."""
LATE = 2
"""Steps of the running week that are not done in time."""


def carry_out(ops: Actor, boss: Actor, slug: str, now: datetime) -> None:
    """Tell the implementation of the company in force; a second time changes nothing. `boss`: its administrator."""
    with enter(boss) as guest, override("zh-hans"), calls.call():
        assert guest is not None
        client = Client.objects.get(pk=guest.company or 0)
        if Project.objects.filter(client=client).exists():
            return
        told = TOLD[slug]
        start = at(now, BEGAN, 9)
        values = {"client": client, "name": f"{client.name} 上线实施", "starts_on": start.date(), "team": told["team"]}
        row = do(project.start, make(Project, ops, start, values), ops, start)
        _requirements(row, told["requirements"], ops, guest, now)
        _papers(row, told, ops, guest, now)
        _contract(row, told, ops, guest, now)
        _progress(row, ops, now)


def _requirements(row: Project, rows: list[dict[str, Any]], ops: Actor, guest: Actor, now: datetime) -> None:
    for number, told in enumerate(rows):
        asked = {name: told[name] for name in ("department", "text", "importance", "current_tool", "asked_by")}
        one = make(Requirement, guest, at(now, BEGAN - 2 - number // 4, 10 + number % 4), {"project": row, **asked})
        money = {"days": Decimal(told.get("days", "0")), "price": Decimal(told.get("price", "0"))}
        answered = at(now, BEGAN - 8 - number // 4, 14)
        do(project.reply, one, ops, answered, fit=told["fit"], text=told["answer"], feature=told["feature"], **money)
        if not told.get("open"):
            do(project.agree, one, guest, at(now, BEGAN - 11, 16), name=guest.name)


def _papers(row: Project, told: dict[str, Any], ops: Actor, guest: Actor, now: datetime) -> None:
    one = make(Confirmation, ops, at(now, 18, 10), {"project": row, "kind": Confirmation.Kind.FLOW, **told["flow"]})
    do(papers.offer, one, ops, at(now, 18, 11))
    do(papers.sign, one, guest, at(now, 16, 15), name=guest.name)
    two = make(Confirmation, ops, at(now, 3, 10), {"project": row, "kind": Confirmation.Kind.FUNCTION, **told["functions"]})
    do(papers.offer, two, ops, at(now, 3, 11))


def _contract(row: Project, told: dict[str, Any], ops: Actor, guest: Actor, now: datetime) -> None:
    values = {"project": row, "title": "产品实施服务合同", "total": Decimal(told["total"]), "terms": TOLD["terms"]}
    signed = make(ServiceContract, ops, at(now, 25, 9), values)
    do(contract.offer, signed, ops, at(now, 25, 10))
    do(contract.sign, signed, guest, at(now, 24, 15), name=guest.name)
    first, second, third, _last = Milestone.objects.filter(contract=signed).order_by("position")
    do(contract.begin, first, ops, at(now, 24, 16))
    do(contract.deliver, first, ops, at(now, 17, 17))
    do(contract.accept, first, guest, at(now, 16, 11), name=guest.name)
    do(contract.invoice, first, ops, at(now, 15, 10))
    do(contract.pay, first, ops, at(now, 10, 10), amount=first.amount, reference="ICBC 20261111", payer=first.client.name)
    do(contract.begin, second, ops, at(now, 16, 14))
    do(contract.deliver, second, ops, at(now, 1, 17))
    do(contract.begin, third, ops, at(now, 1, 18))
    more = {name: told["change"][name] for name in ("title", "reason")}
    change = make(
        ChangeOrder, ops, at(now, 4, 10), {"contract": signed, **more, "days": Decimal("4"), "amount": Decimal(told["change"]["amount"])}
    )
    do(contract.offer_change, change, ops, at(now, 4, 11))


def _progress(row: Project, ops: Actor, now: datetime) -> None:
    """Steps are done as planned or a day later; the last of the weeks so far wait."""
    steps = list(row.steps.order_by("seq"))
    planned = [(step.pk, step.planned_on) for step in steps if step.planned_on and step.planned_on <= now.date() + timedelta(days=2)]
    done = {key: min(day + timedelta(days=number % 2), now.date()) for number, (key, day) in enumerate(planned[:-LATE])}
    lines = [{"id": step.pk, **({"done_on": done[step.pk]} if step.pk in done else {})} for step in steps]
    saving.change(Project(pk=row.pk), {}, {"steps": lines}, by=ops, at=at(now, 0, 9))
