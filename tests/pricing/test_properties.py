"""Whatever mixture of policies a company has, a waterfall adds up to the cent at every step, and the line to its price (spec 2.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.money import cents
from tenant_apps.pricing import policies, waterfall
from tenant_apps.pricing.models import PricePolicy
from tenant_apps.pricing.parameters import ROUNDING
from tenant_apps.pricing.policies import Circumstances, Policy
from tenant_apps.pricing.waterfall import Ask, Option
from tenant_apps.quoting import calculating
from tenant_apps.quoting.models import QuoteLine
from tests.pricing.test_waterfall import BLANK

D = Decimal
K, L = PricePolicy.Kind, PricePolicy.Level
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a busy machine the first example takes its time."""
TOLERANCE = D("0.005")
cases = st.builds(
    Circumstances, on=st.none(), partner=st.just(7), grade=st.just("A"), channel=st.just("dealer"), regions=st.just((11, 10)), company=st.just(1),
    currency=st.sampled_from(["CNY", "USD"]), rate=st.sampled_from([D(1), D("7.1234"), D("0.0487")]),
)  # fmt: skip
money = st.decimals(min_value=0, max_value=1_000_000, places=2)
options = st.lists(
    st.builds(Option, st.sampled_from(["TC.1", "PC.1"]), st.just("option"), money, st.just("1"), st.booleans()), max_size=3
).map(tuple)
asks = st.builds(
    Ask, st.just(5), st.just(3), st.decimals(min_value=D("0.01"), max_value=10_000, places=2), st.decimals(min_value=1, max_value=5_000_000, places=2), money,
    options,
)  # fmt: skip
values = {
    K.PERCENT: st.decimals(min_value=-100, max_value=100, places=3), K.FACTOR: st.decimals(min_value=D("0.001"), max_value=5, places=3), K.FIXED: money,
    K.ADDER: st.decimals(min_value=-100_000, max_value=100_000, places=2), K.FLOOR: st.decimals(min_value=0, max_value=100, places=2), K.FORMULA: st.just(D(0)),
}  # fmt: skip


@st.composite
def policies_in_force(draw: Any) -> Policy:
    kind, level = draw(st.sampled_from(list(K))), draw(st.sampled_from(list(L)))
    scope = {
        L.OPTION: {"option_code": draw(st.sampled_from(["TC.1", "PC.1", "1"]))}, L.REGION: {"region_id": draw(st.sampled_from([10, 11]))}, L.SERIES: {"series_id": 3},
        L.PRODUCT: {"item_id": 5}, L.GROUP: {"grade": "A"}, L.CUSTOMER: {"partner_id": 7}, L.QUANTITY: {"from_quantity": draw(st.sampled_from([D(1), D(10)]))},
    }  # fmt: skip
    plain = kind in (K.FORMULA, K.FLOOR) and level == L.OPTION
    return Policy(**{
        **BLANK, **scope.get(level, {}), "id": draw(st.integers(1, 99)), "level": level.value, "kind": (K.PERCENT if plain else kind).value,
        "value": draw(values[K.PERCENT if plain else kind]), "formula": "cost * 1.3 + list / 3", "exclusive": draw(st.booleans()),
        "priority": draw(st.integers(0, 2)), "currency": draw(st.sampled_from(["CNY", "USD"])),
    })  # fmt: skip


@UNHURRIED
@given(
    st.lists(policies_in_force(), max_size=10), asks, cases, st.sampled_from(["exact", "0.01", "1", "10", "100"]), st.none() | money,
    st.decimals(min_value=0, max_value=100, places=2),
)  # fmt: skip
def test_a_waterfall_adds_up_at_every_step(rows: list[Policy], ask: Ask, case: Circumstances, rule: str, typed: D | None, discount: D):
    with patch.object(ROUNDING, "value", lambda by=None: rule), patch.object(policies.rates, "base", lambda: "CNY"):
        found = waterfall.by(policies.fitting(rows, case), [ask], case)[0]
        assert abs(sum((step.amount for step in found.steps), D(0)) - found.price) < TOLERANCE
        assert found.price >= 0 and found.list_price == ask.list_price
        line = QuoteLine(
            quantity=ask.quantity, unit_price=found.price if typed is None else typed, discount=discount, waterfall=found.told()
        )
        calculating.by_hand(line)
        told = [*line.waterfall["steps"], *line.waterfall["by_hand"]]
        running, net = D(0), D(line.waterfall["net"])
        for step in told:
            running += D(step["amount"])
        assert abs(running - net) < TOLERANCE
        assert abs(line.exact_amount - ask.quantity * net) <= ask.quantity * waterfall.EXACT
        if rule != "exact" and any(step.step != "unclear" for step in found.steps[1:]):
            assert found.price % D(rule) == 0
        assert cents(line.exact_amount) >= 0


@UNHURRIED
@given(st.lists(policies_in_force(), max_size=8), asks, cases)
def test_the_same_question_has_the_same_answer_whatever_order_policies_come_in(rows: list[Policy], ask: Ask, case: Circumstances):
    unique = list({row.id: row for row in rows}.values())
    with patch.object(ROUNDING, "value", lambda by=None: "exact"), patch.object(policies.rates, "base", lambda: "CNY"):
        one, two = (waterfall.by(policies.fitting(given, case), [ask], case)[0] for given in (unique, unique[::-1]))
    assert one == two
