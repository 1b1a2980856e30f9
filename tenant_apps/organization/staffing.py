"""Who stood where since when: dated changes of the tree of departments, and the posts people have held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.documents import Line
from kernel.fields import MemberField
from kernel.refusals import FieldError, Invalid

if TYPE_CHECKING:
    from tenant_apps.organization.models import Member, Unit


class UnitChange(Line):
    """From a day on a department stands below another one and has this head. No day: as it was before the first change."""

    unit = models.ForeignKey("organization.Unit", models.CASCADE, related_name="changes")
    since = models.DateField(_("From"), null=True, blank=True)
    above = models.ForeignKey(
        "organization.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("Parent department"), related_name="+"
    )
    head = MemberField(_("Head"), null=True, blank=True)

    parent = "unit"

    def __str__(self) -> str:
        return f"{self.since or ''} {self.above or ''}".strip()


class Assignment(Line):
    """A post that somebody holds, as their main one or besides, from one day to another."""

    member = models.ForeignKey("organization.Member", models.CASCADE, related_name="assignments")
    position = models.ForeignKey("organization.Position", models.PROTECT, verbose_name=_("Position"), related_name="+")
    main = models.BooleanField(_("Main post"), default=False)
    since = models.DateField(_("From"), null=True, blank=True)
    until = models.DateField(_("To"), null=True, blank=True, help_text=_("The last day; empty: until further notice"))

    parent = "member"

    def __str__(self) -> str:
        return str(self.position)


class InvoiceTitle(Line):
    """A name under which a legal entity writes invoices, with the bank account that belongs to it."""

    company = models.ForeignKey("organization.Company", models.CASCADE, related_name="titles")
    title = models.CharField(_("Invoice title"), max_length=120)
    tax_no = models.CharField(_("Tax number"), max_length=20, blank=True)
    address = models.CharField(_("Registered address and phone"), max_length=240, blank=True)
    bank_name = models.CharField(_("Bank"), max_length=120, blank=True)
    bank_account = models.CharField(_("Bank account"), max_length=40, blank=True)
    default = models.BooleanField(_("Default"), default=False)

    parent = "company"

    def __str__(self) -> str:
        return self.title


def in_force(changes: Sequence[UnitChange], on: date) -> UnitChange | None:
    """What holds of a department on a day, by its dated changes."""
    begun = [change for change in changes if change.since is None or change.since <= on]
    return max(begun, key=lambda change: change.since or date.min, default=None)


def note_move(unit: Unit, changes: list[UnitChange], on: date) -> None:
    """Keep where a department stood and who led it before it was moved today."""
    stored = unit.__dict__.get("_stored")
    if stored is None or (stored["parent_id"], stored["head"]) == (unit.parent_id, unit.head):
        return
    now = in_force(changes, on)
    if now is not None and (now.above_id, now.head) == (unit.parent_id, unit.head):
        return
    if not changes:
        changes.append(UnitChange(above_id=stored["parent_id"], head=stored["head"]))
    if now is None or now.since != on:
        now = UnitChange(since=on)
        changes.append(now)
    now.above_id, now.head = unit.parent_id, unit.head
    changes.sort(key=lambda change: change.since or date.min)


def settle_posts(member: Member, posts: list[Assignment], on: date) -> None:
    """Refuse two main posts at a time; a colleague's position and department are those of the main post they hold now."""
    _note_post(member, posts, on)
    wrong = [error for at, post in enumerate(posts) if (error := _wrong_post(at, post, posts[:at]))]
    if wrong:
        raise Invalid(wrong)
    held = next((post for post in posts if post.main and holds(post, on)), None)
    if held is not None:
        member.position, member.department = held.position, held.position.department
    elif member.position is not None and member.department is None:
        member.department = member.position.department


def holds(post: Assignment, on: date) -> bool:
    return (post.since is None or post.since <= on) and (post.until is None or post.until >= on)


def _note_post(member: Member, posts: list[Assignment], on: date) -> None:
    """A position changed by hand ends the main post so far yesterday and begins a new one today."""
    before = member.__dict__.get("_stored", {}).get("position_id")
    if member.position_id == before or before is None:
        return
    now = next((post for post in posts if post.main and holds(post, on)), None)
    if now is None and not posts:
        now = Assignment(position_id=before, main=True, since=member.hired_on)
        posts.append(now)
    if now is not None and now.position_id != before:
        return
    if now is not None:
        now.until = on - timedelta(days=1)
        if now.since is not None and now.since > now.until:
            posts.remove(now)
    if member.position is not None:
        posts.append(Assignment(position=member.position, main=True, since=on))


def _wrong_post(at: int, post: Assignment, others: Sequence[Assignment]) -> FieldError | None:
    if post.since and post.until and post.until < post.since:
        return FieldError(f"assignments.{at}.until", "before_start", _t("It ends before it begins."))
    for other in others:
        if not _meet(post, other):
            continue
        if post.main and other.main:
            told = {"other": other.position, "from": other.since or "…", "to": other.until or "…"}
            sentence = _t(
                "%(other)s is the main post from %(from)s to %(to)s already. End it the day before, or make this one a part-time post."
            )
            return FieldError(f"assignments.{at}.main", "two_main_posts", sentence % told)
        if post.position_id == other.position_id:
            return FieldError(f"assignments.{at}.position", "duplicate", _t("“%(name)s” is there already.") % {"name": post.position})
    return None


def _meet(one: Assignment, other: Assignment) -> bool:
    """Whether they are held on a day in common."""
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)
