"""How a price comes about, step by step (spec 2.3).

List price → options → company, region, channel → series or product → customer → quantity → promotion → manual → rounding:
`net = round(list × Π(1 − dᵢ) + Σ addersᵢ, rule)`. A customer's fixed price takes the place of all percentages.
The list price of a configured machine stands in its parts: the machine itself, its options, and what its table makes of them (rounding up).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils.translation import gettext as _t

from kernel import formulas
from kernel.money import HUNDRED
from kernel.refusals import Refused
from tenant_apps.pricing.models import FORMULA_NAMES, PricePolicy
from tenant_apps.pricing.parameters import ROUNDING
from tenant_apps.pricing.policies import FLOOR, Circumstances, Policy, concerning

K, L = PricePolicy.Kind, PricePolicy.Level
LADDER = tuple(level.value for level in (L.COMPANY, L.REGION, L.CHANNEL, L.PRODUCT, L.CUSTOMER, L.QUANTITY, L.PROMOTION))
EXACT = Decimal("0.000001")
ZERO = Decimal(0)
UNCLEAR = "unclear"
"""The step of policies whose option code stands for several values of the table: they change no price until they name one."""


Ranked = tuple[int, Policy]
Steps = dict[str, list[Ranked]]


class Option(NamedTuple):
    """A chosen option of a configured machine and what the list price holds for it; the first one is the machine itself.

    Policies name it by `code`, as `scales.yes`, or by its `value` alone where nothing else of its table has that value (`alone`).
    """

    code: str
    name: str
    amount: Decimal
    value: str = ""
    alone: bool = True

    @property
    def names(self) -> set[str]:
        return {self.code, self.value or self.code} if self.alone else {self.code}


@dataclass(frozen=True)
class Ask:
    """What a price is asked for. Prices per unit, incl. VAT; `cost` without; all in the currency of the circumstances."""

    item: int
    series: int | None
    quantity: Decimal
    list_price: Decimal
    cost: Decimal = ZERO
    options: tuple[Option, ...] = ()
    rest: str = "table_rounding"
    """The step for what the list price holds besides its options."""


class Step(NamedTuple):
    """One step: what it adds to the price of a unit, and the policy behind it."""

    step: str
    amount: Decimal
    name: str = ""
    policy: int | None = None

    def told(self) -> dict[str, Any]:
        return {"step": self.step, "amount": plain(self.amount), "name": self.name, "policy": self.policy}


@dataclass
class Waterfall:
    """The price of a unit by the company's rules, how it came about, and the share of the list price below which nobody sells alone."""

    list_price: Decimal
    price: Decimal
    steps: list[Step] = field(default_factory=list)
    floor_percent: Decimal | None = None

    def told(self) -> dict[str, Any]:
        """As it is kept on a line."""
        floor = None if self.floor_percent is None else plain(self.floor_percent)
        return {"list": plain(self.list_price), "price": plain(self.price), "floor": floor, "steps": [step.told() for step in self.steps]}


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


def price(lines: Sequence[Ask], case: Circumstances) -> list[Waterfall]:
    """The price of each line by the policies in force; one statement for all, none where the company has no policies."""
    return by(concerning({line.item for line in lines}, {line.series for line in lines if line.series}, case), lines, case)


def by(found: Sequence[Policy], lines: Sequence[Ask], case: Circumstances) -> list[Waterfall]:
    """The price of each line by these policies, the foremost first.

    Lines that are alike share what holds for every item, so that a hundred lines do not look through the same thousand policies a hundred times.
    """
    general: list[Ranked] = []
    own: dict[int, list[Ranked]] = defaultdict(list)
    for ranked in enumerate(found):
        (general if ranked[1].item_id is None else own[ranked[1].item_id]).append(ranked)
    shared: dict[tuple[Any, ...], Steps] = {}
    told = []
    for line in lines:
        alike = (line.series, line.quantity, *((option.code, option.alone) for option in line.options))
        if alike not in shared:
            shared[alike] = _by_step(general, line)
        told.append(_Ladder(line, _with(shared[alike], _by_step(own[line.item], line)), case).climb())
    return told


def _by_step(policies: Sequence[Ranked], line: Ask) -> Steps:
    """Those that hold for a line, by where on the ladder they stand."""
    found: Steps = defaultdict(list)
    named = {"", *(name for option in line.options for name in option.names)}
    unclear = {option.value for option in line.options} - named
    for ranked in policies:
        code = ranked[1].option_code
        if (code in named or code in unclear) and _fits(ranked[1], line):
            found[ranked[1].step if code in named else UNCLEAR].append(ranked)
    return found


def _with(general: Steps, own: Steps) -> dict[str, list[Policy]]:
    """Both together, the foremost first."""
    merged = {**general, **{step: sorted([*general.get(step, ()), *mine], key=itemgetter(0)) for step, mine in own.items()}}
    return {step: [policy for _rank, policy in ranked] for step, ranked in merged.items()}


