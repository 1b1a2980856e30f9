"""How a demo company goes live: five weeks into an implementation of eight, one milestone paid, the next ones tested and accepted."""

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
from shared_apps.implementation.actions import contract, papers, project, summing
from shared_apps.implementation.models import (
    AcceptanceScript,
    ChangeOrder,
    Confirmation,
    Milestone,
    Project,
    Requirement,
    ScriptStep,
    ServiceContract,
)
from shared_apps.implementation.templates import ReadyScript

TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "demo.toml").read_text())
Result = ScriptStep.Result
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
    """What is asked for and how it flows is signed; another flow waits for the signature."""
    do(summing.list_requirements, row, ops, at(now, 20, 9))
    listed = Confirmation.objects.get(project=row)
    do(papers.offer, listed, ops, at(now, 20, 10))
    do(papers.sign, listed, guest, at(now, 19, 15), name=guest.name)
    K = Confirmation.Kind
    for kind, name, days, signed in ((K.FLOW, "flow", 18, 16), (K.FUNCTION, "functions", 13, 12), (K.FLOW, "waiting", 3, None)):
        paper = make(Confirmation, ops, at(now, days, 10), {"project": row, "kind": kind, **told[name]})
        do(papers.offer, paper, ops, at(now, days, 11))
        if signed is not None:
            do(papers.sign, paper, guest, at(now, signed, 15), name=guest.name)


def _contract(row: Project, told: dict[str, Any], ops: Actor, guest: Actor, now: datetime) -> None:
    values = {"project": row, "title": "产品实施服务合同", "total": Decimal(told["total"]), "terms": TOLD["terms"]}
    signed = make(ServiceContract, ops, at(now, 25, 9), values)
    do(contract.offer, signed, ops, at(now, 25, 10))
    do(contract.sign, signed, guest, at(now, 24, 15), name=guest.name)
    stages = Milestone.objects.filter(contract=signed).order_by("position")
    for number, (stage, days) in enumerate(zip(stages, told["milestones"], strict=False), 1):
        _stage(stage, days, [test for test in told["tests"] if test.get("milestone") == number], ops, guest, now)
    for test in told["tests"]:
        if "milestone" not in test:
            _test(row, None, test, ops, guest, now)
    _change(signed, told["change"], ops, now)


def _stage(stage: Milestone, days: dict[str, int], tests: list[dict[str, Any]], ops: Actor, guest: Actor, now: datetime) -> None:
    """A milestone as far as it has come; what belongs to it is tested before it is accepted."""
    do(contract.begin, stage, ops, at(now, days["begin"], 9))
    if "deliver" in days:
        do(contract.deliver, stage, ops, at(now, days["deliver"], 9))
    for test in tests:
        _test(stage.contract.project, stage, test, ops, guest, now)
    if "accept" in days:
        do(contract.accept, stage, guest, at(now, days["accept"], 11), name=guest.name)
        do(contract.invoice, stage, ops, at(now, days["invoice"], 10))
    if "pay" in days:
        paid = {"amount": stage.amount, "reference": "ICBC 20261111", "payer": stage.client.name}
        do(contract.pay, stage, ops, at(now, days["pay"], 10), **paid)


def _test(row: Project, stage: Milestone | None, told: dict[str, Any], ops: Actor, guest: Actor, now: datetime) -> None:
    """A ready script: not begun, begun, or run and signed with what came out."""
    name, days = ReadyScript(told["script"]), told.get("tested", 1)
    values = {"project": row, "milestone": stage, "title": str(name.label), "template": name.value}
    script = make(AcceptanceScript, ops, at(now, days + 1, 10), values)
    do(papers.ready, script, ops, at(now, days + 1, 11))
    results = told.get("results") or (["ok"] * script.steps.count() if "tested" in told else [])
    notes = {number: told["note"] for number, result in enumerate(results) if result == Result.WRONG}
    lines = [
        {"id": step.pk, "result": result, "note": notes.get(number, "")}
        for number, (step, result) in enumerate(zip(script.steps.all(), results, strict=bool(results)))
    ]
    if lines:
        saving.change(AcceptanceScript(pk=script.pk), {}, {"steps": lines}, by=guest, at=at(now, days, 14))
    if "tested" in told:
        do(papers.finish, script, guest, at(now, days, 15), name=guest.name)


def _change(signed: ServiceContract, told: dict[str, Any], ops: Actor, now: datetime) -> None:
    values = {**told, "amount": Decimal(told["amount"]), "contract": signed, "days": Decimal(4)}
    change = make(ChangeOrder, ops, at(now, 4, 10), values)
    do(contract.offer_change, change, ops, at(now, 4, 11))


def _progress(row: Project, ops: Actor, now: datetime) -> None:
    """Steps are done as planned or a day later; the last of the weeks so far wait."""
    steps = list(row.steps.order_by("seq"))
    planned = [(step.pk, step.planned_on) for step in steps if step.planned_on and step.planned_on <= now.date() + timedelta(days=2)]
    done = {key: min(day + timedelta(days=number % 2), now.date()) for number, (key, day) in enumerate(planned[:-LATE])}
    lines = [{"id": step.pk, **({"done_on": done[step.pk]} if step.pk in done else {})} for step in steps]
    saving.change(Project(pk=row.pk), {}, {"steps": lines}, by=ops, at=at(now, 0, 9))
