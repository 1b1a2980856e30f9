"""The whole configuration as a file: fetched here, looked at and carried in elsewhere (spec W-1, issue of the administrator's desk)."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, configuration, files
from kernel.access import forbidden
from kernel.api.me import MemberView, file_of
from kernel.refusals import FieldError, Invalid


class Configuration(MemberView):
    persons_only = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.actor.is_admin:
            raise forbidden(_("Configuration"))

    def theirs(self) -> configuration.Pictures:
        """What the uploaded file shows."""
        told = self.body().get("file")
        if isinstance(told, bool) or not isinstance(told, int):
            raise Invalid([FieldError("file", "required", _("Please choose a file."))])
        return configuration.from_file(files.content_of(file_of(told, self.actor)))

    def get(self, request: Request) -> HttpResponse:
        """The company's configuration as a file."""
        at, company = clock.now(), connection.tenant  # type: ignore[attr-defined]
        content = configuration.to_file(configuration.pictured(), company.name, at)
        return HttpResponse(
            content,
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{company.slug}-configuration-{at:%Y%m%d}.json"'},
        )

    def post(self, request: Request) -> Response:
        """Carry in what a file shows, when the differences are still those that were looked at."""
        digest = self.body().get("digest")
        if not isinstance(digest, str):
            raise Invalid([FieldError("digest", "required", _("Look at the differences first."))])
        return Response({"count": configuration.carry(self.theirs(), digest, by=self.actor, at=clock.now())})


class Comparison(Configuration):
    http_method_names = ["post"]

    def post(self, request: Request) -> Response:
        """What would change here."""
        return Response(configuration.diff(configuration.pictured(), self.theirs()))
