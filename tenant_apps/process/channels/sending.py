"""From a message in an inbox to the person's other ways, each until it has arrived or is given up."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kernel import clock, config, messages, people, sealed
from kernel.access import Actor
from kernel.models import Message
from kernel.refusals import Refused
from tenant_apps.process.channels import WAYS, Account, Failed, cards, choosing
from tenant_apps.process.models import Channel, Outgoing
from tenants.context import PUBLIC, here

log = logging.getLogger("millwright.channels")
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)]
"""How long after each failed attempt the next one comes; after the last the message is given up."""
CLAIMED = timedelta(minutes=2)
AT_ONCE, TOGETHER, LONGEST = 100, 200, 300


def silent() -> bool:
    """Where nothing leaves the house: at the console, and in a copy of a company."""
    return config.schema() == PUBLIC or getattr(here().tenant, "sandbox_of_id", None) is not None


def carry(rows: Sequence[Message]) -> None:
    """Rows of the outbox for messages just put into inboxes, in the same transaction; one statement for all."""
    if silent() or not (accounts := choosing.open_channels()):
        return
    now, chosen = clock.now(), choosing.choices()
    made = []
    for row in rows:
        choice = chosen.get(row.member, choosing.Choice())
        for way in dict.fromkeys((*choice.ways(row.kind), *row.__dict__.get("ways", ()))):
            to = choosing.address(row.member, way)
            if way in accounts and to:
                at, digest = choice.moment(now, row.level)
                made.append(_outgoing(accounts[way], row, to, at, digest))
    if made:
        Outgoing.objects.bulk_create(made, ignore_conflicts=True)
        transaction.on_commit(_push, robust=True)


def _outgoing(channel: int, row: Message, to: str, at: datetime, digest: bool) -> Outgoing:
    told = {"title": row.title, "text": row.text, "origin": row.origin, "digest": digest}
    return Outgoing(channel_id=channel, member=row.member, address=to, next_at=at, created_at=clock.now(), **told)


def test(channel: Channel, by: Actor, address: str) -> None:
    """A few words to one address by one account."""
    to = address or choosing.address(by.id or 0, channel.kind)
    if not to:
        raise Refused("no_address", _("Say where to: you have no address for this channel yet."))
    title, text = _("Test of the channel “%(name)s”") % {"name": channel.name}, _("If you read this, it works.")
    now, origin = clock.now(), f"test:{secrets.token_hex(8)}"
    Outgoing.objects.create(
        channel=channel, member=by.id or 0, address=to, title=title, text=text, origin=origin, next_at=now, created_at=now
    )
    transaction.on_commit(_push, robust=True)


def _push() -> None:
    from tenant_apps.process.tasks import post

    post.delay()


def again(rows: QuerySet[Outgoing]) -> int:
    """Send what was given up once more from the start."""
    done = rows.filter(next_at=None, sent_at=None).update(next_at=clock.now(), attempts=0)
    transaction.on_commit(_push, robust=True)
    return done


# the post ------------------------------------------------------------------------------------------------------------
def send_due() -> int:
    """Send what is due; returns how many were tried. Asked after every commit that has something to send, and by the sweeper."""
    if silent():
        return 0
    with override(here().tenant.language):  # type: ignore[union-attr]
        return _send_due(clock.now())


def _send_due(now: datetime) -> int:
    tried = 0
    for pk in list(due(now).order_by("next_at", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        claimed = due(now).filter(pk=pk).update(next_at=now + CLAIMED, attempts=F("attempts") + 1)
        if claimed:  # by this worker and no other; one that dies leaves it due again
            tried += 1
            _send(Outgoing.objects.select_related("channel").get(pk=pk), now)
    return tried


def due(now: datetime) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(next_at__lte=now, channel__state=Channel.State.ACTIVE)


def _send(row: Outgoing, now: datetime) -> None:
    others = _others(row, now) if row.digest else []
    title, text = _together([row, *others]) if others else (row.title, row.text)
    channel = row.channel
    try:
        card = None if others else cards.of(row.origin, row.member, row.pk)
        account = replace(opened(channel, row.origin), card=card, outgoing=row.pk)
        receipt = WAYS[channel.kind].send(account, row.address, title, text)
    except Failed as failed:
        _failed([row, *others], str(failed), now)
    except Exception:
        log.exception("channel %s", channel.pk)
        _failed([row, *others], _("It could not be sent, and the fault is ours."), now)
    else:
        Outgoing.objects.filter(pk__in=[one.pk for one in (row, *others)]).update(
            next_at=None, sent_at=now, receipt=receipt[:120], answer=""
        )
        Channel.objects.filter(pk=channel.pk).exclude(trouble="").update(trouble="")


def opened(channel: Channel, origin: str) -> Account:
    return Account(channel.pk, channel.settings, sealed.unseal(channel.secret) if channel.secret else "", origin)


def _others(row: Outgoing, now: datetime) -> list[Outgoing]:
    """What goes out together with the first of a digest; claimed like it."""
    same = Outgoing.objects.filter(channel=row.channel_id, member=row.member, digest=True, next_at__lte=now).exclude(pk=row.pk)
    with transaction.atomic():
        found = list(same.select_for_update(skip_locked=True).order_by("pk")[:TOGETHER])
        Outgoing.objects.filter(pk__in=[one.pk for one in found]).update(next_at=now + CLAIMED, attempts=F("attempts") + 1)
    return found


def _together(rows: list[Outgoing]) -> tuple[str, str]:
    title = ngettext("%(n)d message", "%(n)d messages", len(rows)) % {"n": len(rows)}
    return title, "\n\n".join(f"{one.title}\n{one.text}".strip() for one in rows)


def _failed(rows: list[Outgoing], answer: str, now: datetime) -> None:
    channel = rows[0].channel
    for row in rows:
        tried = Outgoing.objects.values_list("attempts", flat=True).get(pk=row.pk)
        next_at = None if tried > len(WAITS) else now + WAITS[tried - 1]
        Outgoing.objects.filter(pk=row.pk).update(next_at=next_at, answer=answer[:LONGEST])
        if next_at is None:
            _tell_given_up(channel, answer, now)
    Channel.objects.filter(pk=channel.pk).update(trouble=answer[:LONGEST])
    log.warning("channel %s: an attempt failed", channel.pk)


def _tell_given_up(channel: Channel, answer: str, now: datetime) -> None:
    """The administrators hear of it, once a day for each channel."""
    link = {"_key": "process.channel", "id": channel.pk}
    for admin in people.directory.load_admins():
        with override(admin.language):
            title = _("Messages by “%(name)s” do not arrive") % {"name": channel.name}
        messages.send([admin.id or 0], title, text=answer, origin=f"channel:{channel.pk}:{now.date()}", link=link)
