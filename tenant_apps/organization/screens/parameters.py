"""What the screen of runtime parameters shows: defaults, values that differ, and who changed what (W-1.5.1)."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import parameters, people, registry
from kernel.api.me import MemberView
from kernel.models import Event
from kernel.parameters import Parameter
from tenant_apps.organization.models import Setting
from tenant_apps.organization.screens.structure import companies

KEY = "organization.setting"
PAGE = 50


class Parameters(MemberView):
    def get(self, request: Request) -> Response:
        """Every parameter with its default and where it differs."""
        self.actor.require(KEY, "read", label=_("Runtime parameters"))
        places = {"company": {row["id"]: row["label"] for row in companies()}, "unit": dict(people.units()), "user": dict(people.members())}
        values: dict[str, list[dict[str, Any]]] = {}
        for row in Setting.objects.order_by("pk"):
            place = None if row.place is None else {"id": row.place, "label": places[row.scope].get(row.place, f"#{row.place}")}
            by = {"by": people.named("member", row.updated_by), "at": row.updated_at}
            told = {"id": row.pk, "version": row.version, "scope": row.scope, "place": place, "value": row.value, **by}
            values.setdefault(row.name, []).append(told)
        plain = [one for one in parameters.KNOWN.values() if one.kind != "json"]
        shown = sorted(plain, key=lambda one: (_app(one), one.name))
        rows = [{**described(one), "values": values.get(one.name, [])} for one in shown]
        return Response({"rows": rows, "companies": companies(), "can_change": self.actor.may(KEY, "create")})


class Changes(MemberView):
    def get(self, request: Request) -> Response:
        """Who changed which parameter when, the latest first."""
        self.actor.require(KEY, "read", label=_("Runtime parameters"))
        rows = Event.objects.filter(subject=KEY).order_by("-pk")
        before = request.query_params.get("cursor", "")
        if before.isdecimal() and len(before) < 19:
            rows = rows.filter(pk__lt=int(before))
        found = list(rows[: PAGE + 1])
        return Response({"rows": [_told(event) for event in found[:PAGE]], "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None})


def _told(event: Event) -> dict[str, Any]:
    known = parameters.KNOWN.get(str(event.data.get("label", "")))
    label = str(known.label) if known else event.data.get("label", "")
    verb = event.kind.rpartition(".")[2]
    return {
        "id": event.pk,
        "at": event.at,
        "by": people.named("member", event.actor),
        "label": label,
        "verb": verb,
        "value": event.changes.get("value"),
    }


def _app(known: Parameter) -> str:
    return known.name.partition(".")[0]


def _group(app: str) -> str:
    """The part of the menu in which an app's screens stand."""
    menus = {menu.key: str(menu.label) for menu in registry.MENUS}
    shown = [resource.menu for resource in registry.everything().values() if resource.app == app and resource.menu in menus]
    return menus[shown[0] if shown else "settings"]


def described(known: Parameter) -> dict[str, Any]:
    app = _app(known)
    meta = known.spec.meta()
    return {
        "name": known.name, "group": {"key": app, "label": _group(app)}, "label": str(known.label), "help": str(known.help), "kind": known.kind,
        "default": known.stored(known.default), "options": meta.get("options", []), "scopes": list(known.scopes),
        "least": known.stored(known.least), "most": known.stored(known.most),
    }  # fmt: skip


urlpatterns = [path("parameters/", Parameters.as_view()), path("parameters/changes/", Changes.as_view())]
