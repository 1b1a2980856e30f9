"""A company's page at the console: what it uses, what is wrong with it, its backups, its copies, and the work that runs on it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, jobs
from kernel.api.me import MemberView
from kernel.models import Job
from shared_apps.billing import entitlements
from shared_apps.billing.models import Subscription
from shared_apps.console import health, regions, standing, steps
from shared_apps.console.actions import leaving
from shared_apps.console.actions.copies import KINDS
from shared_apps.console.models import Client
from tenants import directory, domains
from tenants.backups.taking import DUE_AFTER
from tenants.context import PUBLIC, here
from tenants.models import Backup, Certificate, Claim, Tenant
from tenants.states import State

BACKUPS, JOBS, TRANSITIONS = 60, 5, 10


class ConsoleView(MemberView):
    """At the console only, for those who may look at companies."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if here().schema_name != PUBLIC or not self.actor.may("console.client", "read"):
            raise Http404


class Health(ConsoleView):
    def get(self, request: Request) -> Response:
        """How the platform is now."""
        return Response(health.told(clock.now()))


def deleted(tenant: int) -> QuerySet[Certificate]:
    return Certificate.objects.filter(company=tenant, deleted_at__isnull=False)


class Certified(ConsoleView):
    def get(self, request: Request, pk: int) -> HttpResponse:
        """What a deleted company consisted of, table by table with the hash of each, as a file to hand over."""
        found = deleted(Client.objects.filter(pk=pk).values_list("tenant", flat=True).first() or 0).select_related("company").first()
        if found is None:
            raise Http404
        names = ("begun_at", "deleted_at", "rows", "files", "digest", "tables")
        told = {"company": found.company.name, "address": found.company.slug, **{name: getattr(found, name) for name in names}}
        answer = HttpResponse(json.dumps(told, default=str, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="certificate-{found.digest[:16]}.json"'
        return answer


class Care(ConsoleView):
    def get(self, request: Request, pk: int) -> Response:
        """Everything about one company that is no field of its row."""
        client = Client.objects.filter(pk=pk).first()
        tenant = standing.companies().filter(pk=client.tenant).first() if client else None
        if client is None or tenant is None:
            raise Http404
        known, gone = standing.learn(clock.now(), [tenant.pk]), tenant.state == State.DELETED
        return Response(
            {
                "address": directory.url_of(tenant.slug),
                "closed": "" if gone else tenant.closed,
                "domains": claims(tenant),
                "region": regions.place(client.region or settings.DATA_REGION),
                "leaving": leaving.asked(client, clock.now()),
                "backups_until": tenant.backups_until,
                "troubles": troubles(tenant, known),
                "usage": usage(tenant, known),
                "paid": paid(known.bought.get(tenant.pk)),
                "next_backup": None if gone or tenant.sandbox_of_id else (tenant.last_backup or tenant.created_at) + DUE_AFTER,
                "backups": backups(tenant),
                "copies": copies(client),
                "jobs": self.jobs(client),
                "life": life(tenant),
                "certificate": deleted(tenant.pk).exists(),
            }
        )

    def jobs(self, client: Client) -> list[dict[str, Any]]:
        """The latest, told with whether they are the reader's own: only those can be called off and fetched."""
        rows = Job.objects.filter(kind__in=KINDS, params__client=client.pk).order_by("-pk")[:JOBS]
        return [{**jobs.told(row), "mine": row.member == self.me} for row in rows]


def troubles(tenant: Any, known: standing.Known) -> list[dict[str, Any]]:
    """Each with its word, its colour and what is known of it."""
    stood = getattr(tenant, "standing", None)
    why = {
        Client.Trouble.MIGRATION: stood.migration_error if stood else "",
        Client.Trouble.BACKUP: stood.backup_error if stood else "",
    }
    return [
        {
            "name": name,
            "label": Client.Trouble(name).label,
            "color": standing.TROUBLES[Client.Trouble(name)],
            "why": why.get(Client.Trouble(name), "")[:300],
            "limits": standing.over(tenant.pk, known) if name == Client.Trouble.OVER else [],
        }
        for name in standing.troubles(tenant, known)
    ]


def usage(tenant: Any, known: standing.Known) -> list[dict[str, Any]]:
    """What is used of each limit, as the company told last."""
    bought, used = known.bought.get(tenant.pk), known.used.get(tenant.pk)
    if used is None:
        return []
    most = entitlements.most(bought.plan if bought else known.plan, bought.seats if bought else known.plan.seats)
    return [
        {"name": name, "used": number, "most": most.get(name), "unit": "bytes" if name == "storage" else "count"}
        for name, number in standing.used_of(used).items()
    ]


def paid(bought: Subscription | None) -> dict[str, Any] | None:
    if bought is None:
        return None
    return {
        "plan": str(bought.plan),
        "status": bought.get_status_display(),
        "collection": bought.get_collection_display(),
        "until": bought.period_end or bought.trial_end,
    }


def backups(tenant: Any) -> list[dict[str, Any]]:
    names = ("id", "taken_at", "rows", "files", "size", "took_ms")
    return list(Backup.objects.filter(company=tenant).order_by("-taken_at", "-id").values(*names)[:BACKUPS])


def claims(tenant: Any) -> list[dict[str, Any]]:
    """Its own domains: those that are addresses now, and those whose record in DNS is missing, with that record."""
    told = []
    for one in Claim.objects.filter(company=tenant).order_by("pk"):
        name, text = domains.record(one)
        told.append(
            {"domain": one.domain, "verified": one.verified_at is not None, "missing_since": one.missing_since, "name": name, "text": text}
        )
    return told


def copies(client: Client) -> list[dict[str, Any]]:
    rows = Client.objects.filter(copy_of=client).exclude(state=Client.State.DELETED).order_by("-pk")
    return [{"_key": "console.client", "id": row.pk, "slug": row.slug, "url": directory.url_of(row.slug)} for row in rows]


def life(tenant: Tenant) -> list[dict[str, Any]]:
    """Its latest steps: who moved it, from where to where, and why."""
    return [
        {"at": row.at, "before": row.get_before_display(), "after": row.get_after_display(), **steps.told(row.by, row.reason)}
        for row in tenant.transitions.order_by("-pk")[:TRANSITIONS]
    ]


urlpatterns = [
    path("health/", Health.as_view()),
    path("clients/<int:pk>/care/", Care.as_view()),
    path("clients/<int:pk>/certificate/", Certified.as_view()),
]
