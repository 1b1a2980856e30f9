"""Change orders: what a signed contract becomes, decided about before it holds (spec 2.4)."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import statements
from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MoneyField, StateField
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.catalog.priced import Priced, PricedLine, copied, sum_up
from tenant_apps.contracts import authority, lateness, prices
from tenant_apps.contracts.models import amending
from tenant_apps.contracts.models.contract import Contract, ContractLine, PlanLine
from tenant_apps.partners.models import Partner
from tenant_apps.selection.models import Configuration


class Change(Priced, Document):
    """A change of a signed contract: all its lines as they shall be, with the reason."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPLIED = "applied", _("In force")
        REJECTED = "rejected", _("Rejected")

    contract = models.ForeignKey(Contract, models.PROTECT, verbose_name=_("Contract"), related_name="+")
    customer = models.ForeignKey(Partner, models.PROTECT, null=True, editable=False, verbose_name=_("Customer"), related_name="+")
    reason = models.TextField(_("Reason for the change"), blank=True)
    delivery_date = models.DateField(_("Agreed delivery"), null=True, blank=True)
    plan = models.JSONField(
        _("Payment plan"), default=list, db_default=models.Value([], models.JSONField()), blank=True,
        help_text=_("Stages that were paid stay; the others share what is left by their percentages"),
    )  # fmt: skip
    based_on = models.PositiveIntegerField(_("Change orders before it"), default=0, editable=False)
    total_before = MoneyField(_("Total before"), editable=False)
    difference = MoneyField(_("Difference"), editable=False)
    level = models.PositiveIntegerField(_("Authority needed"), default=1, db_default=1, editable=False)
    facts = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    """`findings`: why it needs its level."""
    applied_on = models.DateField(_("In force since"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "CO{date:%Y}-{seq:04d}"
    line_kinds = ("lines",)
    river = ("contract", "customer")
    search = ("number", "reason")

    class Meta(Document.Meta):
        verbose_name = _("Change order")
        verbose_name_plural = _("Change orders")
        indexes = [*Document.Meta.indexes, models.Index(fields=["contract", "-id"], name="change_contract")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        contract = self.contract
        if contract.state not in (Contract.State.SIGNED, Contract.State.EXECUTING):
            raise Refused(
                "not_running",
                _t("Contract %(contract)s is not running. Change the contract itself while it is a draft.") % {"contract": contract},
            )
        there = statements.lines(ContractLine)(contract.pk)
        stages = statements.lines(PlanLine)(contract.pk)
        statements.attach([line for line in stages if line.due_id], "due")
        if self.pk is None:
            self.based_on, self.total_before, self.customer_id = contract.changes, contract.total, contract.customer_id
            self.currency = contract.currency
            self.delivery_date = self.delivery_date or contract.delivery_date
            lines["lines"] = lines["lines"] or [ChangeLine.of(line) for line in there]
            self.plan = self.plan or amending.rows_from(stages, contract.total)
        self.plan = amending.checked(self.plan, stages)
        prices.fill(contract, lines["lines"], by, on)
        self._check(lines["lines"], {line.pk: line for line in there})
        sum_up(self, lines["lines"])
        self.difference = self.total - self.total_before
        self._check_invoiced(stages)
        self.judge(lines["lines"], there, stages, on)

    def judge(self, lines: list[Any], there: list[ContractLine], stages: list[PlanLine], on: date) -> None:
        """Note whose agreement it needs, by what it makes of price, margin, terms and promised day."""
        contract = self.contract
        rows = amending.rows_from(stages, contract.total)
        late = [lateness.of_plan(amending.weighed(one, stages, contract)) for one in (rows, self.plan or rows)]
        before = authority.Stand(there, late[0], contract.delivery_date)
        authority.judge_change(self, before, authority.Stand(lines, late[1], self.delivery_date), on)

    def _check_invoiced(self, stages: list[PlanLine]) -> None:
        """What was invoiced is not taken away; stages that cannot be divided at all are told of when it is looked at, and refused when it is put in force."""
        there = [copy(line) for line in stages]
        try:
            plan = amending.divided(self, there)
        except Refused:
            return
        amending.check_invoiced(self, plan, stages)

    @staticmethod
    def _check(lines: list[ChangeLine], there: dict[int, ContractLine]) -> None:
        """What is ordered stays; it is taken back by cancelling its order."""
        kept = {line.line: line for line in lines if line.line is not None}
        errors = []
        for key, line in there.items():
            now = kept.get(key)
            if line.ordered and (now is None or now.quantity < line.ordered):
                told = {"what": line, "quantity": f"{line.ordered.normalize():f}"}
                text = _t("%(quantity)s of “%(what)s” is ordered already. Cancel the order first, or keep at least as much.") % told
                at = "lines" if now is None else f"lines.{lines.index(now)}.quantity"
                errors.append(FieldError(at, "ordered", text))
        if errors:
            raise Invalid(errors)


class ChangeLine(PricedLine):
    """A line as it shall be; one without a line of the contract is new."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="lines")
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, null=True, blank=True, verbose_name=_("Configuration"), related_name="+"
    )
    line = models.BigIntegerField(null=True, editable=False)

    parent = "change"

    @classmethod
    def of(cls, line: ContractLine) -> ChangeLine:
        return cls(line=line.pk, configuration_id=line.configuration_id, **copied(line))
