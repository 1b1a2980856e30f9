"""What belongs to the member asking: description of the product as they see it, drafts, settings, inbox, jobs, files, search."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel import clock, config, describe, files, finding, jobs, limits, messages, people, registry, scanning, sniffing, words
from kernel.access import Actor, visible
from kernel.api.wire import JSONParser, dump
from kernel.models import File, Job, Personal
from kernel.refusals import Refused

MAX_PERSONAL = 300_000
SEARCHED = 6


class MemberView(APIView):
    @property
    def actor(self) -> Actor:
        return self.request.user  # type: ignore[return-value]

    @property
    def me(self) -> int:
        """The member's id."""
        return self.actor.id or 0

    def body(self) -> dict[str, Any]:
        if not isinstance(self.request.data, dict):
            raise Refused("bad_json", _("Please send an object of fields."), status=400)
        return dict(self.request.data)


def standing(company: Any) -> dict[str, Any]:
    """Where the company stands in its life, so that the client can say so."""
    until = getattr(company, "until", None)
    return {
        "state": getattr(company, "state", "active"),
        "until": until.isoformat(timespec="seconds") if until else None,
        "read_only": getattr(company, "read_only", False),
        "sandbox": getattr(company, "sandbox_of_id", None) is not None,
    }


class Meta(MemberView):
    """The company, the member, the menu, and a line on every resource."""

    def get(self, request: Request) -> Response:
        actor = self.actor
        company: Any = connection.tenant  # type: ignore[attr-defined]
        return Response(
            {
                "company": {
                    "name": company.name,
                    "slug": company.slug,
                    "currency": getattr(company, "currency", "CNY"),
                    "timezone": str(company.timezone),
                    "today": clock.now().date().isoformat(),
                    "key": config.schema(),
                    **standing(company),
                },
                "member": {
                    "id": actor.id,
                    "name": actor.name,
                    "email": actor.email,
                    "language": actor.language,
                    "unit": people.named("unit", actor.unit_id),
                    "roles": [{"id": key, "label": label} for key, label in actor.roles],
                    "is_admin": actor.is_admin,
                    "seen_as": actor.seen_as,
                },
                "menu": describe.menu(actor),
                "resources": {resource.key: describe.brief(resource, whose) for resource, whose in describe.offered(actor)},
                "unread": messages.unread(self.me),
                "limits": limits.notices(),
            }
        )


class ResourceMeta(MemberView):
    """Everything about one resource."""

    def get(self, request: Request, app: str, path: str) -> Response:
        resource = registry.at(app, path)
        whose = next((whose for offered, whose in describe.offered(self.actor) if offered is resource), None)
        if resource is None or whose is None:
            raise Http404
        return Response(describe.whole(resource, whose))


class Search(MemberView):
    """One box over everything the member may see."""

    def get(self, request: Request) -> Response:
        tokens = words.asked(request.query_params.get("q", ""))
        found: list[dict[str, Any]] = []
        for resource in describe.readable(self.actor) if tokens else ():
            if resource.menu or resource.search:
                found += self.rows(resource, tokens)
            if len(found) >= 30:
                break
        return Response({"rows": found[:30]})

    def rows(self, resource: Any, tokens: list[str]) -> list[dict[str, Any]]:
        beside = self.beside(resource)
        rows = visible(self.actor, resource.queryset(), resource.key)
        for token in tokens:
            rows = rows.filter(finding.by_word(resource.model, token, self.actor.profile.hidden(resource.key)))
        rows = rows.select_related(beside) if beside else rows
        return [self.row(resource, row, beside) for row in rows.order_by("-id")[:SEARCHED]]

    def beside(self, resource: Any) -> str:
        """The first reference of the list, by which people tell a document from its neighbours: the customer of an order."""
        hidden = self.actor.profile.hidden(resource.key)
        refs = (name for name in resource.columns if resource.own[name].target is not None and resource.own[name].type == "ref")
        return next((name for name in refs if name not in hidden), "")

    def row(self, resource: Any, row: Any, beside: str) -> dict[str, Any]:
        state = None
        if resource.has_state:
            state = next((one for one in resource.own["state"].options() if one["value"] == row.state), None)
        named = str(row)
        sub = row.number if row.number != named else str(getattr(row, beside, None) or "")
        return {"_key": resource.key, "id": row.pk, "label": named, "sub": sub, "state": state}


class Drafts(MemberView):
    """Unsaved input, so that another device can go on."""

    def get(self, request: Request) -> Response:
        rows = Personal.objects.filter(member=self.me, kind="draft").order_by("-updated_at")[:100]
        return Response({"rows": [{"key": row.name, **row.value, "updated_at": row.updated_at} for row in rows]})


