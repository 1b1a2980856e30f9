"""What the screen of code tables shows: every pick list with its entries, the product's and the company's (W-1.1.1)."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import registry
from kernel.api.me import MemberView
from kernel.codes import TABLES, CodeField, CodeTable
from tenant_apps.organization.models import Code

KEY = "organization.code"


class CodeTables(MemberView):
    def get(self, request: Request) -> Response:
        """Every pick list with all its entries."""
        self.actor.require(KEY, "read", label=_("Code tables"))
        own = {(row.table, row.code): row for row in Code.objects.all()}
        rows = [
            {"key": table.key, "label": str(table.label), "open": table.open, "entries": entries(table, own)} for table in TABLES.values()
        ]
        return Response({"rows": rows, "can_change": self.actor.may(KEY, "create")})


def entries(table: CodeTable, own: dict[tuple[str, str], Code]) -> list[dict[str, Any]]:
    found = []
    for entry in table.entries():
        row = own.get((table.key, entry.code))
        label, english = (row.label, row.label_en) if row else _both(entry.label)
        found.append({
            "id": row and row.pk, "version": row and row.version, "code": entry.code, "label": label, "label_en": english, "colour": entry.colour,
            "position": entry.position, "active": entry.active, "system": entry.system,
        })  # fmt: skip
    return found


def _both(label: Any) -> tuple[str, str]:
    with override("zh-hans"):
        chinese = str(label)
    with override("en"):
        return chinese, str(label)


def used(table: str, code: str) -> str:
    """The name of a kind of document that has the code; empty when none has."""
    for resource in registry.everything().values():
        for field in resource.model._meta.concrete_fields:
            if (
                isinstance(field, CodeField)
                and getattr(field.table, "key", "") == table
                and resource.queryset().filter(**{field.name: code}).exists()
            ):
                return resource.label
    return ""


urlpatterns = [path("code-tables/", CodeTables.as_view())]
