"""The inbox of those who decide, the approval of a document, and what the designer of flows needs to know."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, doors, reading, registry
from kernel.access import Actor
from kernel.api.me import MemberView
from kernel.models import File
from kernel.refusals import Refused
from kernel.resources import Resource
from tenant_apps.approvals import checking, designing, inbox, outside, showing, simulating, templates, vocabulary
from tenant_apps.approvals.drawing import Drawing
from tenant_apps.approvals.models import Approval, Flow, Task

FLOW, APPROVAL = "approvals.flow", "approvals.approval"
FEW = 20


def resource_of(key: str) -> Resource:
    found = vocabulary.resources().get(key)
    if found is None:
        raise Refused("not_found", _("There is no document type “%(key)s”.") % {"key": key[:60]}, status=404)
    return found


def party(actor: Actor, approval: Approval) -> bool:
    """Whether somebody asked for it, decides or decided, or may read approvals."""
    mine = Task.objects.filter(approval=approval, owner=actor.id) | Task.objects.filter(approval=approval, behalf=actor.id)
    return approval.owner == actor.id or mine.exists() or actor.covers(APPROVAL, "read", approval)


class Inbox(MemberView):
    """What waits for me, what I decided, started and was copied on."""

    def get(self, request: Request) -> Response:
        return Response(inbox.page(self.actor, request.query_params, clock.now()))


class Counts(MemberView):
    """For the badge."""

    def get(self, request: Request) -> Response:
        return Response(inbox.counts(self.actor, clock.now()))


class Of(MemberView):
    """The approvals of a document, for whoever may read it."""

    def get(self, request: Request, key: str, pk: int) -> Response:
        doors.find(resource_of(key), pk, self.actor)
        rows = Approval.objects.filter(resource=key, subject_id=pk).order_by("-id")[:FEW]
        return Response({"rows": [showing.whole(one, self.actor, clock.now()) for one in rows]})


class Story(MemberView):
    """One approval with its document, for its parties: who asked, who decides or decided, who may read approvals."""

    def get(self, request: Request, pk: int) -> Response:
        approval = Approval.objects.filter(pk=pk).first()
        if approval is None or not party(self.actor, approval):
            raise Http404
        told = showing.whole(approval, self.actor, clock.now())
        resource = registry.get(approval.resource)
        document = reading.render_document(resource, approval.subject_id, self.actor) if approval.subject_id else None
        return Response(told | {"content": document, "drawing": approval.flow.plan})


class Signature(MemberView):
    """What somebody signed with, for whoever may see the approval."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        task = Task.objects.select_related("approval").filter(pk=pk, signature__isnull=False).first()
        if task is None:
            raise Http404
        approval = task.approval
        if not party(self.actor, approval):
            doors.find(resource_of(approval.resource), approval.subject_id or 0, self.actor)
        file = File.objects.get(pk=task.signature or 0)
        with default_storage.open(file.path) as content:
            return HttpResponse(content.read(), content_type=file.type, headers={"X-Content-Type-Options": "nosniff"})


class Designing(MemberView):
    """For those who draw flows."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor.require(FLOW, "read", label=registry.get(FLOW).label)


class Check(Designing):
    """What is wrong with a drawing, without saving it."""

    only_reads = True

    def post(self, request: Request) -> Response:
        data = self.body()
        resource = resource_of(str(data.get("resource", "")))
        return Response(
            {"errors": designing.errors(resource, str(data.get("verb") or ""), data.get("condition"), data.get("drawing") or {})}
        )


class Names(Designing):
    """What conditions may name, and which fields a step may let be changed."""

    def get(self, request: Request) -> Response:
        resource = resource_of(request.query_params.get("resource", ""))
        return Response(designing.names(resource, request.query_params.get("verb", "")))


class Kinds(Designing):
    """What may be put under approval, and what is."""

    def get(self, request: Request) -> Response:
        return Response({"rows": designing.kinds()})


class Switch(Designing):
    """Turn approval of an action on with the usual three levels, or off."""

    def post(self, request: Request, key: str, verb: str) -> Response:
        resource, on = resource_of(key), bool(self.body().get("on", True))
        with calls.call():
            flow = designing.switch(resource, verb, on, by=self.actor, at=clock.now())
        return Response({"flow": flow})


class Simulate(Designing):
    """The way of a real document through a flow."""

    only_reads = True

    def post(self, request: Request, pk: int) -> Response:
        data = self.body()
        flow = Flow.objects.filter(pk=pk).first()
        key = data.get("document")
        if flow is None or isinstance(key, bool) or not isinstance(key, int):
            raise Http404
        resource = resource_of(flow.resource)
        document = doors.find(resource, key, self.actor)
        drawing = data.get("drawing") or flow.drawing
        problems = checking.everything(drawing, resource, flow.verb)
        if problems:
            raise Refused("flow_faulty", problems[0].detail, status=422, errors=[one.as_error() for one in problems])
        by = data.get("by")
        initiator = by if isinstance(by, int) and not isinstance(by, bool) else self.me
        asked = data.get("values") if isinstance(data.get("values"), dict) else {}
        told = simulating.simulate(
            flow, Drawing.of(designing.whole_drawing(drawing)), document, initiator, asked=asked or {}, at=clock.now()
        )
        return Response(told)


class Templates(Designing):
    """Ready flows."""

    def get(self, request: Request) -> Response:
        return Response({"rows": templates.told()})


class Import(Designing):
    """Make a draft of a ready flow for an action."""

    def post(self, request: Request, name: str) -> Response:
        data = self.body()
        with calls.call():
            resource = resource_of(str(data.get("resource", "")))
            flow = designing.draft_of(name, resource, str(data.get("verb") or ""), by=self.actor, at=clock.now())
        return Response({"flow": {"id": flow.pk, "label": flow.name}}, status=201)


urlpatterns = [
    path("inbox/", Inbox.as_view()),
    path("inbox/counts/", Counts.as_view()),
    path("of/<str:key>/<int:pk>/", Of.as_view()),
    path("story/<int:pk>/", Story.as_view()),
    path("signatures/<int:pk>/", Signature.as_view()),
    path("decide/", outside.Decide.as_view()),
    path("decide/look/", outside.Look.as_view()),
    path("flows/check/", Check.as_view()),
    path("flows/<int:pk>/simulate/", Simulate.as_view()),
    path("names/", Names.as_view()),
    path("kinds/", Kinds.as_view()),
    path("kinds/<str:key>/<str:verb>/", Switch.as_view()),
    path("templates/", Templates.as_view()),
    path("templates/<str:name>/import/", Import.as_view()),
]
