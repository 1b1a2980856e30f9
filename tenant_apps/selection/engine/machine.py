"""A table made ready: what follows from choices, and whether a rule holds, each question worked out once and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations, product
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from kernel.refusals import Refused
from tenant_apps.selection.engine.choosing import Chosen, Raw, with_value
from tenant_apps.selection.engine.table import (
    BOUND,
    COMBINATION,
    DEFAULT,
    DERIVED,
    EXCLUDES,
    FILE,
    HARD,
    MULTI,
    NUMBER,
    PROVIDING,
    QUANTITY,
    SETS,
    SINGLE,
    TEXT,
    VISIBLE,
    Option,
    Rule,
    Table,
    plain,
)  # fmt: skip

REMEMBERED, OPEN_MOST = 5_000, 256
Env = dict[str, Any]


class Machine:
    """A table with what each option and rule depends on."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.providers: dict[str, list[Rule]] = {name: [] for name in table.options}
        for rule in table.rules:
            if rule.kind in PROVIDING:
                self.providers[rule.option].append(rule)
        self.behind: dict[str, frozenset[str]] = {}
        for name in table.settled:
            self.behind[name] = self._behind(name)
        self.checks = [Check(self, rule) for rule in table.rules if rule.kind in HARD]
        self.touching: dict[str, list[Check]] = {name: [one for one in self.checks if name in one.needs] for name in table.options}
        self.domains = {option.name: self._domain(option) for option in table.options.values()}
        self.telling = [(rule, self._order(rule.names())) for rule in table.rules if rule.kind not in (*HARD, *PROVIDING)]

    def _behind(self, name: str) -> frozenset[str]:
        """The choices on which an option's value depends, itself among them."""
        option = self.table.options[name]
        read = {one for rule in self.providers[name] for one in rule.names()}
        if option.kind == DERIVED and option.formula is not None:
            read |= {one.partition(".")[0] for one in option.formula.names}
        own = frozenset() if option.kind == DERIVED else frozenset({name})
        return own.union(*(self.behind[one] for one in read))

    def _order(self, names: Iterable[str]) -> list[str]:
        """Options in the order in which they follow from each other, with those behind them."""
        wanted, found = set(names), set()
        while wanted:
            name = wanted.pop()
            found.add(name)
            option = self.table.options[name]
            wanted |= {one for rule in self.providers[name] for one in rule.names()} - found
            if option.kind == DERIVED and option.formula is not None:
                wanted |= {one.partition(".")[0] for one in option.formula.names} - found
        return [name for name in self.table.settled if name in found]

    def _domain(self, option: Option) -> list[Chosen]:
        """What a search may put in an option's place."""
        if option.kind == SINGLE:
            return list(option.values)
        if option.kind == MULTI:
            few = len(option.values) <= 8
            counts = range(len(option.values) + 1) if few else range(2)
            return [tuple((code, 1) for code in codes) for count in counts for codes in combinations(option.values, count)]
        if option.kind in (NUMBER, QUANTITY):
            count = (option.most - option.least) // option.step
            if count < 50:
                return [option.least + option.step * at for at in range(int(count) + 1)]
            return [option.least, option.most]
        return []

    def broken(self, raw: Raw) -> list[Check]:
        """The rules that choices break."""
        return [check for check in self.checks if not check.holds(raw)]

    # what follows ----------------------------------------------------------------------------------------------------
    def settle(self, raw: Mapping[str, Chosen], names: Iterable[str]) -> tuple[Env, Raw, set[str]]:
        """What formulas read, the values that hold, and the options that are not shown; for `names` in their order."""
        env: Env = {}
        found: Raw = {}
        hidden: set[str] = set()
        for name in names:
            option = self.table.options[name]
            value = self._value(option, raw.get(name), env, hidden)
            found[name] = value
            self.put(env, option, value)
        return env, found, hidden

    def _value(self, option: Option, chosen: Chosen, env: Env, hidden: set[str]) -> Chosen:
        rules = self.providers[option.name]
        for rule in rules:
            if rule.kind == VISIBLE and not worked(rule, rule.when, env):
                hidden.add(option.name)
                return option.default or None
        if option.kind == DERIVED and option.formula is not None:
            found = option.formula.value(env)
            return found if isinstance(found, Decimal) or found is None else str(found)
        for rule in rules:
            if rule.kind == SETS and (rule.when is None or worked(rule, rule.when, env)):
                return self._given(option, rule, chosen, env)
        if chosen is None:
            for rule in rules:
                if rule.kind == DEFAULT and (rule.when is None or worked(rule, rule.when, env)):
                    return self._given(option, rule, None, env)
            if option.default:
                return self._usual(option)
        return chosen

    def _given(self, option: Option, rule: Rule, chosen: Chosen, env: Env) -> Chosen:
        """What a rule puts there; a set value joins those chosen by hand."""
        found = worked(rule, rule.then, env) if rule.then is not None else Decimal(1)
        if option.kind == MULTI:
            kept = {code: quantity for code, quantity in chosen if code != rule.value} if isinstance(chosen, tuple) else {}
            kept[rule.value] = max(0, min(int(found or 0), option.values[rule.value].most))
            return tuple((code, kept[code]) for code in option.values if kept.get(code))
        if option.kind == SINGLE:
            code = rule.value or (f"{found:f}" if isinstance(found, Decimal) else str(found))
            return code if code in option.values else None
        if option.kind in (NUMBER, QUANTITY):
            return max(option.least, min(Decimal(found), option.most)) if isinstance(found, Decimal) else None
        return None if found is None else str(found)

    def _usual(self, option: Option) -> Chosen:
        if option.kind in (NUMBER, QUANTITY):
            return plain(option.default)
        if option.kind == MULTI:
            return tuple((code, 1) for code in option.values if code in option.default.split("+"))
        return option.default

    @staticmethod
    def put(env: Env, option: Option, value: Chosen) -> None:
        """An option's value where formulas find it."""
        if option.kind == MULTI:
            chosen = dict(value) if isinstance(value, tuple) else {}
            env[option.name] = [plain(code) for code in chosen]
            for code in option.values:
                env[f"{option.name}.{code}"] = Decimal(chosen.get(code, 0))
        else:
            env[option.name] = plain(value) if option.kind in (SINGLE, TEXT, FILE) and isinstance(value, str) else value


