"""The test cases kept with a table: choices and what must come of them; its templates must be possible. A version that fails one is not
published."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.selection.engine.answering import Answer, evaluate
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.table import Problem, language_of


def failures(machine: Machine) -> list[Problem]:
    """What each case expected and what came instead, and which templates cannot be chosen, by their place."""
    found = _impossible(machine)
    for at, case in enumerate(machine.table.cases):
        choices, expected = case.get("choices"), case.get("expect")
        if not isinstance(choices, dict) or not isinstance(expected, dict) or not expected:
            found.append(Problem(f"cases.{at}", "bad_case", _("A test case has choices and what is expected of them.")))
            continue
        answer = evaluate(machine, choices, explain=False)
        for name, wanted in expected.items():
            got = _got(answer, name)
            if not _same(got, wanted):
                details = {"case": case.get("name") or at + 1, "what": name, "wanted": wanted, "got": _plain(got)}
                sentence = _("Test case “%(case)s”: %(what)s should be %(wanted)s and is %(got)s.") % details
                found.append(Problem(f"cases.{at}.expect.{name}", "case_failed", sentence))
    return found


def _impossible(machine: Machine) -> list[Problem]:
    """Templates that break a rule, or choose what there is not. They may leave things open."""
    found = []
    for at, preset in enumerate(machine.table.presets):
        choices, named = preset.get("choices"), preset.get("name")
        name = (named.get(language_of()) if isinstance(named, dict) else named) or at + 1
        if not isinstance(choices, dict) or not choices:
            found.append(Problem(f"presets.{at}.choices", "required", _("A template has choices, for example F=100, frame=D.")))
            continue
        answer = evaluate(machine, choices, explain=False)
        told = [f"{rule.code} {rule.sentence[language_of()]}" for rule in answer.broken]
        told += [f"{one.path}: {one.sentence}" for one in answer.problems]
        if told:
            sentence = _("Template “%(name)s” cannot be chosen: %(why)s") % {"name": name, "why": "; ".join(told)}
            found.append(Problem(f"presets.{at}.choices", "bad_preset", sentence))
    return found


def _got(answer: Answer, name: str) -> Any:
    """What a case may ask for: list, cost, code, valid, lead_days, weight, broken, warnings, reviews, or a value by its option's name."""
    plain = {
        "list": answer.price.list_price, "cost": answer.price.cost, "code": answer.code, "valid": answer.valid, "lead_days": answer.built["lead_days"],
        "weight": answer.built["weight"], "broken": sorted(rule.code for rule in answer.broken),
        "warnings": sorted(rule.code for rule in answer.warnings), "reviews": sorted(rule.code for rule in answer.reviews),
    }  # fmt: skip
    return plain[name] if name in plain else answer.values.get(name)


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(got, list):
        return isinstance(wanted, list) and got == sorted(str(one) for one in wanted)
    if isinstance(got, bool) or isinstance(wanted, bool):
        return got is wanted
    if isinstance(got, tuple):
        return isinstance(wanted, dict) and dict(got) == wanted
    if isinstance(got, Decimal | int):
        try:
            return Decimal(str(wanted)) == got
        except InvalidOperation:
            return False
    return str(got) == str(wanted)


def _plain(got: Any) -> Any:
    return f"{got:f}" if isinstance(got, Decimal) else dict(got) if isinstance(got, tuple) else got
