"""What companies ask of the platform beside its documents: the news for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.http import Http404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel import clock
from kernel.access import Actor
from shared_apps.accounts.doors import only_main
from shared_apps.console import care, log_api, looks_api, promises, training_api, uptime, visits
from shared_apps.console.guests import GuestView
from shared_apps.console.models import Announcement, Reading, Release

SHOWN = 20


def news_for(guest: Actor) -> Any:
    """Announcements for this company that are published and hold today; maintenance is told before it begins."""
    now = clock.now()
    return Announcement.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now),
        Q(clients=[]) | Q(clients__contains=[guest.company]),
        Q(starts_at__lte=now) | Q(kind=Announcement.Kind.MAINTENANCE),
        state=Announcement.State.PUBLISHED,
    )


class News(GuestView):
    def get(self, request: Request) -> Response:
        """The latest announcements for this company, unread ones marked."""
        with self.platform() as guest:
            rows = list(news_for(guest).order_by("-published_at", "-pk")[:SHOWN])
            read = set(
                Reading.objects.filter(announcement__in=rows, client=guest.company, member=guest.id).values_list(
                    "announcement_id", flat=True
                )
            )
        return Response({"rows": [{**told(row), "read": row.pk in read} for row in rows]})


class ReadNews(GuestView):
    def post(self, request: Request, pk: int) -> Response:
        """Note that this member has read it; a second time changes nothing."""
        with self.platform() as guest:
            found = news_for(guest).filter(pk=pk).first()
            if found is None:
                raise Http404
            with transaction.atomic():
                _, first = Reading.objects.get_or_create(
                    announcement=found, client=guest.company, member=guest.id, defaults={"at": clock.now()}
                )
                if first:
                    Announcement.objects.filter(pk=pk).update(readers=F("readers") + 1)
        return Response({"ok": True})


class Status(APIView):
    """For everybody, at the main address: does it work, and how well has it worked?"""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []

    def get(self, request: Request) -> Response:
        only_main(request)
        now = clock.now()
        return Response({**uptime.status(now), "answers": promises.kept(now), "releases": coming(now.date())})


def coming(today: date) -> list[dict[str, Any]]:
    """The calendar of releases: those from today on, the next one first (P-M.3)."""
    rows = Release.objects.filter(released_on__gte=today).order_by("released_on", "pk")[:SHOWN]
    return [{"name": row.version_name, "on": row.released_on, "notes": row.notes} for row in rows]


def told(row: Announcement) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "link": row.link,
        "text": row.text,
        "kind": row.kind,
        "at": row.published_at,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
    }


urlpatterns = [
    *log_api.urlpatterns,
    *care.urlpatterns,
    *visits.urlpatterns,
    *looks_api.urlpatterns,
    *training_api.urlpatterns,
    path("status/", Status.as_view()),
    path("news/", News.as_view()),
    path("news/<int:pk>/read/", ReadNews.as_view()),
]
