"""What a webhook needs beside its document: the events there are, its key, and how telling went."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, cursors, registry
from kernel.api.me import MemberView
from kernel.models import Delivery, Webhook
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.webhooks import sending
from kernel.webhooks.keys import Keys
from shared_apps.accounts import log

KEY = "kernel.webhook"
PAGE = 30


class WebhookView(MemberView):
    """Only for those who may change webhooks."""

    def hook(self, pk: int) -> Webhook:
        self.actor.require(KEY, "change")
        found = Webhook.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


class Kinds(WebhookView):
    def get(self, request: Request) -> Response:
        """The events that can be told, by kind of document; those of documents that the reader may not see are not named."""
        self.actor.require(KEY, "read")
        rows = [kinds_of(resource) for resource in registry.everything().values() if self.actor.may(resource.key, "read")]
        return Response({"rows": sorted(rows, key=lambda row: str(row["key"]))})


def kinds_of(resource: Resource) -> dict[str, Any]:
    """Events every document has, as far as this kind can have them, then those of its verbs."""
    told = {"create": _("Created"), "change": _("Changed"), "delete": _("Deleted") if resource.deletable else ""}
    told |= {"state": _("State changed")} if resource.has_state else {}
    told |= {verb: str(action.label) for verb, action in resource.verbs.items()}
    events = [{"kind": f"{resource.key}.{verb}", "label": label} for verb, label in told.items() if label]
    return {"key": resource.key, "label": resource.label, "events": events}


class Key(WebhookView):
    """The key with which the receiver checks signatures. It is shown once; a program never sees it."""

    persons_only = True

    def get(self, request: Request, pk: int) -> Response:
        return Response(told(self.hook(pk).keys))

    def post(self, request: Request, pk: int) -> Response:
        """Show it, this once."""
        self.hook(pk)
        with transaction.atomic():
            hook = Webhook.objects.select_for_update().get(pk=pk)
            if hook.keys.since:
                raise Refused("key_shown", _("This key was shown already. If it is lost, make a new one with “New key”."))
            keys = hook.keys.shown(clock.now())
            Webhook.objects.filter(pk=pk).update(secret=keys.sealed())
        log.record("webhook_key_shown", request._request, self.actor.account, webhook=pk)
        return Response({**told(keys), "key": keys.key}, headers={"Cache-Control": "no-store"})


def told(keys: Keys) -> dict[str, Any]:
    """When somebody saw it, and until when the one before it signs too."""
    return {"shown_at": moment(keys.since), "former_until": moment(keys.former_until(clock.now()))}


def moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


class Deliveries(WebhookView):
    def get(self, request: Request, pk: int) -> Response:
        """How the latest events were delivered, page by page."""
        rows = cursors.before(Delivery.objects.filter(webhook=self.hook(pk)).order_by("-pk"), request.query_params.get("cursor", ""))
        names = ("id", "kind", "event", "attempts", "status", "answer", "body", "created_at", "delivered_at", "next_at")
        found = list(rows.values(*names)[: PAGE + 1])
        for row in found:
            row["answer"] = sending.answer_of(row["status"], row["answer"])
        return Response({"rows": found[:PAGE], "next": str(found[PAGE - 1]["id"]) if len(found) > PAGE else None})


class Again(WebhookView):
    def post(self, request: Request, pk: int, delivery: int) -> Response:
        """Deliver once more."""
        hook = self.hook(pk)
        found = Delivery.objects.filter(pk=delivery, webhook=hook).first()
        if found is None:
            raise Http404
        if hook.state != Webhook.State.ACTIVE:
            raise Refused("disabled", _("The webhook is switched off. Enable it first."))
        sending.again(found)
        return Response({"queued": found.pk}, status=202)


urlpatterns = [
    path("webhooks/kinds/", Kinds.as_view()),
    path("webhooks/<int:pk>/key/", Key.as_view()),
    path("webhooks/<int:pk>/deliveries/", Deliveries.as_view()),
    path("webhooks/<int:pk>/deliveries/<int:delivery>/again/", Again.as_view()),
]
