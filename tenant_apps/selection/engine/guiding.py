"""From what a customer says (largest force of the specimen) to choices, and a whole configuration around choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kernel.formulas import Formula
from tenant_apps.selection.engine import choosing
from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.grid import tried
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import Slot, points, turns
from tenant_apps.selection.engine.searching import Search
from tenant_apps.selection.engine.table import Json, Option, Problem, Question, Text, language_of, plain
from tenant_apps.selection.engine.turning import FLAT, Shape, Turns

LARGEST = Decimal(1_000_000_000)


def guided(machine: Machine, answers: Mapping[str, Any], choices: Mapping[str, Any]) -> Json:
    """Choices that answers lead to, the first value (the least number) that fits all of them; what else must change for them; warnings
    and what cannot be."""
    told, problems = _told(machine, answers)
    chosen: dict[str, Any] = {}
    for name in dict.fromkeys(name for question in machine.table.questions if question.name in told for name in question.choose):
        asked = [question for question in machine.table.questions if question.name in told and name in question.choose]
        value = _first(machine, machine.table.options[name], asked, told)
        if value is None:
            problems.append(_none(asked[-1], machine.table.options[name]))
        else:
            chosen[name] = choosing.told(value)
    found = {**choices, **chosen}
    raw, wrong = choosing.read(machine.table, found)
    changes = Search(machine).repair(raw, dict.fromkeys(chosen), machine.broken(raw)) or {}
    return {
        "choices": found | {name: choosing.told(value) for name, value in changes.items()},
        "chosen": chosen,
        "changed": sorted(changes),
        "warnings": _warned(machine, told, raw),
        "problems": problems + wrong,
    }


def _told(machine: Machine, answers: Mapping[str, Any]) -> tuple[dict[str, Decimal | str], list[Problem]]:
    """The answers by question, and those that cannot be taken."""
    found: dict[str, Decimal | str] = {}
    problems = []
    for question in machine.table.questions:
        if answers.get(question.name) not in (None, ""):
            try:
                found[question.name] = _answer(answers[question.name])
            except ValueError as error:
                problems.append(Problem(question.name, "bad_choice", str(error)))
    return found, problems


def _answer(told: Any) -> Decimal | str:
    answer = plain(str(told))
    try:
        if isinstance(answer, Decimal) and not 0 <= answer <= LARGEST:
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(_("A number from 0 to %(most)s belongs here.") % {"most": f"{LARGEST:f}"}) from None
    return answer


def _first(machine: Machine, option: Option, asked: Sequence[Question], told: Mapping[str, Any]) -> Chosen:
    """The first value of an option, or its least number, with which all that is asked of it holds."""
    formulas = [question.choose[option.name] for question in asked]

    def fits(value: Chosen) -> bool:
        env = _env(machine, {option.name: value}, told)
        return all(formula.holds(env) for formula in formulas)

    if not option.numeric:
        return next((code for code in option.values if fits(code)), None)
    slot = Slot(option)
    places, sure = turns(machine, machine.table.settled, slot, _env(machine, {}, told), lambda found: _turning(found, formulas))
    spans = tried(points(slot.grid, places, sure=sure), lambda index: fits(slot.grid.at(index)))
    return slot.grid.at(spans[0][0]) if spans else None


def _turning(found: Turns, formulas: Sequence[Formula]) -> Shape:
    return FLAT if [found.truth(formula) for formula in formulas] == [FLAT] * len(formulas) else None


def _env(machine: Machine, chosen: Raw, told: Mapping[str, Any]) -> dict[str, Any]:
    env, _values, _hidden = machine.settle({**dict.fromkeys(machine.table.options), **chosen}, machine.table.settled)
    return {**env, **told}


def _warned(machine: Machine, told: Mapping[str, Any], raw: Raw) -> list[Text]:
    env = _env(machine, raw, told)
    questions = [question for question in machine.table.questions if question.name in told]
    return [sentence for question in questions for when, sentence in question.warn if when.holds(env)]


def _none(question: Question, option: Option) -> Problem:
    sentence = _("No value of %(option)s fits this answer. Ask engineering for a special machine.")
    return Problem(question.name, "none_fits", sentence % {"option": option.label[language_of()]})
