"""Publishing forms; submitting, deciding about and finishing what was filled in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import holding, messages, patterns, saving
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.models import NumberRule
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import key_of
from tenant_apps.office import accounts, reading
from tenant_apps.office.models import Entry, Form

F, S = Form.State, Entry.State


# forms ---------------------------------------------------------------------------------------------------------------
@action(label=_("Publish"), then=F.PUBLISHED, style="primary", says=_("published"))
def publish(form: Form, *, by: Actor, at: datetime) -> None:
    """Members can fill it in from now on; entries already there keep the version they were made with."""
    design = reading.read(form.design)
    if form.state == F.PUBLISHED and not form.changed:
        raise Refused("unchanged", _t("Nothing has changed since version %(n)d.") % {"n": form.revision})
    for version in form.versions:
        before = reading.read(version["design"], kept=True).fields
        for name in before.keys() & design.fields.keys():
            if before[name].spec.type != design.fields[name].spec.type:
                sentence = _t("“%(name)s” was a field of another kind before. Give the new one a key of its own.") % {"name": name}
                raise Invalid([FieldError("design", "kind_changed", sentence)])
    if form.numbering:
        _number(form, by=by, at=at)
    form.revision += 1
    told = {"revision": form.revision, "key": form.key, "name": form.name, "at": at.isoformat(timespec="seconds"), "by": by.id}
    form.versions = [*form.versions, {**told, "design": form.design}]
    form.changed = False


def _number(form: Form, *, by: Actor, at: datetime) -> None:
    """The form's numbers are a rule like that of any other document type."""
    patterns.checked(form.numbering)
    key = f"office.{form.key}"
    there = NumberRule.objects.filter(resource=key).first()
    if there is None:
        rule = NumberRule(resource=key, pattern=form.numbering, created_at=at, created_by=by.id, updated_at=at, updated_by=by.id)
        rule.search_text = rule.index_text()
        rule.save()
    elif there.pattern != form.numbering:
        saving.change(there, {"pattern": form.numbering}, by=by, at=at)


@action(label=_("Take out of use"), when=F.PUBLISHED, then=F.WITHDRAWN, style="danger", says=_("taken out of use"), confirm=_("Nobody can fill it in any more. What was filled in stays. Take it out of use?"))  # fmt: skip
def retire(form: Form, *, by: Actor, at: datetime) -> None:
    """Take it out of the menu; entries can still be read."""


# entries -------------------------------------------------------------------------------------------------------------
@action(label=_("Submit"), when=(S.DRAFT, S.REJECTED), style="primary", bulk=True, says=_("submitted"))
def submit(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Hand it in to be decided about."""
    entry.prepare({}, by, at.date())
    entry.submitted_at, entry.note = at, ""
    settled = holding.agreed(entry) or entry.form.decision == Form.Decision.NONE
    set_state(entry, S.APPROVED if settled else S.SUBMITTED)


@action(label=_("Approve"), when=S.SUBMITTED, then=S.APPROVED, style="primary", bulk=True, says=_("approved"), params={"note": {"label": _("Remark"), "max_length": 500}})  # fmt: skip
def approve(entry: Entry, *, by: Actor, at: datetime, note: str = "") -> None:
    """Agree to it."""
    _decide(entry, by, at, note, _t("approved"))


@action(label=_("Reject"), when=S.SUBMITTED, then=S.REJECTED, style="danger", bulk=True, says=_("rejected"), params={"note": {"label": _("Reason"), "max_length": 500}})  # fmt: skip
def reject(entry: Entry, *, by: Actor, at: datetime, note: str) -> None:
    """Send it back with the reason; it can be changed and submitted again."""
    _decide(entry, by, at, note, _t("rejected"))


def _decide(entry: Entry, by: Actor, at: datetime, note: str, what: str) -> None:
    """Nobody decides about their own, and whoever asked is told."""
    if by.id is not None and by.id == entry.owner and not by.is_admin:
        raise Invalid([FieldError("", "own", _t("This is your own. Somebody else has to decide about it."))])
    entry.note = note
    if entry.owner is not None and entry.owner != by.id:
        title = _t("%(form)s %(number)s %(what)s") % {"form": entry.form.names, "number": entry.number, "what": what}
        messages.send(
            [entry.owner], title, text=note, link={"_key": key_of(type(entry)), "id": entry.pk},
            origin=f"office:{entry.pk}:{at.isoformat()}",
        )  # fmt: skip


@action(label=_("Withdraw"), when=S.SUBMITTED, then=S.DRAFT, says=_("withdrawn"))
def withdraw(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Take it back as long as nobody has decided."""
    entry.submitted_at = None


@action(label=_("Finish"), when=S.APPROVED, then=S.DONE, bulk=True, says=_("finished"))
def finish(entry: Entry, *, by: Actor, at: datetime) -> None:
    """What was asked for has happened: the trip is over, the car is back, the file was returned."""


@action(label=_("Cancel"), when=(S.DRAFT, S.REJECTED, S.SUBMITTED, S.APPROVED), then=S.CANCELLED, style="danger", says=_("cancelled"), params={"note": {"label": _("Reason"), "max_length": 500}})  # fmt: skip
def cancel(entry: Entry, *, by: Actor, at: datetime, note: str) -> None:
    """It is not wanted any more; what it had booked is free again."""
    accounts.check_giving_back(entry, by, at)
    entry.note = note