class Draft(MemberView):
    def put(self, request: Request, name: str) -> Response:
        keep(self.actor, "draft", name, self.body(), clock.now())
        return Response(status=204)

    def delete(self, request: Request, name: str) -> Response:
        Personal.objects.filter(member=self.me, kind="draft", name=name).delete()
        return Response(status=204)


class Setting(MemberView):
    """A setting of the member's own."""

    def get(self, request: Request, name: str) -> Response:
        row = Personal.objects.filter(member=self.me, kind="setting", name=name).first()
        return Response({"value": row.value.get("value") if row else None})

    def put(self, request: Request, name: str) -> Response:
        keep(self.actor, "setting", name, {"value": self.body().get("value")}, clock.now())
        if name == "language":
            config.changed()
        return Response(status=204)


def keep(actor: Actor, kind: str, name: str, value: dict[str, Any], at: datetime) -> None:
    if len(dump(value)) > MAX_PERSONAL:
        raise Refused("too_large", _("This is too much to keep as unsaved input. Please save it."), status=413)
    if "\\u0000" in dump(value).decode() or "\x00" in name or len(name) > 200:
        raise Refused("invalid", _("It contains a character that cannot be stored."), status=422)
    Personal.objects.update_or_create(member=actor.id or 0, kind=kind, name=name, defaults={"value": value, "updated_at": at})


class Jobs(MemberView):
    def get(self, request: Request) -> Response:
        return Response({"rows": [jobs.told(row) for row in Job.objects.filter(member=self.me).order_by("-id")[:50]]})


class OneJob(MemberView):
    verb = ""

    def found(self, pk: int) -> Job:
        row = Job.objects.filter(pk=pk, member=self.me).first()
        if row is None:
            raise Http404
        return row

    def get(self, request: Request, pk: int) -> Response:
        return Response(jobs.told(self.found(pk)))


class CancelJob(OneJob):
    while_read_only = True
    http_method_names = ["post", "options"]

    def post(self, request: Request, pk: int) -> Response:
        jobs.cancel(self.found(pk))
        return Response(jobs.told(self.found(pk)))


class Bytes(BaseParser):
    """A file's bytes as they are."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        content = stream.read(settings.MAX_UPLOAD_BYTES + 1)
        if len(content) > settings.MAX_UPLOAD_BYTES:
            raise Refused("file_size", _("A file may have up to %(n)d MB.") % {"n": settings.MAX_UPLOAD_BYTES // 2**20}, status=413)
        return content


class Files(MemberView):
    """Begin an upload."""

    parser_classes = [JSONParser]

    def post(self, request: Request) -> Response:
        data = self.body()
        name, kind, size = data.get("name"), data.get("type") or "", data.get("size")
        if not isinstance(name, str) or not isinstance(kind, str) or isinstance(size, bool) or not isinstance(size, int):
            raise Refused("invalid", _("Please send name, type and size."), status=422)
        limits.ask_storage(size)
        name = name.replace("\x00", "")
        file = files.begin(name, sniffing.kind_of(name), size, by=self.actor, at=clock.now())
        return Response({"id": file.pk, "upload": files.upload_target(file)}, status=201)


def file_of(pk: int, actor: Actor) -> File:
    """A file this member may open: their own, or one on a document they may see."""
    file = File.objects.filter(pk=pk).first()
    if file is None:
        raise Http404
    if file.subject:
        resource = registry.find(file.subject)
        if resource is None or not visible(actor, resource.queryset(), resource.key).filter(pk=file.subject_id).exists():
            raise Http404
    elif file.created_by != actor.id:
        raise Http404
    return file


def bytes_of(file: File) -> Any:
    """The file as a download."""
    from django.core.files.storage import default_storage

    if settings.S3_BUCKET:
        return HttpResponseRedirect(files.signed_url(file))
    if not default_storage.exists(file.path):
        raise Http404
    response = FileResponse(default_storage.open(file.path), as_attachment=True, filename=file.name, content_type=file.type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


class OneFile(MemberView):
    def get(self, request: Request, pk: int) -> Any:
        return bytes_of(file_of(pk, self.actor))


class FileContent(MemberView):
    parser_classes = [Bytes]

    def put(self, request: Request, pk: int) -> Response:
        file = file_of(pk, self.actor)
        if file.created_by != self.actor.id or file.stored:
            raise Http404
        content: Any = request.data
        sniffing.refuse_programs(content[: sniffing.HEAD])
        scanning.check(file.name, [content])
        files.put(file, content)
        return Response(files.told(file))
