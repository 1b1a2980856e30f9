"""How the platform is at this moment, for operators: queues, workers, slow statements, errors, companies that need somebody, storage."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q, Sum
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from kernel import clock
from kernel.models import Job
from shared_apps.billing.models import Usage
from shared_apps.console import uptime
from shared_apps.console.actions.copies import KINDS
from shared_apps.console.models import Client, Probe
from shared_apps.console.standing import TROUBLES
from tenants import observing
from tenants.cache import SHARED
from tenants.models import Backup, SchemaRelease, SpareSchema
from tenants.states import OPEN

WAIT = 1.0
"""Seconds in which a worker that lives answers."""
KEPT = 15
SHOWN = 10
DAY = timedelta(days=1)
T = Client.Trouble
GRAVE = (T.MIGRATION, T.BEHIND, T.BACKUP, T.LATE)


def told(at: datetime) -> dict[str, Any]:
    """Everything; a part that cannot be asked is None, so that the others are seen all the same."""
    parts: dict[str, Callable[[], Any]] = {
        "queues": queues, "workers": workers, "slow": slow, "faults": faults, "storage": storage,
    }  # fmt: skip
    return {
        "at": at,
        "uptime": now(at),
        "companies": companies(),
        "spares": spares(),
        **{name: known(part) for name, part in parts.items()},
    }


def known(part: Callable[[], Any]) -> Any:
    try:
        return part()
    except (OSError, RedisError, OperationalError):
        return None


def now(at: datetime) -> dict[str, Any]:
    """The last look at the platform from outside, and the share of this day's minutes in which it answered."""
    last = Probe.objects.order_by("-minute").first()
    day = uptime.measured(at.replace(second=0, microsecond=0), 1)
    return {
        "ok": bool(last and last.ok),
        "minute": last and last.minute,
        "milliseconds": last and last.milliseconds,
        "percent": day["percent"],
    }


def queues() -> list[dict[str, Any]]:
    """Tasks that no worker has taken yet, and for how long the oldest has waited; those taken but not finished, or not yet due."""
    store = observing.store()
    taken: Any = store.hlen("unacked")
    return [
        {"name": name, "waiting": store.llen(name), "oldest": _age(store.lindex(name, -1)), "taken": 0 if n else taken}
        for n, name in enumerate(current_app.amqp.queues)
    ]


def _age(message: Any) -> int | None:
    """Seconds since a task was sent."""
    sent = json.loads(message).get("headers", {}).get("sent_at") if message else None
    return None if sent is None else max(0, round(time.time() - float(sent)))


def workers() -> list[dict[str, Any]]:
    """Those that answer a call; asked at most every quarter of a minute, however many look."""
    found: list[dict[str, Any]] | None = cache.get(f"{SHARED}workers")
    if found is None:
        answered = current_app.control.inspect(timeout=WAIT).stats() or {}
        found = [
            {
                "name": name,
                "processes": told["pool"].get("max-concurrency"),
                "done": sum(told["total"].values()),
                "since": told.get("uptime"),
            }
            for name, told in sorted(answered.items())
        ]
        cache.set(f"{SHARED}workers", found, KEPT)
    return found


def instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def slow() -> list[dict[str, Any]]:
    """Slow statements of the last day, those that took most time in all on top."""
    rows = sorted(observing.last_day("slow"), key=lambda one: -one.milliseconds)[:SHOWN]
    return [
        {
            "sql": row.told["sql"],
            "count": row.count,
            "mean": row.milliseconds // row.count,
            "longest": row.longest,
            "last": instant(row.last),
        }
        for row in rows
    ]


def faults() -> list[dict[str, Any]]:
    """Errors of the last day that nobody handled, by kind and place, the most frequent on top."""
    rows = sorted(observing.last_day("fault"), key=lambda one: (-one.count, -one.last))[:SHOWN]
    return [{**row.told, "count": row.count, "last": instant(row.last)} for row in rows]


def companies() -> dict[str, Any]:
    """How many there are and work, and those that need somebody: behind in migration, without a backup of the last day."""
    live = Client.objects.filter(state__in=OPEN)
    counted = live.aggregate(
        total=Count("pk"),
        copies=Count("pk", filter=~Q(copy_of=None)),
        **{str(name): Count("pk", filter=Q(trouble=name)) for name in GRAVE},
    )
    worst = live.filter(trouble__in=GRAVE).order_by("trouble", "name").values("id", "name", "trouble", "backed_up_at")[:SHOWN]
    failed = Job.objects.filter(kind__in=KINDS, state=Job.State.FAILED, finished_at__gte=clock.now() - DAY).count()
    rows = [{"_key": "console.client", **row, "label": T(row["trouble"]).label, "color": TROUBLES[T(row["trouble"])]} for row in worst]
    return {**counted, "worst": rows, "failed_jobs": failed}


def spares() -> dict[str, int]:
    release = SchemaRelease.objects.order_by("deployed_at").last()
    return {"ready": SpareSchema.objects.filter(release=release).count() if release else 0, "wanted": settings.SPARE_SCHEMAS}


def storage() -> dict[str, Any]:
    """Bytes: the database, the companies' files as they told last, the backups, and what is free on this machine's disk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"
        )
        database, connections = cursor.fetchone()
    latest = Usage.objects.order_by("tenant_id", "-month").distinct("tenant_id").values("pk")
    files = Usage.objects.filter(pk__in=latest).aggregate(bytes=Sum("storage_bytes"))["bytes"] or 0
    kept = Backup.objects.aggregate(bytes=Sum("size"), count=Count("pk"))
    disk = None if settings.S3_BUCKET else shutil.disk_usage(settings.VAR)
    return {
        "database": database, "connections": connections, "files": files, "backups": kept["bytes"] or 0, "backup_count": kept["count"],
        "disk_free": disk and disk.free, "disk_total": disk and disk.total,
    }  # fmt: skip
