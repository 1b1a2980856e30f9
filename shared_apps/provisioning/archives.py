"""Archives of the whole company: any of its administrators may fetch one for thirty days, then it is thrown away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from kernel import clock, files
from kernel.models import File
from kernel.tasks import every_day
from tenants.moving.archive import KIND

KEPT = timedelta(days=30)
URL = "/api/v1/company/archives/"


def made() -> QuerySet[File]:
    """Every archive that lies here, the latest first; people cannot bring a file of this kind."""
    return File.objects.filter(type=KIND, subject="", stored=True).order_by("-id")


def there(at: datetime) -> QuerySet[File]:
    """Those that can still be fetched."""
    return made().filter(created_at__gt=at - KEPT)


def told(file: File) -> dict[str, Any]:
    return {**files.told(file), "url": f"{URL}{file.pk}/", "until": file.created_at + KEPT}


@every_day
def throw_away() -> int:
    """The bytes first: a row without them is found again, bytes without a row never."""
    over = list(made().filter(created_at__lte=clock.now() - KEPT))
    for file in over:
        default_storage.delete(file.path)
        file.delete()
    return len(over)
