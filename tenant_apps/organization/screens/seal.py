"""A company's seal as a picture: who may set it sees it, and nobody else but on paper (W-1.2.1)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, events, files
from kernel.api.me import Bytes, MemberView
from kernel.models import File
from kernel.refusals import Refused
from tenant_apps.organization.letterhead import SEAL, seal_file
from tenant_apps.organization.models import Company

KEY, VERB = "organization.company", "set_seal"
MOST_KB = 500
PNG = b"\x89PNG\r\n\x1a\n"


class Seal(MemberView):
    persons_only = True
    parser_classes = [Bytes]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)

    def company(self, pk: int) -> Company:
        self.actor.require(KEY, VERB, label=_("Set the seal"))
        found = Company.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: Request, pk: int) -> HttpResponse:
        file = seal_file(self.company(pk).pk)
        if file is None:
            raise Http404
        return HttpResponse(files.content_of(file), content_type="image/png", headers={"Cache-Control": "no-store"})

    def put(self, request: Request, pk: int) -> Response:
        """Take a picture in the place of the one there was."""
        company, content = self.company(pk), request.data
        if not isinstance(content, bytes) or not content.startswith(PNG) or len(content) > MOST_KB * 1000:
            told = _("A seal is a PNG picture, transparent where there is no ink, of at most %(n)d kB.") % {"n": MOST_KB}
            raise Refused("bad_picture", told, status=422)
        with calls.call() as call:
            file = files.keep("seal.png", content, "image/png", by=self.actor, at=clock.now())
            File.objects.filter(pk=file.pk).update(subject=SEAL, subject_id=company.pk)
            call.events.append(events.make("set_seal", company, by=self.actor, at=clock.now(), changes={}))
        return Response(status=204)

    def delete(self, request: Request, pk: int) -> Response:
        """No seal is printed any more."""
        company = self.company(pk)
        with calls.call() as call:
            if not File.objects.filter(subject=SEAL, subject_id=company.pk).update(stored=False):
                raise Http404
            call.events.append(events.make("drop_seal", company, by=self.actor, at=clock.now(), changes={}))
        return Response(status=204)


urlpatterns = [path("companies/<int:pk>/seal/", Seal.as_view())]
