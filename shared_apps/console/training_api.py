"""The training library at a company's address."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, people
from kernel.access import Actor
from kernel.api.me import bytes_of
from kernel.models import File
from shared_apps.console import training
from shared_apps.console.guests import GuestView
from shared_apps.console.models import Material


class Library(GuestView):
    def get(self, request: Request) -> Response:
        """Everything that is published, with what this member has ticked off; an administrator sees everybody's progress."""
        with self.platform() as guest:
            rows = training.in_order()
            files, done = training.files_of(rows), training.done_by(guest.company or 0, guest.id or 0)
            told = [
                {**material(row), "files": [attached(row, one) for one in files.get(row.pk, [])], "done": done.get(row.pk)} for row in rows
            ]
            far = training.progress(guest.company or 0, self.actor.language) if self.actor.is_admin else None
        modules = [{"value": key, "label": str(label)} for key, label in training.MODULES]
        return Response({"rows": told, "modules": modules, "company": far and with_everybody(far, self.actor)})


class Tick(GuestView):
    def found(self, pk: int) -> Material:
        row = training.published().filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def post(self, request: Request, pk: int) -> Response:
        """This member has worked through it."""
        with self.platform() as guest:
            training.tick(self.found(pk), guest.company or 0, guest.id or 0, clock.now())
        return Response({"ok": True})

    def delete(self, request: Request, pk: int) -> Response:
        with self.platform() as guest:
            training.untick(self.found(pk), guest.company or 0, guest.id or 0)
        return Response(status=204)


class Attached(GuestView):
    def get(self, request: Request, pk: int, file: int) -> Any:
        """A file that belongs to published material."""
        with self.platform():
            row = File.objects.filter(pk=file, subject=training.KEY, subject_id__in=training.published().filter(pk=pk), stored=True).first()
            if row is None:
                raise Http404
            return bytes_of(row)


def material(row: Material) -> dict[str, Any]:
    names = ("title", "kind", "module", "language", "minutes", "link", "text", "steps")
    return {"id": row.pk, "kind_label": row.get_kind_display(), **{name: getattr(row, name) for name in names}}


def attached(row: Material, file: File) -> dict[str, Any]:
    return {"name": file.name, "size": file.size, "url": f"/api/v1/console/training/{row.pk}/files/{file.pk}/"}


def with_everybody(far: dict[str, Any], by: Actor) -> dict[str, Any]:
    """Colleagues who have not begun stand at the end of the list."""
    begun = {one["member"] for one in far["people"]}
    rest = [
        {"member": key, "name": name, "done": 0, "last": None}
        for key, name in people.directory.nameable(None, by).items()
        if key not in begun
    ]
    return {**far, "people": [*far["people"], *rest]}


urlpatterns = [
    path("training/", Library.as_view()),
    path("training/<int:pk>/done/", Tick.as_view()),
    path("training/<int:pk>/files/<int:file>/", Attached.as_view()),
]
