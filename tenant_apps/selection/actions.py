"""A selection table from draft to use; a configuration agreed by engineering (spec 2.2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving
from kernel.access import Actor
from kernel.actions import action, move
from kernel.refusals import FieldError, Refused
from tenant_apps.selection import engine, freezing
from tenant_apps.selection.models import Configuration, RuleSet

S, C = RuleSet.State, Configuration.State


@action(label=_("Test"), when=S.DRAFT, then=S.TESTING, style="primary", says=_("to be tested"))
def test(rule_set: RuleSet, *, by: Actor, at: datetime) -> None:
    """Let it be tried out as it is; it is not changed meanwhile."""


@action(label=_("Back to draft"), when=S.TESTING, then=S.DRAFT, says=_("back to draft"))
def reopen(rule_set: RuleSet, *, by: Actor, at: datetime) -> None:
    """Go on working at it."""


@action(
    label=_("Publish"), when=S.TESTING, then=S.PUBLISHED, style="primary", says=_("published"),
    confirm=_("Publish this version? It is not changed any more; the version before it goes out of use."),
)  # fmt: skip
def publish(rule_set: RuleSet, *, by: Actor, at: datetime) -> None:
    """Run its test cases, then offer it for selection in place of the version before it."""
    table = engine.read(rule_set.table)
    machine = engine.Machine(table)
    slow = engine.told_slow(machine)
    if slow:
        raise Refused("too_slow", slow[0].sentence, errors=[FieldError(f"table.{one.path}", one.code, one.sentence) for one in slow])
    failed = engine.failures(machine)
    if failed:
        errors = [FieldError(f"table.{one.path}", one.code, one.sentence) for one in failed]
        told = _t("%(n)d expectations of the test cases and templates are not met. Correct the table, or the cases.") % {"n": len(failed)}
        raise Refused("cases_failed", told, errors=errors)
    if engine.impossible(table):
        raise Refused(
            "impossible", _t("No configuration keeps all rules. Look at the analysis of the table, and loosen or take out a rule.")
        )
    rule_set.published_on = at.date()
    if rule_set.item_id is None:
        rule_set.item = freezing.make_standing(rule_set, table.prefix, by=by, at=at)
    for former in saving.lock_many(RuleSet, RuleSet.objects.filter(name=rule_set.name, state=S.PUBLISHED).values_list("pk", flat=True)):
        move(former, S.RETIRED, by=by, at=at, reason=str(rule_set))


@action(label=_("Take out of use"), when=S.PUBLISHED, then=S.RETIRED, style="danger", says=_("taken out of use"))
def retire(rule_set: RuleSet, *, by: Actor, at: datetime) -> None:
    """Nothing new is selected with it; what was, stays as it is."""


@action(label=_("New version"), when=(S.PUBLISHED, S.RETIRED), opens=True, says=_("new version begun"))
def revise(rule_set: RuleSet, *, by: Actor, at: datetime) -> None:
    """Go on with a copy as the next version; this one stays as it is."""
    latest = RuleSet.objects.filter(name=rule_set.name).order_by("-edition").values_list("edition", flat=True)[0]
    names = ("name", "series_id", "bom_id", "item_id", "table", "remark", "owner", "unit", "custom")
    saving.create(RuleSet, {name: getattr(rule_set, name) for name in names} | {"edition": latest + 1}, by=by, at=at)


@action(label=_("Engineering agrees"), when=C.VALID, says=_("agreed by engineering"))
def agree(configuration: Configuration, *, by: Actor, at: datetime) -> None:
    """The non-standard parts have been looked at and can be built."""
    if not configuration.result.get("reviews"):
        raise Refused("nothing_to_review", _t("Nothing in this configuration needs a review."))
    configuration.reviewed = True
