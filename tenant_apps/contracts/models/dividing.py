"""How a contract's total is divided among its stages of payment, to the cent (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _t

from kernel.money import CENT, HUNDRED, ZERO, cents, percent_of
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.contracts.models.terms import Term

if TYPE_CHECKING:
    from tenant_apps.contracts.models.contract import PlanLine

SHARE = Decimal("0.001")


class Sums(Protocol):
    """What is divided: a contract, or an offer that may become one."""

    total: Decimal
    net_total: Decimal
    tax_total: Decimal


def divide(contract: Sums, plan: Sequence[PlanLine], goods: Decimal = ZERO) -> None:
    """Amounts of the stages, to the cent; the last takes the rounding remainder, so that they add up to the contract. Where it is
    too small for the remainder, as with stages of a few cents, the largest takes it. `goods`: the total of the lines that are no services."""
    bases = {Term.Base.GROSS: contract.total, Term.Base.NET: contract.net_total, Term.Base.TAX: contract.tax_total, Term.Base.GOODS: goods}
    for line in plan:
        line.amount = percent_of(bases[Term.Base(line.base)], line.percent) + percent_of(contract.tax_total, line.tax_percent)
    if plan:
        rest = contract.total - sum((line.amount for line in plan[:-1]), ZERO)
        plan[-1].amount = max(rest, ZERO)
        if -len(plan) * CENT < rest < 0:
            max(plan, key=lambda line: line.amount).amount += rest
        elif rest < 0:
            raise Invalid([FieldError("plan", "too_much", _t("The stages add up to more than the contract."))])


def redivide(contract: Sums, plan: list[PlanLine]) -> None:
    """A plan written anew for what is under way: stages that were paid stay; the others share what is left by their percentages."""
    for line in plan:
        if line.untouched:
            line.amount = percent_of(contract.total, line.percent)
    spread(contract, plan)


def spread(contract: Sums, plan: list[PlanLine]) -> None:
    """After a change of the total: stages that were paid, even in part, or waived stay; the others share what is left in their old
    proportion, the last takes the remainder. Where all are paid, a further stage takes what was added."""
    open_ = [line for line in plan if line.untouched]
    rest = contract.total - sum((line.amount for line in plan if not line.untouched), ZERO)
    if rest < 0:
        told = {"paid": contract.total - rest, "total": contract.total}
        raise Refused(
            "paid_already",
            _t("Stages that are paid in full or in part come to %(paid)s, more than the new total of %(total)s. Take back what was received first, or change less.")
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
        line.base, line.tax_percent = Term.Base.GROSS, ZERO
        line.percent = (line.amount * HUNDRED / contract.total).quantize(SHARE) if contract.total else ZERO
