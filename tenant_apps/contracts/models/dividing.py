"""How a contract's total is divided among its stages of payment, to the cent (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _t

from kernel.figures import figure
from kernel.money import CENT, HUNDRED, ZERO, cents, percent_of
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.contracts.models.terms import Term

if TYPE_CHECKING:
    from tenant_apps.contracts.models.contract import PlanLine

SHARE = Decimal("0.001")


class Sums(Protocol):
    """What is divided: a contract, or an offer that may become one."""

    currency: str
    total: Decimal
    net_total: Decimal
    tax_total: Decimal


def divide(contract: Sums, plan: Sequence[PlanLine], goods: Decimal = ZERO) -> None:
    """Amounts of the stages, to the cent; the last takes what is left, so that they add up to the contract. Where it is too small
    for the remainder of rounding, as with stages of a few cents, the largest takes it. `goods`: the total of the lines that are no services."""
    bases = {Term.Base.GROSS: contract.total, Term.Base.NET: contract.net_total, Term.Base.TAX: contract.tax_total, Term.Base.GOODS: goods}
    for line in plan:
        share = percent_of(bases[Term.Base(line.base)], line.percent) + percent_of(contract.tax_total, line.tax_percent)
        line.amount = share if line.fixed_amount is None else line.fixed_amount
    if not plan:
        return
    rest = contract.total - sum((line.amount for line in plan[:-1]), ZERO)
    if any(line.fixed_amount is not None for line in plan):
        _close(contract, plan, rest)
        return
    plan[-1].amount = max(rest, ZERO)
    if -len(plan) * CENT < rest < 0:
        max(plan, key=lambda line: line.amount).amount += rest
    elif rest < 0:
        raise Invalid([FieldError("plan", "too_much", _t("The stages add up to more than the contract."))])


def _close(contract: Sums, plan: Sequence[PlanLine], rest: Decimal) -> None:
    """Beside fixed amounts the last stage takes what is left; a last one that is fixed itself must be just that."""
    last = plan[-1]
    if contract.total and (rest < 0 or (last.fixed_amount is not None and last.fixed_amount != rest)):
        told = _t("The other stages leave %(rest)s of the contract for the last one.") % {"rest": said(contract, rest)}
        raise Invalid([FieldError(f"plan.{len(plan) - 1}.fixed_amount", "not_the_rest", told)])
    last.amount = max(rest, ZERO)
    for line in plan:
        if line is last or line.fixed_amount is not None:
            line.percent = _share(contract, line)


def said(contract: Sums, value: Decimal) -> str:
    """An amount of a contract in a sentence."""
    return figure(value, "contracts.contract", "plan", "amount", "total", currency=contract.currency)


def _share(contract: Sums, line: PlanLine) -> Decimal:
    return (line.amount * HUNDRED / contract.total).quantize(SHARE) if contract.total else ZERO


def redivide(contract: Sums, plan: list[PlanLine]) -> None:
    """A plan written anew for what is under way: stages that were paid stay; the others share what is left by their percentages."""
    for line in plan:
        if line.untouched:
            line.amount = percent_of(contract.total, line.percent) if line.fixed_amount is None else line.fixed_amount
    spread(contract, plan)


def spread(contract: Sums, plan: list[PlanLine]) -> None:
    """After a change of the total: stages that were paid, even in part, or waived stay, and fixed amounts beside others that can give way;
    those share what is left in their old proportion, the last takes the remainder. Where all are paid, a further stage takes what was added."""
    free = [line for line in plan if line.untouched]
    open_ = [line for line in free if line.fixed_amount is None] or free
    rest = contract.total - sum((line.amount for line in plan if line not in open_), ZERO)
    if rest < 0:
        told = {"paid": said(contract, contract.total - rest), "total": said(contract, contract.total)}
        raise Refused(
            "paid_already",
            _t("Stages that stay, since they are paid in full or in part or are of a fixed amount, come to %(paid)s: more than the new total of %(total)s. Change less, or take back what was received or fixed first.")
            % told,
        )  # fmt: skip
    before = sum((line.amount for line in open_), ZERO)
    if rest and not before:
        open_ = [type(plan[0])(name=_t("Further amount"), base=Term.Base.GROSS, trigger=Term.Trigger.SIGNED)]
        plan.append(open_[0])
    for line in open_[:-1]:
        line.amount = cents(rest * line.amount / before)
    if open_:
        open_[-1].amount = rest - sum((line.amount for line in open_[:-1]), ZERO)
    for line in plan:
        line.base, line.tax_percent, line.percent = Term.Base.GROSS, ZERO, _share(contract, line)
        if line in open_:
            line.fixed_amount = None
