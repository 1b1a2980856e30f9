"""Accounts of leave as the entries write them: reserved when handed in, booked when approved, given back when withdrawn or cancelled.

Nothing is kept but the entries: what is left is worked out from them each time, so it cannot go wrong by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.access import Actor
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import key_of
from tenant_apps.office.allowance import NOTHING, Account, Rule, Standing, Year, standing
from tenant_apps.organization import chart

if TYPE_CHECKING:
    from tenant_apps.office.design import Design
    from tenant_apps.office.models import Entry

SETTLED, WAITING = ("approved", "done"), ("submitted",)


def fill(entry: Entry, design: Design) -> None:
    """Say in the fields of balance what is left before this entry."""
    if design.account is None or not design.balances:
        return
    found = standing_of(entry, design.account)
    for name in design.balances:
        entry.custom[name] = None if found is None else design.fields[name].spec.render_value(found.left)


def post(entry: Entry, design: Design) -> None:
    """Write the entry on its account; refused when it asks for more than is left and may not."""
    account = design.account
    if account is None:
        return
    chosen, amount = _chosen(entry, account), entry.custom.get(account.amount)
    entry.booked, entry.begins_at, entry.posted = "", None, None
    if chosen is None or not amount:
        return
    member, kind, day = chosen
    asked = Decimal(amount)
    entry.booked = name(account.book or entry.kind, member, kind)
    entry.begins_at = timezone.make_aware(datetime.combine(day, time.min))
    entry.posted = asked if account.book else -asked
    if account.book:
        return
    if asked < 0:
        raise Invalid([FieldError(f"custom.{account.amount}", "below_zero", _("What is taken from an account is not below zero."))])
    rule = rules(entry.kind).get(kind)
    if rule is None or rule.below:
        return
    take_turns(entry.booked)
    found = standing_of(entry, account)
    if found is not None and asked > found.left:
        told = {"kind": _label(design, account, kind), "year": day.year, "left": plain(found.left), "asked": plain(asked)}
        sentence = _("Of %(kind)s %(year)d there is %(left)s left and %(asked)s is asked for. Ask for less, or choose another kind.") % told
        raise Invalid([FieldError(f"custom.{account.amount}", "over_balance", sentence)])


def check_giving_back(entry: Entry, by: Actor, at: datetime) -> None:
    """What was approved and has begun is given back by somebody who decides about it, not by whoever took it."""
    begun_already = entry.state == "approved" and bool(entry.posted) and entry.begins_at is not None and entry.begins_at <= at
    if begun_already and not by.covers(key_of(type(entry)), "approve", entry):
        raise Refused("begun", _("It has begun already. Ask somebody who decides about it to cancel it."))


def standing_of(entry: Entry, account: Account) -> Standing | None:
    """The account an entry takes from, as it is without this entry; None where nothing is counted."""
    chosen = None if account.book else _chosen(entry, account)
    rule = rules(entry.kind).get(chosen[1]) if chosen else None
    if chosen is None or rule is None:
        return None
    member, kind, day = chosen
    booked = name(entry.kind, member, kind)
    return standing(rule, hired(member), written(entry.kind, rule, booked, but=entry.pk).get(booked, {}), begun(entry.kind), day)


def name(book: str, member: int, kind: str) -> str:
    return f"{book}/{member}/{kind}"[:120]


def plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def _label(design: Design, account: Account, kind: str) -> str:
    return str(dict(design.fields[account.kind].spec.choices).get(kind, kind)) if account.kind else kind


def _chosen(entry: Entry, account: Account) -> tuple[int, str, date] | None:
    """Whose account, which, on which day: as far as it has been filled in."""
    member = entry.custom.get(account.member) if account.member else entry.owner
    kind = account.always or entry.custom.get(account.kind)
    day = entry.custom.get(account.on)
    return None if member is None or not kind or not day else (int(member), str(kind), date.fromisoformat(str(day)[:10]))


# what the entries say ------------------------------------------------------------------------------------------------
def rules(book: str) -> Mapping[str, Rule]:
    """The accounts of a form as it is published now."""
    from tenant_apps.office import forms

    found = forms.published().get(book)
    return (found.design.account.rules or {}) if found and found.design.account else {}


def begun(book: str) -> int:
    """The year from which on its accounts are counted."""
    from tenant_apps.office import forms

    return int(forms.published()[book].form.created_at.year)


def hired(member: int) -> date | None:
    person = chart.book().people.get(member)
    return person.hired if person else None


def writing(book: str) -> list[str]:
    """The forms that write on a form's accounts, itself among them."""
    from tenant_apps.office import forms

    return [
        key
        for key, found in forms.published().items()
        if any(design.account and (design.account.book or key) == book for design in found.designs.values())
    ]


def written(book: str, rule: Rule, booked: str = "", but: int | None = None) -> dict[str, dict[int, Year]]:
    """{account: {year: what stands on it}}, in one statement: of one account or of all, without one entry."""
    from tenant_apps.office.models import Entry

    month, day = rule.until or (12, 31)
    early = Q(month__lt=month) | Q(month=month, day__lte=day)
    settled, waiting, taking = Q(state__in=SETTLED), Q(state__in=WAITING), Q(kind=book)
    here = Q(booked=booked) if booked else Q(booked__startswith=f"{book}/")
    rows = (
        Entry.objects.filter(here, ~Q(pk=but), kind__in=writing(book), posted__isnull=False)
        .annotate(year=ExtractYear("begins_at"), month=ExtractMonth("begins_at"), day=ExtractDay("begins_at"))
        .order_by()
        .values("booked", "year")
        .annotate(
            given=Sum("posted", filter=settled & ~taking),
            taken=Sum(-F("posted"), filter=settled & taking),
            waiting=Sum(-F("posted"), filter=waiting & taking),
            early=Sum(-F("posted"), filter=(settled | waiting) & taking & early),
        )
    )
    found: dict[str, dict[int, Year]] = {}
    for row in rows:
        sums = {one: row[one] or NOTHING for one in ("given", "taken", "waiting", "early")}
        found.setdefault(row["booked"], {})[row["year"]] = Year(**sums)
    return found
