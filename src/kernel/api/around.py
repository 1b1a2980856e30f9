"""What stands around a document: its history, notes, files."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, cursors, events, files, notes, people, river
from kernel.access import Actor, forbidden
from kernel.api.views import ResourceView
from kernel.models import File, Note


def own(document: Any, actor: Actor) -> Any:
    """A document that this person may add to; what all companies see is no place for the words of one."""
    if actor.company is not None and document.company_field == "*":
        raise forbidden(_("Note"))
    return document


class Events(ResourceView):
    """数据河 of one document."""

    def get(self, request: Request, pk: int) -> Response:
        self.document(pk)
        before = request.query_params.get("cursor", "")
        return Response(river.page(self.resource.key, pk, self.actor, cursors.number(before)))


class Notes(ResourceView):
    """Notes of colleagues, with mentions that reach their inbox."""

    def get(self, request: Request, pk: int) -> Response:
        self.document(pk)
        rows = Note.objects.filter(subject=self.resource.key, subject_id=pk).order_by("-id")[:200]
        return Response({"rows": [self.told(row) for row in rows]})

    def post(self, request: Request, pk: int) -> Response:
        document, data = own(self.document(pk), self.actor), self.body(request)

        def work() -> tuple[int, Any]:
            row = notes.write(document, data.get("text"), data.get("mentions") or [], by=self.actor, at=clock.now())
            return 201, self.told(row)

        return self.once(request, work)

    def told(self, row: Note) -> dict[str, Any]:
        mentions = [people.named("member", key) for key in row.mentions]
        return {
            "id": row.pk,
            "at": row.created_at.isoformat(timespec="seconds"),
            "by": people.named("member", row.created_by),
            "text": row.text,
            "mentions": mentions,
        }


class Nameable(ResourceView):
    """Whom a note may name."""

    only_reads = True

    def get(self, request: Request, pk: int) -> Response:
        found = notes.found(self.document(pk), request.query_params.get("q", ""), self.actor)
        return Response({"rows": [{"id": key, "label": name, "sub": "", "values": {}} for key, name in found]})


class Attachments(ResourceView):
    """Files of a document."""

    def get(self, request: Request, pk: int) -> Response:
        self.document(pk)
        return Response(
            {
                "rows": [
                    files.told(row) for row in File.objects.filter(subject=self.resource.key, subject_id=pk, stored=True).order_by("-id")
                ]
            }
        )

    def post(self, request: Request, pk: int) -> Response:
        document = own(self.document(pk), self.actor)
        key = self.body(request).get("file")
        file = File.objects.filter(pk=key).first() if isinstance(key, int) else None
        if file is None:
            raise Http404
        return Response(files.told(files.attach(document, file, by=self.actor, at=clock.now())), status=201)


class Attachment(ResourceView):
    """Take a file off a document; only who added it, or who may change the document."""

    def delete(self, request: Request, pk: int, file: int) -> Response:
        document = self.document(pk)
        found = File.objects.filter(pk=file, subject=self.resource.key, subject_id=pk).first()
        if found is None:
            raise Http404
        if found.created_by != self.actor.id:
            self.actor.require(self.resource.key, "change", document, self.resource.label)
        with calls.call() as call:
            found.subject = ""
            found.save(update_fields=["subject"])
            call.events.append(
                events.make("file", document, by=self.actor, at=clock.now(), changes={}, data={"text": _("removed"), "name": found.name})
            )
        return Response(status=204)
