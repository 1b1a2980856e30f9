"""What happens to accounts by night: protection begins, is warned of and ends; customers fall dormant; birthdays are told (spec 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from celery import shared_task
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import bulk, calls, clock, messages, saving
from kernel.access import SYSTEM
from kernel.models import Counter, Message
from kernel.refusals import Refused
from kernel.tasks import every_day
from tenant_apps.partners import actions, pools, ports
from tenant_apps.partners.alike import head_of
from tenant_apps.partners.models import Contact, Partner
from tenant_apps.partners.models.partner import phone_key
from tenant_apps.partners.protection import bound

S = Partner.State
BATCH = 500
AHEAD = 3
"""Days before a birthday."""


@shared_task(name="partners.turn_day")
def turn_day() -> int:
    """Bring all accounts up to this day; running twice changes nothing more."""
    now = timezone.localtime(clock.now())
    today = now.date()
    return fill_in() + begin_all(today) + end_all(today, now) + fall_dormant(today, now) + warn_all(today) + tell_birthdays(today)


def fill_in() -> int:
    """Accounts from before names were compared get what is compared."""
    rows = list(Partner.objects.filter(head="").only("id", "name", "phone")[: 10 * BATCH])
    for row in rows:
        row.head, row.phone_key = head_of(row.name), phone_key(row.phone)
    bulk.update(rows, ("head", "phone_key"))
    return len(rows)


def begin_all(today: date) -> int:
    """Accounts that somebody holds and that belong to a pool by now are protected from today."""
    if not pools.known():
        return 0
    rows = list(
        Partner.objects.filter(_sold(), claimed_on=None, owner__isnull=False).exclude(state__in=(S.POOL, S.BLACKLISTED))[: 10 * BATCH]
    )
    for row in rows:
        pools.begin(row, today)
    begun = [row for row in rows if row.claimed_on is not None]
    bulk.update(begun, ("pool", "claimed_on", "protect_until"))
    return len(begun)


def _sold() -> Q:
    return Q(kind__in=(Partner.Kind.CUSTOMER, Partner.Kind.DEALER))


def end_all(today: date, now: datetime) -> int:
    """Accounts whose protection has run out go back, unless business of theirs is open or a contract of theirs protects them longer.

    Nobody loses one unwarned: where such business ended after its time was over, it goes when the days of warning have passed.
    """
    due = Partner.objects.filter(_sold(), protect_until__lt=today, state__in=actions.HELD, pool__active=True).select_related("pool")
    done = 0
    for found in _unstopped(due):
        free = [(row, last) for row, last in found if last < today]
        over = _told_of(free, today)
        _put_off({row for row, _last in free}.difference(over), today)
        done += sum(_one_by_one(over, lambda account: actions.recycle(account, by=SYSTEM, at=now)))
    return done


def _unstopped(asked: QuerySet[Partner]) -> Iterator[list[tuple[Partner, date]]]:
    """Accounts that no open business keeps, each with the last day on which it is protected, so many at a time."""
    after = 0
    while rows := list(asked.filter(pk__gt=after).order_by("pk")[:BATCH]):
        after, ids = rows[-1].pk, [row.pk for row in rows]
        stopped, ends = ports.stopped(ids), ports.last_ends(ids)
        yield [(row, last) for row in rows if row.pk not in stopped and (last := _last(row, ends.get(row.pk)))]


def _last(account: Partner, contract_end: date | None) -> date | None:
    terms = pools.terms_of(account)
    return bound(account.protect_until, contract_end, terms) if terms and account.protect_until else None


def _told_of(free: list[tuple[Partner, date]], today: date) -> list[Partner]:
    """Those whose owners were warned of this very night, or that have nobody to warn."""
    sent = set(Message.objects.filter(origin__in=[_origin(row, day) for row, day in free]).values_list("member", "origin"))
    yesterday = today - timedelta(1)
    return [row for row, day in free if not _warned_by(row) or (day == yesterday and (row.owner, _origin(row, day)) in sent)]


def _warned_by(account: Partner) -> int:
    """The days before which its owner hears of it."""
    return account.pool.warn_days if account.pool is not None and account.owner is not None else 0


def _put_off(rows: Collection[Partner], today: date) -> None:
    for row in rows:
        row.protect_until = today + timedelta(_warned_by(row))
    bulk.update(rows, ("protect_until",))


def _one_by_one(rows: Iterable[Partner], work: Callable[[Partner], None]) -> Iterable[int]:
    """Each in a transaction of its own; one that is refused waits for the next night."""
    for row in rows:
        try:
            with calls.call():
                work(saving.lock(row, row.version))
        except Refused:
            continue
        yield 1


def fall_dormant(today: date, now: datetime) -> int:
    """Customers without deal or activity for as long as their pool says."""
    done = 0
    for pool in pools.known():
        if pool.dormant_days:
            day = today - timedelta(pool.dormant_days)
            quiet = Partner.objects.filter(Q(active_on=None) | Q(active_on__lt=day), pool=pool, state=S.CUSTOMER, dealt_on__lt=day)
            done += sum(_one_by_one(quiet[:BATCH], lambda account: actions.fall_dormant(account, by=SYSTEM, at=now)))
    return done


def warn_all(today: date) -> int:
    """Owners hear so many days before an account goes back; once for each day it would go."""
    rows: list[Message] = []
    for pool in pools.known():
        until = today + timedelta(pool.warn_days)
        near = Partner.objects.filter(_sold(), pool=pool, protect_until__lte=until, state__in=actions.HELD, owner__isnull=False)
        rows += [_warning(row, last) for found in _unstopped(near) for row, last in found if today <= last <= until]
    messages.deliver(rows)
    return len(rows)


def _warning(account: Partner, last: date) -> Message:
    told = {"name": account.name, "day": last}
    return _message(
        account.owner or 0, _("%(name)s goes back into the pool after %(day)s") % told, _("Log an activity, or release the account."),
        _origin(account, last), "partners.partner", account.pk,
    )  # fmt: skip


def _origin(account: Partner, last: date) -> str:
    return f"pool:{account.pk}:{last}"


def tell_birthdays(today: date) -> int:
    """Owners hear of their contacts' birthdays a few days ahead."""
    day = today + timedelta(AHEAD)
    people = Contact.objects.filter(birthday__month=day.month, birthday__day=day.day, left_on=None, owner__isnull=False).select_related(
        "partner"
    )
    rows = [_birthday(one, day) for one in people]
    messages.deliver(rows)
    return len(rows)


def _birthday(one: Contact, day: date) -> Message:
    title = _("%(who)s (%(company)s) has a birthday on %(day)s") % {"who": one.name, "company": one.partner, "day": day}
    return _message(one.owner or 0, title, "", f"birthday:{one.pk}:{day}", "partners.contact", one.pk)


def _message(member: int, title: str, text: str, origin: str, key: str, pk: int) -> Message:
    link: dict[str, Any] = {"_key": key, "id": pk}
    return Message(member=member, at=clock.now(), title=title[:200], text=text, link=link, origin=origin)


@every_day
def forget_counts() -> int:
    """What was counted of claims and looks of earlier days."""
    today = timezone.localtime(clock.now()).date()
    of_pools = Counter.objects.filter(Q(key__startswith=f"{pools.LOOKS}|") | Q(key__startswith=f"{pools.CLAIMS}|"))
    return of_pools.exclude(key__contains=f"|{today}|").delete()[0]
