"""Single rows that somebody is let in on: shared with a colleague or a department, or theirs as members of its team (W-1.3, 2.15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kernel import clock, config
from kernel.fields import MemberField, RefKeyField, UnitField
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import key_of

if TYPE_CHECKING:
    from kernel.access import Actor
    from kernel.documents import Document


class Share(models.Model):
    """One colleague, or one department, who may read a row, or change it too, until a day or for good."""

    subject = RefKeyField()
    subject_id = models.BigIntegerField()
    member = MemberField(null=True)
    unit = UnitField(null=True)
    may_change = models.BooleanField(default=False)
    team = models.BooleanField(default=False)
    until = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = MemberField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "subject"], name="share_member"),
            models.Index(fields=["unit", "subject"], name="share_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "member", "unit"], nulls_distinct=False, name="share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id}"


def kinds() -> frozenset[str]:
    """The document types of which anything is shared, so that nobody asks about the others."""
    return config.cached("shared-kinds", lambda: frozenset(Share.objects.values_list("subject", flat=True).distinct()))


class LetIn(models.Lookup):
    """`pk__let_in=Whom(…)`: the rows that somebody is let in on, written down at once: it is part of very many lists."""

    lookup_name = "let_in"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        whom: Whom = self.rhs
        only = {"": "", "may_change": " AND may_change", "team": " AND team"}[whom.only]
        rows = f"subject = %s AND (member = %s OR unit = %s) AND (until IS NULL OR until >= %s){only}"
        text = f"{column} IN (SELECT subject_id FROM kernel_share WHERE {rows})"  # noqa: S608
        return text, [*params, whom.key, whom.member, whom.unit, whom.day]


for kind in (models.BigAutoField, models.ForeignKey):
    kind.register_lookup(LetIn)


class Whom(NamedTuple):
    """Whom rows of a document type are shared with on a day; `only` those they may change, or those whose team they are on."""

    key: str
    member: int
    unit: int | None
    day: date
    only: str = ""


def let_in(path: str, key: str, actor: Actor, only: str = "") -> list[Q]:
    """The condition for rows that this member is let in on; none where nothing of the kind is shared at all."""
    if actor.id is None or key not in kinds():
        return []
    return [Q(**{f"{path}__let_in": Whom(key, actor.id, actor.unit_id, clock.now().date(), only)})]


def of(document: Document) -> QuerySet[Share]:
    return Share.objects.filter(subject=key_of(type(document)), subject_id=document.pk).order_by("id")


def give(document: Document, asked: Mapping[str, Any], *, by: Actor, at: datetime) -> Share:
    """Let a colleague or a department in on a document; once more replaces what they had. They hear of it, and its history tells."""
    from kernel import calls, events, messages

    if not document.row_scoped:
        raise Refused("not_shareable", _("Whoever may open this screen sees all of its rows, so there is nothing to share."))
    member, unit = _whom(asked)
    values = {"may_change": asked.get("may_change") is True, "team": asked.get("team") is True, "until": _until(asked.get("until"), at)}
    with calls.call() as call:
        made, _new = Share.objects.update_or_create(
            subject=key_of(type(document)), subject_id=document.pk, member=member, unit=unit,
            defaults={**values, "created_at": at, "created_by": by.id},
        )  # fmt: skip
        if made.subject not in kinds():
            config.changed()
        event = events.make("share", document, by=by, at=at, changes={}, data={"text": named(made)})
        call.events.append(event)
        if member is not None and member != by.id:
            title = _("%(who)s shared %(what)s with you") % {"who": by.name, "what": document}
            messages.send([member], title, origin=f"share:{made.pk}:{at:%Y%m%d%H%M%S}", link={"_key": made.subject, "id": document.pk})
        return made


def take_back(document: Document, share: Share, *, by: Actor, at: datetime) -> None:
    """End a share; its history tells."""
    from kernel import calls, events

    with calls.call() as call:
        call.events.append(events.make("unshare", document, by=by, at=at, changes={}, data={"text": named(share)}))
        share.delete()


def named(share: Share) -> str:
    """With whom."""
    from kernel import people

    whom = people.named("member", share.member) or people.named("unit", share.unit)
    return str(whom["label"]) if whom else ""


def _whom(asked: Mapping[str, Any]) -> tuple[int | None, int | None]:
    from kernel import people

    member, unit = asked.get("member"), asked.get("unit")
    known = {"member": people.members(), "unit": people.units()}
    for name, value in (("member", member), ("unit", unit)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value not in known[name]):
            raise Invalid([FieldError(name, "not_found", _("It is not known here. Please choose it from the list."))])
    if (member is None) == (unit is None):
        raise Invalid([FieldError("member", "required", _("Say with which colleague or department."))])
    return member, unit


def _until(asked: Any, at: datetime) -> date | None:
    if asked in (None, ""):
        return None
    try:
        day = date.fromisoformat(asked)
    except (TypeError, ValueError):
        raise Invalid([FieldError("until", "bad_date", _("Please write the date as 2026-12-31."))]) from None
    if day < at.date():
        raise Invalid([FieldError("until", "past", _("This day is over already."))])
    return day
