"""What was looked at during a support access, as the company's administrator and the operators read it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import cursors, doors, people, registry
from kernel.api.me import MemberView
from kernel.resources import Resource
from shared_apps.console.models import PlatformLog, SupportAccess
from tenants.context import PUBLIC, here

PAGE = 50


class Looks(MemberView):
    """Asked at the company's address by its administrator, at the console by an operator: the latest first."""

    def get(self, request: Request, pk: int) -> Response:
        with nullcontext(self.actor) if here().schema_name == PUBLIC else people.platform.enter(self.actor) as actor:
            access = doors.find(registry.get("console.supportaccess"), pk, actor)
            rows = cursors.before(lines_of(access), request.query_params.get("cursor", ""))
            found = list(rows[: PAGE + 1])
        shown = found[:PAGE]
        return Response({"rows": [told(row) for row in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None})


def lines_of(access: SupportAccess) -> QuerySet[PlatformLog]:
    """The lines of one support access; those of refused requests are the platform's affair."""
    lines = PlatformLog.objects.filter(company=access.client.tenant, kind="support", data__access=access.number)
    return lines.filter(data__status__lt=400).order_by("-id")


def told(row: PlatformLog) -> dict[str, Any]:
    data = row.data
    resource = registry.find(data.get("resource", ""))
    return {
        "id": row.pk,
        "at": row.at,
        "what": data.get("what", ""),
        "verb": _verb(resource, data.get("verb", "")),
        "kind": resource.label if resource else "",
        "document": {"_key": data["resource"], "id": data["id"], "label": data.get("label", "")} if data.get("id") else None,
        "label": data.get("label", ""),
        "rows": data.get("rows"),
        "query": data.get("query", ""),
    }


def _verb(resource: Resource | None, verb: str) -> str:
    found = resource.verbs.get(verb) if resource else None
    return str(found.label) if found else ""


urlpatterns = [path("support/<int:pk>/looks/", Looks.as_view())]
