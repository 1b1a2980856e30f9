"""A payment plan is the whole contract to the cent, however it is divided."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel.money import ZERO, cents, net_of
from kernel.refusals import Invalid
from tenant_apps.contracts import billing
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine, Term, divide, redivide, spread
from tenant_apps.contracts.models.terms import check_percent
from tenant_apps.finance.models import Due

totals = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2)
cuts = st.lists(st.integers(min_value=1, max_value=99_999), min_size=0, max_size=6, unique=True)


def contract(total: Decimal) -> Contract:
    net = net_of(total, Decimal(13))
    return Contract(total=total, net_total=net, tax_total=total - net)


def shares(cut: list[int]) -> list[Decimal]:
    """Percentages with three decimals that add up to 100."""
    edges = [0, *sorted(cut), 100_000]
    return [Decimal(high - low) / 1000 for low, high in pairwise(edges)]


@given(totals, cuts)
def test_stages_of_the_gross_add_up(total: Decimal, cut: list[int]):
    plan = [PlanLine(percent=percent, base=Term.Base.GROSS) for percent in shares(cut)]
    assume(
        sum((total * line.percent / 100 for line in plan[:-1]), ZERO).quantize(Decimal("0.01"), "ROUND_UP") + len(plan) * Decimal("0.01")
        <= total
    )
    divide(contract(total), plan)
    assert sum(line.amount for line in plan) == total
    for line in plan[:-1]:
        assert abs(line.amount - total * line.percent / 100) <= Decimal("0.005")


@given(totals, cuts, st.integers(min_value=0, max_value=6))
def test_net_stages_with_all_tax_in_one_add_up(total: Decimal, cut: list[int], taxed: int):
    percents = shares(cut)
    plan = [
        PlanLine(percent=percent, base=Term.Base.NET, tax_percent=Decimal(100 if position == taxed % len(percents) else 0))
        for position, percent in enumerate(percents)
    ]
    deal = contract(total)
    assume(deal.net_total > len(plan))
    divide(deal, plan)
    assert sum(line.amount for line in plan) == total
    assert all(line.amount >= 0 for line in plan)


@given(
    totals,
    cuts,
    st.lists(st.sampled_from(Term.Base.values), min_size=7, max_size=7),
    st.integers(min_value=0, max_value=100),
    st.integers(0, 100),
)
def test_of_whatever_bases_the_stages_are_they_are_the_whole_or_refused(
    total: Decimal, cut: list[int], bases: list[str], taxed: int, goods: int
):
    """Gross, net, goods or tax alone, tax on top of one: to the cent, none below nothing; what comes to more is refused."""
    plan = [PlanLine(percent=percent, base=base) for percent, base in zip(shares(cut), bases, strict=False)]
    plan[0].tax_percent = Decimal(taxed)
    if fits(total, plan, cents(total * goods / 100)):
        assert sum(line.amount for line in plan) == total
        assert all(line.amount >= 0 for line in plan)
    else:
        assert sum(line.amount for line in plan[:-1]) > total


def fits(total: Decimal, plan: list[PlanLine], goods: Decimal) -> bool:
    with suppress(Invalid):
        divide(contract(total), plan, goods)
        return True
    return False


@given(totals, totals, st.lists(st.tuples(st.booleans(), st.integers(min_value=1, max_value=100)), min_size=1, max_size=6))
def test_a_plan_written_anew_keeps_what_is_paid_and_adds_up(before: Decimal, after: Decimal, stages: list[tuple[bool, int]]):
    part = (before / len(stages)).quantize(Decimal("0.01"), "ROUND_DOWN")
    plan = [PlanLine(amount=part, percent=Decimal(percent), due=Due(collected=part if paid else ZERO)) for paid, percent in stages]
    assume(part and after >= part * sum(paid for paid, _percent in stages))
    redivide(contract(after), plan)
    assert sum(line.amount for line in plan) == after
    assert all(line.amount == part for line, (paid, _percent) in zip(plan, stages, strict=False) if paid)


amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2)
quantities = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("5000"), places=2)


@given(amounts, amounts, quantities)
def test_a_part_of_a_line_is_invoiced_to_the_cent(amount: Decimal, part: Decimal, quantity: Decimal):
    assume(part <= amount)
    line = ContractLine(item_id=1, quantity=quantity, amount=amount, unit_price=amount / quantity, tax_rate=Decimal(13))
    billed = billing.part_of(line, part)
    assert cents(billed.exact_amount) == part
    assert 0 < billed.quantity <= quantity or part == amount


def test_the_largest_stage_gives_the_cent_that_the_last_has_not():
    """Of 8.00, three stages of half a cent are rounded up to a cent each: together with the large one that is a cent too many."""
    percents = [Decimal(percent) for percent in ("0.063", "0.063", "0.063", "99.748", "0.063")]
    plan = [PlanLine(percent=percent, base=Term.Base.GROSS) for percent in percents]
    divide(contract(Decimal("8.00")), plan)
    assert [str(line.amount) for line in plan] == ["0.01", "0.01", "0.01", "7.97", "0.00"]


@given(totals, totals, st.lists(st.booleans(), min_size=1, max_size=6))
def test_after_a_change_paid_stages_stay_and_all_add_up(before: Decimal, after: Decimal, paid: list[bool]):
    part = (before / len(paid)).quantize(Decimal("0.01"), "ROUND_DOWN")
    plan = [PlanLine(amount=part, due=Due(collected=part if one else ZERO)) for one in paid]
    fixed = sum((part for one in paid if one), ZERO)
    assume(after >= fixed)
    spread(contract(after), plan)
    assert sum(line.amount for line in plan) == after
    assert all(line.amount >= 0 for line in plan)
    assert [line.amount for line, one in zip(plan, paid, strict=False) if one] == [part] * sum(paid)


@given(totals, st.integers(min_value=1, max_value=99), st.integers(min_value=1, max_value=99_999))
def test_beside_a_fixed_amount_the_last_stage_takes_what_is_left(total: Decimal, part: int, middle: int):
    """A deposit in money, a share of the whole, and the rest: to the cent, the deposit untouched."""
    deposit, percent = cents(total * part / 100), Decimal(middle) / 1000
    assume(deposit > 0)
    plan = [PlanLine(fixed_amount=deposit), PlanLine(percent=percent), PlanLine()]
    check_percent(plan, "plan")
    if deposit + cents(total * percent / 100) > total:
        with pytest.raises(Invalid, match="for the last one"):
            divide(contract(total), plan)
        return
    divide(contract(total), plan)
    assert plan[0].amount == deposit and sum(line.amount for line in plan) == total
    assert all(line.amount >= 0 for line in plan)


def test_a_last_stage_of_a_fixed_amount_is_just_what_is_left():
    plan = [PlanLine(percent=Decimal(30)), PlanLine(fixed_amount=Decimal("70.00"))]
    divide(contract(Decimal("100.00")), plan)
    assert [line.percent for line in plan] == [30, 70]
    plan[1].fixed_amount = Decimal("60.00")
    with pytest.raises(Invalid, match=r"70\.00"):
        divide(contract(Decimal("100.00")), plan)


def test_after_a_change_a_fixed_amount_stays_and_the_others_share_the_rest():
    plan = [PlanLine(fixed_amount=Decimal(50)), PlanLine(percent=Decimal(60)), PlanLine()]
    deal = contract(Decimal("200.00"))
    divide(deal, plan)
    spread(contract(Decimal("350.00")), plan)
    assert [line.amount for line in plan] == [50, 240, 60]
