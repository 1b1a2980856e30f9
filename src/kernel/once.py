"""A request that carries an Idempotency-Key is carried out once, even when it is sent twice at the same moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kernel import calls, clock
from kernel.access import Actor
from kernel.api.wire import dump
from kernel.models import Replay
from kernel.refusals import Refused

Answer = tuple[int, Any]
KEPT = timedelta(hours=48)


class _Repeated(Exception):
    """Somebody else has just carried out the same request."""


@calls.anew
def as_one(work: Callable[[], Answer]) -> Answer:
    """Do it in one transaction."""
    with calls.call():
        return work()


def carried_out(actor: Actor, key: str, request: tuple[str, str, Any], work: Callable[[], Answer]) -> tuple[Answer, bool]:
    """The answer, and whether it is the repetition of an earlier one. `request` is (method, path, data)."""
    if not key:
        return as_one(work), False
    if len(key) > 100 or "\x00" in key:
        raise Refused("bad_key", _("An Idempotency-Key has at most 100 characters."), status=400)
    slot, digest = f"{actor.id}:{key}", _digest(request)

    def kept() -> Answer:
        status, body = work()
        if not _keep(slot, digest, status, body):
            raise _Repeated
        return status, body

    try:
        return as_one(kept), False
    except (_Repeated, Refused):
        earlier = Replay.objects.filter(pk=slot).first()
        if earlier is None:
            raise
    if earlier.digest != digest:
        raise Refused("idempotency_mismatch", _("This Idempotency-Key was used for another request."), status=422)
    return (earlier.status, earlier.body), True


def known(actor: Actor, key: str) -> bool:
    """Whether a request with this key has been carried out; for work that reaches beyond the database and must not even begin again."""
    return bool(key) and Replay.objects.filter(pk=f"{actor.id}:{key}").exists()


def _digest(request: tuple[str, str, Any]) -> str:
    return hashlib.sha256(dump(list(request))).hexdigest()


def _keep(slot: str, digest: str, status: int, body: Any) -> bool:
    """Store the answer in the same transaction as the effect; False when the key was taken meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_replay (key, digest, status, body, created_at) VALUES (%s, %s, %s, %s, now()) ON CONFLICT (key) DO NOTHING",
            [slot, digest, status, dump(body).decode()],
        )
        return bool(cursor.rowcount)


def forget_old() -> int:
    """Answers older than 48 hours; the scheduler calls it daily."""
    return Replay.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