def worked(rule: Rule, formula: Any, env: Env) -> Any:
    """A rule's formula over choices; refused with the rule's code."""
    try:
        return formula.value(env)
    except Refused as refused:
        raise Refused(refused.code, _("Rule %(rule)s: %(why)s") % {"rule": rule.code, "why": refused.sentence}, status=422) from refused


class Check:
    """A rule that choices must not break. An option that is still open breaks nothing while some value of it would do."""

    def __init__(self, machine: Machine, rule: Rule) -> None:
        self.machine, self.rule = machine, rule
        self.reads = [name for name in machine.table.options if name in rule.names()]
        self.order = machine._order(self.reads)
        self.before = machine._order({name.partition(".")[0] for name in rule.when.names} if rule.when else ())
        self.needs = sorted(frozenset().union(*(machine.behind[name] for name in self.reads)))
        self.key = itemgetter(*self.needs) if self.needs else lambda _raw: ()
        self.known: dict[Any, bool] = {}
        self.met: dict[Any, bool] = {}
        self.ruled_out: dict[Any, tuple[str, ...]] = {}

    def holds(self, raw: Mapping[str, Chosen]) -> bool:
        key = self.key(raw)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > REMEMBERED:
                self.known.clear()
            found = self.known[key] = self._work(raw)
        return found

    def rules_out(self, option: Option, raw: Raw) -> tuple[str, ...]:
        """Values of an option that it forbids beside the other choices; none when it is broken whatever is chosen there."""
        key = (option.name, self.key(raw))
        found = self.ruled_out.get(key)
        if found is None:
            if len(self.ruled_out) > REMEMBERED:
                self.ruled_out.clear()
            found = self.ruled_out[key] = self._ruled_out(option, raw)
        return found

    def _ruled_out(self, option: Option, raw: Raw) -> tuple[str, ...]:
        was = raw[option.name]
        chosen = dict(was) if isinstance(was, tuple) else {}
        codes = [code for code in option.values if code not in chosen]
        bad = tuple(code for code in codes if not self.holds({**raw, option.name: with_value(option, was, code)}))
        whatever = len(bad) == len(codes) and (option.kind == SINGLE or not self.holds(raw))
        return () if whatever else bad

    def meets(self, raw: Mapping[str, Chosen]) -> bool:
        """Whether its condition is true."""
        key = self.key(raw)
        if key not in self.met:
            env, _values, _hidden = self.machine.settle(raw, self.before)
            self.met[key] = self.rule.when is None or bool(worked(self.rule, self.rule.when, env))
        return self.met[key]

    def _work(self, raw: Mapping[str, Chosen]) -> bool:
        env, values, hidden = self.machine.settle(raw, self.order)
        options = self.machine.table.options
        open_ = [name for name in self.reads if values[name] is None and name not in hidden and raw.get(name) is None]
        open_ = [name for name in open_ if options[name].kind in (SINGLE, MULTI, NUMBER, QUANTITY)]
        if not open_:
            return self._test(env, values)
        if any(options[name].kind in (NUMBER, QUANTITY) for name in open_):
            return True
        count = 1
        for name in open_:
            count *= max(1, len(self.machine.domains[name]))
        if count > OPEN_MOST:
            return True
        for chosen in product(*(self.machine.domains[name] for name in open_)):
            env, values, _hidden = self.machine.settle({**raw, **dict(zip(open_, chosen, strict=True))}, self.order)
            if self._test(env, values):
                return True
        return False

    def _test(self, env: Env, values: Raw) -> bool:
        rule = self.rule
        if rule.when is not None and not worked(rule, rule.when, env):
            return True
        if rule.kind == EXCLUDES:
            return not worked(rule, rule.then, env)
        if rule.kind == COMBINATION:
            told = [str(values[name]) for name in rule.options]
            return any(all(cell in ("*", one) for cell, one in zip(row, told, strict=True)) for row in rule.rows)
        if rule.kind == BOUND:
            return self._within(env)
        return bool(worked(rule, rule.then, env))

    def _within(self, env: Env) -> bool:
        value = env[self.rule.option]
        if not isinstance(value, Decimal):
            return True
        least = worked(self.rule, self.rule.least, env) if self.rule.least else None
        most = worked(self.rule, self.rule.most, env) if self.rule.most else None
        return (least is None or value >= least) and (most is None or value <= most)