def rounded(value: Decimal) -> Decimal:
    """A unit price by the company's rule, halves up."""
    rule = ROUNDING.value()
    if rule == "exact":
        return value.quantize(EXACT, rounding=ROUND_HALF_UP)
    unit = Decimal(rule)
    return (value / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def by_hand(price: Decimal, typed: Decimal, discount: Decimal) -> tuple[Decimal, list[Step]]:
    """The net price of a unit when somebody types a price and a discount over the company's; and the steps to it."""
    steps = [Step("manual", typed - price)] if typed != price else []
    if not discount:
        return typed, steps
    reduced = typed * (HUNDRED - discount) / HUNDRED
    net = rounded(reduced)
    steps.append(Step("discount", (reduced - typed).quantize(EXACT), f"{plain(discount)} %"))
    if ROUNDING.value() != "exact" and net != reduced.quantize(EXACT):
        steps.append(Step("rounding", net - reduced.quantize(EXACT)))
    return net, steps


def _fits(policy: Policy, line: Ask) -> bool:
    """Whether a policy of this item, or of any, holds for the line."""
    return policy.series_id in (None, line.series) and policy.from_quantity <= line.quantity


def _counting(policies: Sequence[Policy]) -> Sequence[Policy]:
    """Of the policies of a step, the foremost first: it alone when it stands alone, else all that add up."""
    if not policies or policies[0].exclusive:
        return policies[:1]
    return [policy for policy in policies if not policy.exclusive]


class _Ladder:
    """One line on its way from the list price to its price."""

    def __init__(self, line: Ask, by_step: Mapping[str, Sequence[Policy]], case: Circumstances) -> None:
        self.line, self.by_step, self.case = line, by_step, case
        self.running, self.added = line.list_price, ZERO
        self.steps = self._listed()

    def _listed(self) -> list[Step]:
        """What the list price is made of."""
        if not self.line.options:
            return [Step("list", self.line.list_price)]
        machine, *options = self.line.options
        rest = self.line.list_price - sum((one.amount for one in self.line.options), ZERO)
        steps = [Step("list", machine.amount, machine.name), *(Step("option", one.amount, one.name) for one in options)]
        return [*steps, Step(self.line.rest, rest)] if rest else steps

    def climb(self) -> Waterfall:
        self._options()
        customer = self.by_step.get(L.CUSTOMER, [])
        fixed = next((policy for policy in customer if policy.kind == K.FIXED), None)
        if fixed is not None:
            customer = [fixed, *(policy for policy in customer if policy.kind == K.ADDER)]
        for step in LADDER:
            for policy in _counting(customer if step == L.CUSTOMER else self.by_step.get(step, [])):
                if fixed is None or policy is fixed or policy.kind == K.ADDER:
                    self._take(policy)
        reached = self.running + self.added
        price = rounded(max(reached, ZERO)) if len(self.steps) > 1 else reached
        if price != reached.quantize(EXACT):
            self.steps.append(Step("rounding", (price - reached).quantize(EXACT)))
        self.steps += [Step(UNCLEAR, ZERO, policy.name, policy.id) for policy in self.by_step.get(UNCLEAR, ())]
        floor = next((policy.value for policy in self.by_step.get(FLOOR, ())), None)
        return Waterfall(self.line.list_price, price, self.steps, floor)

    def _options(self) -> None:
        """Policies on single options change what the option adds."""
        for option in self.line.options:
            for policy in _counting([one for one in self.by_step.get(L.OPTION, []) if one.option_code in option.names]):
                after = self._applied(policy, option.amount)
                self.running += after - option.amount
                self._note(policy, after - option.amount)

    def _take(self, policy: Policy) -> None:
        if policy.kind == K.ADDER:
            self.added += self._money(policy)
            self._note(policy, self._money(policy))
            return
        after = self._applied(policy, self.running)
        self._note(policy, after - self.running)
        self.running = after

    def _applied(self, policy: Policy, value: Decimal) -> Decimal:
        if policy.kind == K.PERCENT:
            return value * (HUNDRED - policy.value) / HUNDRED
        if policy.kind == K.FACTOR:
            return value * policy.value
        if policy.kind == K.FORMULA:
            return self._worked(policy, value)
        return value + self._money(policy) if policy.kind == K.ADDER else self._money(policy)

    def _worked(self, policy: Policy, value: Decimal) -> Decimal:
        names = {"list": self.line.list_price, "cost": self.line.cost, "quantity": self.line.quantity}
        try:
            found = formulas.parse(policy.formula, FORMULA_NAMES).value(names)
        except Refused as refused:
            told = {"name": policy.name, "why": refused.sentence}
            raise Refused(
                "price_policy", _t("Price policy “%(name)s” cannot be worked out. %(why)s Change or withdraw it.") % told
            ) from refused
        return found if isinstance(found, Decimal) else value

    def _money(self, policy: Policy) -> Decimal:
        """An amount of the policy in the currency of the offer."""
        return policy.value if policy.currency == self.case.currency else policy.value / self.case.rate

    def _note(self, policy: Policy, amount: Decimal) -> None:
        self.steps.append(Step(policy.step, amount.quantize(EXACT), policy.name, policy.id))
