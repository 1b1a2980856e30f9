"""A table made ready: what follows from choices, and whether a rule holds, each question worked out once and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from math import ceil

from tenant_apps.selection.engine.checking import Check, Env, text, worked
from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.table import (
    DEFAULT,
    DERIVED,
    FILE,
    HARD,
    MULTI,
    PROVIDING,
    SETS,
    SINGLE,
    TELLING,
    TEXT,
    VISIBLE,
    Option,
    Rule,
    Table,
    plain,
    size_of,
)  # fmt: skip

FEW, PAIRS = 8, 20
"""Up to how many values of several every set of them is tried; up to how many every pair."""
SETTLED = 5
"""Steps of looking up what was chosen."""


class Machine:
    """A table with what each option and rule depends on."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.providers: dict[str, list[Rule]] = {name: [] for name in table.options}
        for rule in table.rules:
            if rule.kind in PROVIDING:
                self.providers[rule.option].append(rule)
        self.sizes = {name: self._size(option) for name, option in table.options.items()}
        """Steps of finding out what an option holds."""
        self.behind: dict[str, frozenset[str]] = {}
        for name in table.settled:
            self.behind[name] = self._behind(name)
        self.checks = [Check(self, rule) for rule in table.rules if rule.kind in HARD or self._may_fail(rule)]
        self.touching: dict[str, list[Check]] = {name: [one for one in self.checks if name in one.needs] for name in table.options}
        self.weights = {name: sum(check.size for check in checks) for name, checks in self.touching.items()}
        """Steps of asking all rules about an option."""
        self.domains = {option.name: self._domain(option) for option in table.options.values()}
        self.sampled = {one.name for one in table.options.values() if one.kind == MULTI and len(one.values) > FEW}
        """Options of several so many values that a search tries a few sets of them only."""
        self.telling = [rule for rule in table.rules if rule.kind in TELLING]

    def _size(self, option: Option) -> int:
        formulas = [one for rule in self.providers[option.name] for one in rule.formulas] + ([option.formula] if option.formula else [])
        return SETTLED + sum(size_of(one) for one in formulas)

    def _may_fail(self, rule: Rule) -> bool:
        """Whether a rule may put something where it does not fit, or where another one puts something else."""
        others = [one for one in self.providers.get(rule.option, ()) if one.kind == SETS and one.value != rule.value]
        return rule.kind == SETS and (rule.then is not None or (self.table.options[rule.option].kind != MULTI and bool(others)))

    def _behind(self, name: str) -> frozenset[str]:
        """The choices on which an option's value depends, itself among them."""
        option = self.table.options[name]
        read = {one for rule in self.providers[name] for one in rule.names()}
        if option.kind == DERIVED and option.formula is not None:
            read |= {one.partition(".")[0] for one in option.formula.names}
        own = frozenset() if option.kind == DERIVED else frozenset({name})
        return own.union(*(self.behind[one] for one in read))

    def order(self, names: Iterable[str]) -> list[str]:
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
            most = len(option.values) if len(option.values) <= FEW else 2 if len(option.values) <= PAIRS else 1
            return [tuple((code, 1) for code in codes) for count in range(most + 1) for codes in combinations(option.values, count)]
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
                return self._usual(option)
        if option.kind == DERIVED and option.formula is not None:
            found = option.formula.value(env)
            return found if isinstance(found, Decimal) or found is None else str(found)
        setting = self.setting(option, env)
        if chosen is None and (option.kind == MULTI or not setting):
            chosen = self._by_default(option, env)
        for rule in setting if option.kind == MULTI else setting[:1]:
            chosen = self._given(option, rule, chosen, env)
        return chosen

    def _by_default(self, option: Option, env: Env) -> Chosen:
        rules = (rule for rule in self.providers[option.name] if rule.kind == DEFAULT)
        first = next((rule for rule in rules if rule.when is None or worked(rule, rule.when, env)), None)
        return self._usual(option) if first is None else self._given(option, first, None, env)

    def setting(self, option: Option, env: Env) -> list[Rule]:
        """The rules that put a value there, whatever is chosen."""
        return [rule for rule in self.providers[option.name] if rule.kind == SETS and (rule.when is None or worked(rule, rule.when, env))]

    def _given(self, option: Option, rule: Rule, chosen: Chosen, env: Env) -> Chosen:
        """What a rule puts there, as near as it fits; a set value joins those chosen by hand."""
        found = worked(rule, rule.then, env) if rule.then is not None else Decimal(1)
        if option.kind == MULTI:
            kept = {code: quantity for code, quantity in chosen if code != rule.value} if isinstance(chosen, tuple) else {}
            kept[rule.value] = max(0, min(int(found or 0), option.values[rule.value].most))
            return tuple((code, kept[code]) for code in option.values if kept.get(code))
        if option.kind == SINGLE:
            code = rule.value or text(found)
            return code if code in option.values else None
        if option.numeric:
            return option.grid.at(min(option.grid.last, max(0, ceil(option.grid.place(found))))) if isinstance(found, Decimal) else None
        return None if found is None else str(found)

    def _usual(self, option: Option) -> Chosen:
        if option.default == "":
            return None
        if option.numeric:
            return option.grid.at(option.grid.index(Decimal(option.default)) or 0)
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
