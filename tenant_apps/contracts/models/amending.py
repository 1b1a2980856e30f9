"""The payment plan as a change order wants it: a short table of stages, those of the contract by their numbers (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.money import HUNDRED, ZERO
from kernel.refusals import FieldError, Invalid
from kernel.rows import Column, rows_of
from tenant_apps.contracts.models.contract import Contract, PlanLine
from tenant_apps.contracts.models.dividing import SHARE, redivide, said, spread
from tenant_apps.contracts.models.terms import Term
from tenant_apps.finance.models import Invoice

if TYPE_CHECKING:
    from tenant_apps.contracts.models.changes import Change

WORDS = {field.name: field.verbose_name for field in PlanLine._meta.local_fields}
PLAN = (
    Column("seq", _("Stage no."), "int"),
    Column("name", WORDS["name"], "text", required=True),
    Column("kind", WORDS["kind"], "choice", choices=Term.Kind.choices),
    Column("percent", WORDS["percent"], "percent"),
    Column("fixed_amount", WORDS["fixed_amount"], "money"),
    Column("trigger", WORDS["trigger"], "choice", choices=Term.Trigger.choices),
    Column("offset_days", WORDS["offset_days"], "int"),
    Column("offset_months", WORDS["offset_months"], "int"),
    Column("month_end", WORDS["month_end"], "bool"),
    Column("fixed_date", WORDS["fixed_date"], "date"),
    Column("gate", WORDS["gate"], "choice", choices=Term.Gate.choices),
    Column("soft", WORDS["soft"], "bool"),
    Column("tolerance", WORDS["tolerance"], "percent"),
    Column("bill", WORDS["bill"], "choice", choices=Term.Bill.choices),
)
NAMES = tuple(column.name for column in PLAN if column.name != "seq")
Rows = list[dict[str, Any]]


def rows_from(plan: Sequence[PlanLine], total: Decimal) -> Rows:
    """The stages of a contract as rows of such a table; their percentages as what they are of the whole, whatever their bases were."""
    return [
        {"seq": line.seq}
        | {column.name: column.spec.render_value(getattr(line, column.name)) for column in PLAN if column.name in NAMES}
        | {"percent": f"{_share(line.amount, total).normalize():f}"}
        for line in plan
    ]


def _share(amount: Decimal, total: Decimal) -> Decimal:
    return (amount * HUNDRED / total).quantize(SHARE) if total else ZERO


def checked(given: Any, there: Sequence[PlanLine]) -> Rows:
    """The rows as they are kept; a stage that was paid, even in part, or waived cannot be left out, none stands there twice."""
    rows = rows_of("plan", given, PLAN)
    known, errors = {line.seq: line for line in there}, []
    seen = [row["seq"] for row in rows if row["seq"]]
    for position, row in enumerate(rows):
        if row["seq"] and (row["seq"] not in known or seen.count(row["seq"]) > 1):
            told = _t("Stage %(n)s does not stand in the contract, or stands here twice. Leave the number of a new stage empty.")
            errors.append(FieldError(f"plan.{position}.seq", "no_stage", told % {"n": row["seq"]}))
        for name in ("percent", "fixed_amount"):
            if _number(row, name) < 0:
                errors.append(FieldError(f"plan.{position}.{name}", "positive", _t("A stage needs a percentage above 0.")))
    for line in there:
        if rows and not line.untouched and line.seq not in seen:
            told = _t("“%(stage)s” is paid, at least in part, or waived: it stays.") % {"stage": line.name}
            errors.append(FieldError("plan", "paid_already", told))
    if rows and not errors and not any(_number(row, "percent") or _number(row, "fixed_amount") for row in rows):
        errors.append(FieldError("plan", "not_hundred", _t("The stages add up to %(sum)s %%, not to 100 %%.") % {"sum": "0"}))
    if errors:
        raise Invalid(errors)
    return rows


def _number(row: dict[str, Any], name: str) -> Decimal:
    return Decimal(row.get(name) or 0)


def lines_from(rows: Rows, there: Sequence[PlanLine], contract: Contract) -> list[PlanLine]:
    """Stages as the rows say, not yet saved; those that were paid as they are, the others with new terms and no amount yet."""
    known = {line.seq: line for line in there}
    found = []
    for row in rows:
        line = known.get(row["seq"]) or PlanLine(contract=contract)
        if line.untouched:
            line.base, line.tax_percent = Term.Base.GROSS, ZERO
            for column in PLAN:
                if column.name in NAMES:
                    setattr(line, column.name, _value(column, row.get(column.name)))
        found.append(line)
    return found


def weighed(rows: Rows, there: Sequence[PlanLine], contract: Contract) -> list[PlanLine]:
    """The stages as the rows say, each with its share of the whole if the price stayed what it is: what was paid as it was, the others of the rest."""
    lines = lines_from(rows, there, contract)
    sharing = [line for line in lines if line.untouched and line.fixed_amount is None]
    for line in lines:
        if line not in sharing:
            line.percent = _share(line.fixed_amount if line.untouched else line.amount, contract.total)
    whole = sum((line.percent for line in sharing), ZERO)
    rest = HUNDRED - sum((line.percent for line in lines if line not in sharing), ZERO)
    for line in sharing:
        line.percent = line.percent * rest / whole if whole else ZERO
    return lines


def divided(change: Change, there: Sequence[PlanLine]) -> list[PlanLine]:
    """The stages as they become: as the change order wants them, or as they are, over the new total."""
    if rewrites(change, there):
        plan = lines_from(checked(change.plan, there), there, change.contract)
        redivide(change, plan)
        return plan
    plan = list(there)
    if change.total != change.contract.total:
        spread(change, plan)
    return plan


def rewrites(change: Change, there: Sequence[PlanLine]) -> bool:
    """Whether it wants other stages than the contract has."""
    return bool(change.plan) and change.plan != rows_from(there, change.contract.total)


def check_invoiced(change: Change, plan: Sequence[PlanLine], there: Sequence[PlanLine]) -> None:
    """Refuse to make a stage less than what was invoiced of it, and the total less than what was invoiced of the contract."""
    now, billed, errors, contract = {line.due_id: line.amount for line in plan}, _billed(there), [], change.contract
    for line in there:
        invoiced = billed.get(line.due_id or 0, ZERO)
        if now.get(line.due_id, ZERO) < min(invoiced, line.amount):
            told = {"stage": line.name, "invoiced": said(contract, invoiced)}
            sentence = _t("%(invoiced)s of “%(stage)s” is invoiced: reverse the invoice first, or leave the stage at least as much.")
            errors.append(FieldError("plan", "invoiced_already", sentence % told))
    if not errors and change.total < min(contract.invoiced, change.total_before):
        sentence = _t("%(invoiced)s of this contract is invoiced: reverse the invoice first, or leave the total at least as high.")
        errors.append(FieldError("lines", "invoiced_already", sentence % {"invoiced": said(contract, contract.invoiced)}))
    if errors:
        raise Invalid(errors)


def _billed(stages: Sequence[PlanLine]) -> dict[int, Decimal]:
    """What is invoiced of each receivable, or prepared to be."""
    keys = [line.due_id for line in stages if line.due_id]
    rows = Invoice.objects.filter(due__in=keys).exclude(state=Invoice.State.REVERSED)
    return dict(rows.order_by().values_list("due").annotate(sum=Sum("total"))) if keys else {}


def _value(column: Column, raw: Any) -> Any:
    field: Any = PlanLine._meta.get_field(column.name)
    return field.get_default() if raw in (None, "") else column.spec.parse(raw)
