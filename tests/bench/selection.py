"""Configuring a machine of 40 options under 200 rules: in process, and over HTTP."""

from __future__ import annotations

import os
import random
from typing import Any

import django

from tests.bench import timing
from tests.bench.client import Browser
from tests.bench.report import Results
from tests.bench.servers import Site, serving

OPTIONS, VALUES, RULES, COUNT = 40, 6, 200, 300
Json = dict[str, Any]


def table(seed: int = 7) -> Json:
    """A table of the size: choices of six values with formulas for prices, requirements over two or three choices."""
    chance = random.Random(seed)
    options: list[Json] = []
    for number in range(OPTIONS):
        values = [
            {
                "code": f"V{value}",
                "name": f"Value {value}",
                "price": f"{value * 100} + {number} * 10",
                "cost": str(value * 60),
                "days": str(value),
            }
            for value in range(VALUES)
        ]
        options.append({"name": f"O{number}", "label": f"Option {number}", "kind": "single", "default": "V0", "values": values})
    rules = [_rule(chance, number) for number in range(RULES)]
    price = [{"name": "total", "of": [one["name"] for one in options]}, {"name": "list", "of": ["total"], "to": "100"}]
    parts = [{"option": one["name"], "before": "-"} for one in options]
    return {"code": {"prefix": "B", "parts": parts}, "options": options, "rules": rules, "price": price}


def _rule(chance: random.Random, number: int) -> Json:
    """V0 everywhere always keeps all rules, so that there is a configuration."""
    one, other, third = chance.sample(range(OPTIONS), 3)
    allowed = sorted({"V0", *(f"V{chance.randrange(VALUES)}" for _choice in range(3))})
    when = f"O{one} = 'V{chance.randrange(1, VALUES)}'" + (f" and O{third} != 'V0'" if number % 2 else "")
    then = f"O{other} in ({', '.join(repr(code) for code in allowed)})"
    return {"code": f"R{number}", "kind": "requires", "when": when, "then": then, "sentence": f"Rule {number}"}


def choices(count: int = COUNT, seed: int = 11) -> list[dict[str, str]]:
    """What people click: mostly usual values, a dozen chosen at random, so that rules are broken and values disabled."""
    chance = random.Random(seed)
    return [{f"O{at}": f"V{chance.randrange(VALUES)}" for at in chance.sample(range(OPTIONS), 12)} for _time in range(count)]


def measure(site: Site, results: Results) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()  # what the engine refuses, it says in words
    from tenant_apps.selection import engine

    machine = engine.Machine(engine.read(table()))
    clicks = choices()
    spent = timing.times(lambda number: engine.evaluate(machine, clicks[number % COUNT]), COUNT, 20)
    results |= {"configure_ms": timing.middle(spent)}
    with serving(site):
        browser = site.sign_up("configure")
        address = f"/selection/rule-sets/{published(browser)}/evaluate/"
        spent = timing.times(lambda number: browser.post(address, {"choices": clicks[number % COUNT]}), COUNT, 20)
        results |= {"configure_http_ms": timing.middle(spent)}


def published(browser: Browser) -> int:
    made = browser.post("/selection/rule-sets/", {"name": "Bench", "table": table()})
    for verb in ("test", "publish"):
        made = browser.post(f"/selection/rule-sets/{made['id']}/{verb}/", {})["document"]
    return int(made["id"])
