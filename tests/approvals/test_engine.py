"""The token engine, led through thousands of random flows by people who do anything: it never stops, and never decides twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tenant_apps.approvals.drawing import HUMAN
from tenant_apps.approvals.engine import Engine, Wrong
from tests.approvals.machines import INITIATOR, Person, begun

FLOWS, TURNS = 900, 50


def check(engine: Engine, seed: int) -> None:
    """What must hold after every step."""
    state, seats = engine.state, engine.seats.rows
    open_ = [seat for seat in seats if seat["state"] in ("waiting", "active", "delegated")]
    acts = {token["act"] for token in engine.tokens if token["act"] is not None}
    if state["outcome"]:
        assert not open_ and not engine.tokens, seed
        return
    waiting = [token for token in engine.tokens if engine.drawing.nodes[token["node"]].kind == "wait"]
    assert any(seat["state"] == "active" for seat in open_) or waiting, (seed, "nobody can go on")
    assert {seat["act"] for seat in open_} <= acts, (seed, "asked for nothing")
    for token in engine.tokens:
        assert not token["moving"], seed
        kind = engine.drawing.nodes[token["node"]].kind
        if kind in HUMAN or kind == "start":
            of = engine.seats.of(token["act"])
            assert any(seat["state"] == "active" for seat in of), (seed, token, of)
            here = [seat["who"] for seat in of if not seat.get("gone")]
            assert len(here) == len(set(here)), (seed, "asked twice in one step")
    assert len({token["id"] for token in engine.tokens}) == len(engine.tokens)


def survivors(engine: Engine) -> dict[int, Any]:
    return {seat["id"]: (seat["verdict"], seat["who"]) for seat in engine.seats.rows if seat["verdict"]}


@pytest.mark.parametrize("part", range(3))
def test_random_flows_and_random_people(part: int):
    ends: dict[str, int] = {}
    for seed in range(part * FLOWS // 3, (part + 1) * FLOWS // 3):
        engine, person = begun(seed)
        engine.start()
        check(engine, seed)
        for _turn in range(TURNS):
            was, before = engine.outcome, json.dumps(engine.state)
            done = person.anything()
            if was:
                assert json.dumps(engine.state) == before, (seed, done, "something happened after the end")
            check(engine, seed)
        finish(engine, person, seed)
        ends[engine.outcome] = ends.get(engine.outcome, 0) + 1
    assert min(ends["approved"], ends["rejected"]) > FLOWS // 30, ends


def finish(engine: Engine, person: Person, seed: int) -> None:
    """From wherever it stands, agreement alone leads to the end."""
    for _turn in range(400):
        if engine.outcome:
            assert engine.outcome in ("approved", "rejected")
            return
        if person.active:
            engine.decide(person.active[0]["id"], True)
        else:
            assert engine.happened("x"), seed
        check(engine, seed)
    raise AssertionError((seed, "it never ends"))


def test_a_decision_counts_once():
    """Whoever has decided cannot decide the same seat again, in any state it was left in."""
    for seed in range(300):
        engine, person = begun(seed)
        engine.start()
        for _turn in range(30):
            if not person.active:
                break
            key = person.active[0]["id"]
            engine.decide(key, True)
            before = json.dumps(engine.state)
            with pytest.raises(Wrong):
                engine.decide(key, False)
            assert json.dumps(engine.state) == before


def test_the_initiator_never_decides_alone():
    """At no step of any flow is whoever asked the only one to approve, unless no other administrator is there."""
    for seed in range(500):
        engine, person = begun(seed)
        engine.start()
        finish(engine, person, seed)
        for act, told in engine.state["acts"].items():
            if engine.drawing.nodes[told["node"]].kind == "approve":
                asked = {seat["who"] for seat in engine.seats.of(int(act))}
                assert asked != {INITIATOR}, (seed, told)
