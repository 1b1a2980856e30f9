"""From what a customer says (largest force of the specimen) to choices, and a whole configuration around choices."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tenant_apps.selection.engine import choosing
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.searching import Search
from tenant_apps.selection.engine.table import Json, Option, Problem, Question, Text, plain

LARGEST = Decimal(1_000_000_000)


def guided(machine: Machine, answers: Mapping[str, Any], choices: Mapping[str, Any]) -> Json:
    """Choices that answers lead to, the first value that fits; what else must change for them; warnings and what cannot be."""
    found, warnings, problems = dict(choices), [], []
    chosen: dict[str, str] = {}
    for question in machine.table.questions:
        told = answers.get(question.name)
        if told in (None, ""):
            continue
        try:
            answer = _answer(told)
        except ValueError as error:
            problems.append(Problem(question.name, "bad_choice", str(error)))
            continue
        for name in question.choose:
            code = _first(machine, question, name, answer)
            if code is None:
                problems.append(_none(question, machine.table.options[name]))
            else:
                chosen[name] = code
        warnings += _warned(machine, question, answer, {**found, **chosen})
    found |= chosen
    raw, wrong = choosing.read(machine.table, found)
    changes = Search(machine).repair(raw, set(chosen), machine.broken(raw)) or {}
    return {
        "choices": found | {name: choosing.told(value) for name, value in changes.items()},
        "chosen": chosen,
        "changed": sorted(changes),
        "warnings": warnings,
        "problems": problems + wrong,
    }


def _answer(told: Any) -> Decimal | str:
    answer = plain(str(told))
    try:
        if isinstance(answer, Decimal) and not 0 <= answer <= LARGEST:
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(_("A number from 0 to %(most)s belongs here.") % {"most": f"{LARGEST:f}"}) from None
    return answer


def _first(machine: Machine, question: Question, name: str, answer: Decimal | str) -> str | None:
    formula = question.choose[name]
    for code in machine.table.options[name].values:
        if formula.holds(_env(machine, {name: code}, question, answer)):
            return code
    return None


def _env(machine: Machine, choices: Mapping[str, Any], question: Question, answer: Decimal | str) -> dict[str, Any]:
    raw, _wrong = choosing.read(machine.table, choices)
    env, _values, _hidden = machine.settle(raw, machine.table.settled)
    return {**env, question.name: answer}


def _warned(machine: Machine, question: Question, answer: Decimal | str, choices: Mapping[str, Any]) -> list[Text]:
    env = _env(machine, choices, question, answer)
    return [sentence for when, sentence in question.warn if when.holds(env)]


def _none(question: Question, option: Option) -> Problem:
    sentence = _("No value of %(option)s fits this answer. Ask engineering for a special machine.")
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return Problem(question.name, "none_fits", sentence % {"option": option.label[language]})
