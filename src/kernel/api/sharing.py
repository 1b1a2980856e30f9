"""Who is let in on a single document beyond their roles."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, people, shares
from kernel.api.views import ResourceView


class Shares(ResourceView):
    """With whom a document is shared, and who is on its team; whoever may change it shares it."""

    def shareable(self, pk: int) -> Any:
        """A document of the company; the platform shares its own by other rules."""
        if self.resource.platform:
            raise Http404
        return self.document(pk)

    def get(self, request: Request, pk: int) -> Response:
        document = self.shareable(pk)
        may = document.row_scoped and self.actor.covers(self.resource.key, "change", document)
        return Response({"rows": [told(row) for row in shares.of(document)], "may_share": may})

    def post(self, request: Request, pk: int) -> Response:
        document, data = self.shareable(pk), self.body(request)
        self.actor.require(self.resource.key, "change", document, self.resource.label)
        return self.once(request, lambda: (201, told(shares.give(document, data, by=self.actor, at=clock.now()))))


class OneShare(Shares):
    """One of them, taken back."""

    http_method_names = ["delete", "options"]

    def delete(self, request: Request, pk: int, share: int) -> Response:
        document = self.shareable(pk)
        self.actor.require(self.resource.key, "change", document, self.resource.label)
        found = shares.of(document).filter(pk=share).first()
        if found is None:
            raise Http404
        shares.take_back(document, found, by=self.actor, at=clock.now())
        return Response(status=204)


def told(share: shares.Share) -> dict[str, Any]:
    return {
        "id": share.pk,
        "member": people.named("member", share.member),
        "unit": people.named("unit", share.unit),
        "may_change": share.may_change,
        "team": share.team,
        "until": share.until,
    }
