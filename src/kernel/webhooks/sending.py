"""From an event to its deliveries, and each delivery until it has arrived or is given up.

Signed as in “Standard Webhooks”: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

import urllib3
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import clock, config, messages, people
from kernel.access import SYSTEM
from kernel.api.wire import dump
from kernel.events import after_those
from kernel.models import Event
from kernel.webhooks import actions, outgoing
from kernel.webhooks.models import Delivery, Webhook, wanted
from tenants.context import here

log = logging.getLogger("millwright.webhooks")
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440)]
"""How long after each failed attempt the next one comes; after the last the delivery is given up."""
TOO_MANY = 30
"""So many failures in a row, of whatever deliveries, switch a webhook off."""
TEST = "kernel.webhook.test"
CLAIMED = timedelta(minutes=2)
AT_ONCE = 100


def subscribed(kind: str) -> bool:
    """Whether any address of this company wants to be told of such events. A sandbox tells nobody."""
    if getattr(here().tenant, "sandbox_of_id", None) is not None:
        return False
    return kind == TEST or any(wanted(kinds, kind) for kinds in config.cached("webhooks", _kinds))


def _kinds() -> list[str]:
    return list(Webhook.objects.filter(state=Webhook.State.ACTIVE).values_list("kinds", flat=True))


@after_those(subscribed)
def announce(event: Event) -> None:
    """A delivery for every address that wants this event; done twice, it makes no second one."""
    _queue([hook for hook in Webhook.objects.filter(state=Webhook.State.ACTIVE) if _concerns(hook, event)], event)


def announce_to(pk: int, event: Event) -> None:
    """A delivery for one address, whatever it wants of its own; a sandbox tells nobody, and one switched off is left alone."""
    if getattr(here().tenant, "sandbox_of_id", None) is None:
        _queue(list(Webhook.objects.filter(pk=pk, state=Webhook.State.ACTIVE)), event)


def _queue(hooks: list[Webhook], event: Event) -> None:
    at, body = clock.now(), _body(event)
    Delivery.objects.bulk_create(
        [Delivery(webhook=hook, event=event.pk, kind=event.kind, body=body, next_at=at, created_at=at) for hook in hooks],
        ignore_conflicts=True,
    )
    keys = list(Delivery.objects.filter(event=event.pk, next_at__isnull=False, attempts=0).values_list("pk", flat=True))
    if keys:
        transaction.on_commit(lambda: _push(keys), robust=True)


def _concerns(hook: Webhook, event: Event) -> bool:
    if event.kind == TEST:
        return event.subject_id == hook.pk
    return hook.wants(event.kind)


def _push(keys: list[int]) -> None:
    from kernel.tasks import push

    push.delay(keys)


def _body(event: Event) -> str:
    """Thin on purpose: what happened to what. The receiver reads the rest with a token, and sees what that may see."""
    told = {
        "id": f"evt_{event.pk}",
        "type": event.kind,
        "at": event.at.isoformat(timespec="milliseconds"),
        "company": connection.tenant.slug,  # type: ignore[attr-defined]
        "document": {"_key": event.subject, "id": event.subject_id, "label": event.data.get("label", "")},
    }
    return dump(told).decode()


def send_due(keys: Iterable[int] | None = None) -> int:
    """Send what is due; returns how many were tried. The sweeper calls it every minute."""
    now = clock.now()
    due = Delivery.objects.filter(next_at__lte=now)
    if keys is not None:
        due = due.filter(pk__in=list(keys))
    tried = 0
    for pk in list(due.order_by("next_at").values_list("pk", flat=True)[:AT_ONCE]):
        claimed = Delivery.objects.filter(pk=pk, next_at__lte=now).update(next_at=now + CLAIMED, attempts=F("attempts") + 1)
        if claimed:  # by this worker and no other; one that dies leaves it due again
            tried += 1
            _send(Delivery.objects.select_related("webhook").get(pk=pk))
    return tried


def _send(delivery: Delivery) -> None:
    hook = delivery.webhook
    if hook.state != Webhook.State.ACTIVE:
        Delivery.objects.filter(pk=delivery.pk).update(next_at=None, status=None, answer="off")
        return
    now = clock.now()
    try:
        answer = outgoing.post(hook.url, delivery.body.encode(), headers(hook, delivery, now))
        status, text = answer.status, answer.text
    except (OSError, urllib3.exceptions.HTTPError) as error:
        status, text = None, outgoing.trouble(error)
    delivery.status, delivery.answer = status, text[:300]
    if status is not None and 200 <= status < 300:
        delivery.next_at, delivery.delivered_at = None, now
        Webhook.objects.filter(pk=hook.pk).exclude(failures=0).update(failures=0)
    else:
        _failed(delivery, now)
    delivery.save(update_fields=["status", "answer", "next_at", "delivered_at"])


def _failed(delivery: Delivery, now: datetime) -> None:
    given_up = delivery.attempts > len(WAITS)
    delivery.next_at = None if given_up else now + WAITS[delivery.attempts - 1]
    Webhook.objects.filter(pk=delivery.webhook_id).update(failures=F("failures") + 1)
    hook = Webhook.objects.get(pk=delivery.webhook_id)
    log.warning("webhook %s: attempt %s failed", hook.pk, delivery.attempts)
    if hook.state == Webhook.State.ACTIVE and (given_up or hook.failures >= TOO_MANY):
        actions.disable(hook, by=SYSTEM, at=now)
        _tell_switched_off(hook, delivery, now)


def _tell_switched_off(hook: Webhook, delivery: Delivery, at: datetime) -> None:
    """To all administrators and to whoever made it, each in their language."""
    told = {admin.id: admin.language for admin in people.directory.load_admins() if admin.id}
    if hook.created_by:
        told.setdefault(hook.created_by, connection.tenant.language)  # type: ignore[attr-defined]
    link = {"_key": "kernel.webhook", "id": hook.pk}
    for member, language in told.items():
        with override(language):
            title = _("The webhook “%(name)s” was switched off: its address did not answer as it should.") % {"name": hook.name}
            answer = answer_of(delivery.status, delivery.answer)
        messages.send([member], title, text=answer, origin=f"webhook:{hook.pk}:{at.isoformat()}", link=link)


def answer_of(status: int | None, answer: str) -> str:
    """What came back, or why nothing did."""
    return answer if status is not None else str(outgoing.TROUBLES.get(answer, answer))


def again(delivery: Delivery) -> None:
    """Deliver once more from the start, with all its attempts, as if the event had happened now."""
    Delivery.objects.filter(pk=delivery.pk).update(next_at=clock.now(), attempts=0)
    transaction.on_commit(lambda: _push([delivery.pk]), robust=True)


def headers(hook: Webhook, delivery: Delivery, now: datetime) -> dict[str, str]:
    """What proves to the receiver that it was us, that nothing was changed, and when."""
    told, stamp = f"evt_{delivery.event}", str(int(now.timestamp()))
    content = f"{told}.{stamp}.{delivery.body}".encode()
    signatures = [base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode() for key in hook.keys.signing(now)]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Millwright-Webhooks/1",
        "webhook-id": told,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }
