"""Putting accounts together that are one company, and parting them again (W-4.1.1, spec 2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import calls, events, holding, registry, saving, words
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.differences import snapshot
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import key_of
from tenant_apps.partners import actions, references
from tenant_apps.partners.models import Contact, Merge, Partner
from tenant_apps.partners.models.merge import UNDONE_WITHIN

MOST = 10
JOINED = ("addresses", "titles")
LATEST = ("dealt_on", "active_on", "protect_until")


@action(
    label=_("Merge"),
    says=_("merged"),
    params={
        "others": {"label": _("Accounts that become one with it"), "type": "refs", "target": Partner},
        "choice": {"label": _("Whose value is kept")},
    },
)
def merge(partner: Partner, *, by: Actor, at: datetime, others: list[int], choice: dict | None = None) -> None:
    """Move everything of other accounts to this one and take them away; for 30 days it can be undone."""
    gone = _locked(partner, others, by)
    before = snapshot(partner)
    kept: dict[str, Any] = {"rows": [snapshot(one) for one in gone], "events": {}, "before": {}}
    moved: list[dict[str, Any]] = []
    for one in gone:
        news = events.make("merge", one, by=by, at=at, changes={}, data={"text": _t("Merged into %(name)s") % {"name": partner}})
        news.refs.append(f"{key_of(Partner)}:{partner.pk}")
        calls.current().events.append(news)
        kept["events"][str(one.pk)] = references.join_history(one.pk, partner.pk)
        moved += _move(one.pk, partner.pk, partner.name)
    people = Contact.objects.filter(pk__in=[pk for row in moved if row["place"][0] == key_of(Contact) for pk in row["ids"]], main=True)
    kept["mains"] = list(people.values_list("pk", flat=True))
    people.update(main=False)
    Partner._base_manager.filter(pk__in=[one.pk for one in gone]).delete()
    _take_over(partner, gone, choice or {}, by)
    partner.prepare({"contacts": list(partner.contacts.order_by("seq", "id"))}, by, at.date())
    wrong = Partner.check_many([partner])
    if wrong:
        raise Invalid(list(wrong.values()))
    kept["before"] = {name: value for name, value in before.items() if name not in saving.QUIET and snapshot(partner)[name] != value}
    kept["after"] = {name: snapshot(partner)[name] for name in kept["before"]}
    names = words.listed(f"{one.name} ({one.number})" for one in gone)[:500]
    values = {"partner": partner, "names": names, "merged_on": at.date(), "moved": moved, "kept": _json(kept)}
    saving.create(Merge, values, by=by, at=at)


def _locked(partner: Partner, others: Sequence[int], by: Actor) -> list[Partner]:
    """The accounts that become one with it, locked in one order; whoever may not change one of them may not merge it."""
    ids = set(others) - {partner.pk}
    if not ids or len(ids) > MOST:
        raise Invalid([FieldError("others", "required", _t("Choose one to %(n)d other accounts.") % {"n": MOST})])
    gone = saving.lock_many(Partner, ids)
    if len(gone) < len(ids):
        raise Invalid([FieldError("others", "not_found", _t("It is not known here. Please choose it from the list."))])
    for one in (partner, *gone):
        by.require(key_of(Partner), "change", one, one.name)
        holding.check_free(one, by)
    if any(one.aside for one in (partner, *gone)):
        raise Refused("in_pool", _t("An account of a pool is merged when somebody has claimed it."))
    return gone


def _move(old: int, new: int, label: str) -> list[dict[str, Any]]:
    moved = []
    for place in references.places():
        ids = list(place.rows(old).order_by("pk").values_list("pk", flat=True))
        if ids:
            place.turn(ids, old, new, label)
            moved.append(
                {
                    "place": [key_of(place.model), place.kind, place.name],
                    "label": place.called if place.shown else "",
                    "from": old,
                    "ids": ids,
                }
            )
    return moved


def _take_over(partner: Partner, gone: Sequence[Partner], choice: Mapping[str, Any], by: Actor) -> None:
    """The values chosen, what can be added up, and the names by which the others are still found."""
    free = registry.get(key_of(Partner)).writable - set(by.profile.masked(key_of(Partner)))
    sources = {str(one.pk): one for one in gone}
    for name, whose in choice.items():
        if name not in free:
            raise Invalid([FieldError(f"choice.{name}", "unknown_field", _t("There is no field “%(name)s” here.") % {"name": name})])
        if str(whose) in sources:
            field: Any = Partner._meta.get_field(name)
            attname = field.attname
            setattr(partner, attname, getattr(sources[str(whose)], attname))
    for one in gone:
        for name in JOINED:
            setattr(partner, name, [*getattr(partner, name), *(row for row in getattr(one, name) if row not in getattr(partner, name))])
        for name in LATEST:
            days = [day for day in (getattr(partner, name), getattr(one, name)) if day is not None]
            setattr(partner, name, max(days, default=None))
        partner.custom = {**one.custom, **partner.custom}
        partner.let_go = {**one.let_go, **partner.let_go}
        partner.aliases = list(
            dict.fromkeys(filter(None, [*partner.aliases, one.number, one.name, one.plain_name, one.tax_no, *one.aliases]))
        )
    if partner.state == Partner.State.PROTECTED:
        set_state(partner, actions.stand(partner))
    partner.different_from = ""
    if partner.parent_group_id in {one.pk for one in gone} | {partner.pk}:
        partner.parent_group = None


def _json(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value, default=str))


# back again ----------------------------------------------------------------------------------------------------------
@action(
    label=_("Undo the merge"), when=Merge.State.DONE, then=Merge.State.UNDONE, says=_("undone"), style="danger",
    confirm=_("The accounts are parted again; what was moved and is still there goes back. Continue?"),
)  # fmt: skip
def part(merged: Merge, *, by: Actor, at: datetime) -> None:
    """Give every account back what it had, within 30 days; what came later stays with the account kept."""
    if merged.merged_on and at.date() > merged.merged_on + timedelta(days=UNDONE_WITHIN):
        raise Refused(
            "too_late", _t("They were merged more than %(n)d days ago. Enter the other account anew instead.") % {"n": UNDONE_WITHIN}
        )
    partner = saving.lock(merged.partner)
    by.require(key_of(Partner), "change", partner, partner.name)
    for name, value in merged.kept["before"].items():
        field = Partner._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        if _json(getattr(partner, name)) == merged.kept["after"][name]:
            if name == "state":
                set_state(partner, value)
            else:
                setattr(partner, name, _read(field, value))
    saving.store(partner, by=by, at=at)
    rows = [_row(values) for values in merged.kept["rows"]]
    Partner._base_manager.bulk_create(rows)
    _move_back(merged, partner.pk, {row.pk: row.name for row in rows})
    Contact.objects.filter(pk__in=merged.kept.get("mains", ()), partner__in=rows).update(main=True)
    for row in rows:
        references.part_history(merged.kept["events"].get(str(row.pk), []), partner.pk)
    news = [events.make("part", one, by=by, at=at, changes={}) for one in (partner, *rows)]
    calls.current().events += news


def _read(field: Any, value: Any) -> Any:
    return value if isinstance(value, dict | list) else field.to_python(value)


def _row(values: Mapping[str, Any]) -> Partner:
    fields = {field.attname: field for field in Partner._meta.concrete_fields}
    return Partner(**{name: _read(fields[name], value) for name, value in values.items() if name in fields})


def _move_back(merged: Merge, new: int, names: Mapping[int, str]) -> None:
    known = {(key_of(place.model), place.kind, place.name): place for place in references.places()}
    for row in merged.moved:
        place = known.get((row["place"][0], row["place"][1], row["place"][2]))
        if place is not None:
            still = list(place.rows(new).filter(pk__in=row["ids"]).values_list("pk", flat=True))
            place.turn(still, new, row["from"], names.get(row["from"], ""))
