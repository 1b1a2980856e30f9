"""Where a person is logged in, and how that ends."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from shared_apps.accounts import log
from shared_apps.accounts.models import Device, User


def remember(request: HttpRequest, user: User) -> None:
    """A log-in has begun here."""
    tidy(user)
    now = timezone.now()
    Device.objects.update_or_create(
        key=request.session.session_key,
        defaults={
            "user": user,
            "place": place_of(request),
            "ip": log.address_of(request),
            "agent": log.agent_of(request),
            "began_at": now,
            "seen_at": now,
        },
    )


def tidy(user: User) -> None:
    """Forget log-ins that have run out by themselves."""
    Device.objects.filter(user=user, began_at__lt=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()


def of(request: HttpRequest, user: User) -> list[Device]:
    """The person's log-ins at this address, the newest first. Those elsewhere are not told: whoever stands here may only know of here."""
    tidy(user)
    return list(Device.objects.filter(user=user, place=place_of(request)).order_by("-began_at"))


def at(place: str, account: int) -> Any:
    """Where an account is logged in at one address."""
    return Device.objects.filter(user_id=account, place=place)


def end(devices: Any) -> int:
    """Log these out at once."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    rows = list(devices)
    for row in rows:
        store.delete(row.key)
    Device.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def end_others(request: HttpRequest, user: User) -> int:
    """All of the person's log-ins but this one, at every address."""
    return end(Device.objects.filter(user=user).exclude(key=request.session.session_key or ""))


def forget(request: HttpRequest) -> None:
    Device.objects.filter(key=request.session.session_key or "").delete()


def place_of(request: HttpRequest) -> str:
    """Which address this is: a company's schema, the console, or the main one."""
    tenant = getattr(request, "tenant", None)
    return "console" if getattr(tenant, "console", False) else getattr(tenant, "schema_name", "")
