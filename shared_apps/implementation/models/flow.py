"""A business flow as rows: who does what, and where it goes on (P-I.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.documents import Line
from kernel.refusals import FieldError

APART = 10
MOST_STEPS, MOST_LANES = 24, 6


class FlowStep(Line):
    """A step, or a question with two ways on."""

    class Kind(models.TextChoices):
        STEP = "step", _("Step")
        DECISION = "decision", pgettext_lazy("flow", "Decision")
        END = "end", _("End")

    confirmation = models.ForeignKey("implementation.Confirmation", models.CASCADE, related_name="steps")
    no = models.PositiveIntegerField(_("Step no."), null=True, blank=True)
    lane = models.CharField(_("Department"), max_length=20)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.STEP)
    what = models.CharField(_("What is done"), max_length=40)
    then = models.PositiveIntegerField(_("Goes on with"), null=True, blank=True, help_text=_("A step no.; empty: the next row"))
    otherwise = models.PositiveIntegerField(_("If not, with"), null=True, blank=True, help_text=_("Of a decision: the step no. for “no”"))

    parent = "confirmation"

    def __str__(self) -> str:
        return f"{self.no} {self.what}"


def number(steps: Sequence[FlowStep]) -> None:
    """Give steps without a number the next ten after the one before."""
    used = {step.no for step in steps}
    last = 0
    for step in steps:
        if step.no is None:
            step.no = last + APART - last % APART
            while step.no in used:
                step.no += 1
            used.add(step.no)
        last = step.no


def check(steps: Sequence[FlowStep]) -> list[FieldError]:
    """What keeps the steps from being drawn."""
    known = Counter(step.no for step in steps)
    wrong = [error for row, step in enumerate(steps) for error in _check(row, step, known)]
    if len(steps) > MOST_STEPS or len({step.lane for step in steps}) > MOST_LANES:
        told = {"steps": MOST_STEPS, "lanes": MOST_LANES}
        wrong.append(
            FieldError("steps", "too_large", _t("A flow has at most %(steps)d steps in %(lanes)d departments. Make two of it.") % told)
        )
    return wrong


def _check(row: int, step: FlowStep, known: Counter[int | None]) -> list[FieldError]:
    found = []
    if known[step.no] > 1:
        found.append(FieldError(f"steps.{row}.no", "duplicate", _t("Another step has this number.")))
    for name in ("then", "otherwise"):
        target = getattr(step, name)
        if target is not None and (target not in known or target == step.no):
            found.append(FieldError(f"steps.{row}.{name}", "not_found", _t("There is no other step with this number.")))
    decides = step.kind == FlowStep.Kind.DECISION
    if decides and step.otherwise is None:
        found.append(FieldError(f"steps.{row}.otherwise", "required", _t("Say with which step it goes on if the answer is no.")))
    if step.otherwise is not None and not decides:
        found.append(
            FieldError(f"steps.{row}.otherwise", "not_decision", _t("Only a decision has a second way on. Choose the kind “Decision”."))
        )
    return found
