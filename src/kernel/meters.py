"""What the kernel itself counts of a company's use: stored bytes, and documents of the month."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Min, Sum

from kernel import clock, limits, registry
from kernel.models import Event, File

BIRTHS = ("create", "import")


@limits.meter("storage")
def storage() -> int:
    """Bytes of all files, those announced but not yet arrived included."""
    return int(File.objects.aggregate(bytes=Sum("size"))["bytes"] or 0)


@limits.meter("documents")
def documents() -> int:
    """Documents with a business date made this month (quotes, orders, invoices…). Master data and settings are free."""
    start = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    keys = [key for key, resource in registry.everything().items() if resource.model.date_field]
    kinds = [f"{key}.{verb}" for key in keys for verb in BIRTHS]
    return Event.objects.filter(pk__gte=_first_since(start), at__gte=start, kind__in=kinds).count()


def _first_since(at: datetime) -> int:
    """The first event of a time, found by halving along the key: events are written in their order, and none is read for it."""
    ends = Event.objects.aggregate(low=Min("pk"), high=Max("pk"))
    low, high = ends["low"] or 0, (ends["high"] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = Event.objects.filter(pk__gte=middle).order_by("pk").values_list("at", flat=True).first()
        if found is None or found >= at:
            high = middle
        else:
            low = middle + 1
    return low
