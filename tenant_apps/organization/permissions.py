"""The addresses of the permission screens: what can be granted, who holds what, why, and the workspace seen as a role."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, doors, events, people, registry
from kernel.access import Profile
from kernel.api.me import MemberView
from kernel.refusals import Refused
from kernel.resources import Resource
from tenant_apps.organization import catalogue, duties, explaining
from tenant_apps.organization.models import Member, Role, Setting
from tenant_apps.organization.people import SEEN_AS

ROLE = "organization.role"


class Catalogue(MemberView):
    """Apps, screens, methods and fields, for whoever may look at roles."""

    def get(self, request: Request) -> Response:
        self.actor.require(ROLE, "read", label=registry.get(ROLE).label)
        return Response(catalogue.told())


class Duties(MemberView):
    """Conflicting duties: which pairs are known, which roles and which colleagues hold both."""

    only_reads = True

    def get(self, request: Request) -> Response:
        self.actor.require(ROLE, "read", label=registry.get(ROLE).label)
        roles = [(role, Profile.of([role])) for role in Role.objects.order_by("pk")]
        active = Member.objects.filter(state=Member.State.ACTIVE)
        colleagues = [(member, Profile.of(explaining.roles_of(member))) for member in active]
        setting = Setting.objects.filter(name=duties.PARAMETER).values("id", "version", "value").first()
        rows = [
            {
                **one.told(),
                "roles": [{"id": role.pk, "label": role.name} for role, whole in roles if one.held(whole)],
                "members": [{"id": member.pk, "label": member.name} for member, whole in colleagues if one.held(whole)],
            }
            for one in duties.conflicts()
        ]
        can_change = self.actor.may("organization.setting", "change") and self.actor.may("organization.setting", "create")
        return Response({"rows": rows, "setting": setting or {"id": None, "version": 0, "value": duties.NONE}, "can_change": can_change})

    def post(self, request: Request) -> Response:
        """What a role as it stands on the screen, or some roles together, would put into one hand."""
        self.actor.require(ROLE, "read", label=registry.get(ROLE).label)
        data = self.body()
        keys = [key for key in data.get("roles") or [] if isinstance(key, int)]
        roles: list[Any] = list(Role.objects.filter(pk__in=keys))
        if "grants" in data:
            drafted = Role(grants=data.get("grants"), masks={}, screens=data.get("screens") or {})
            drafted.prepare({}, self.actor, clock.now().date())
            roles.append(drafted)
        return Response({"rows": duties.of(roles)})


class Explain(MemberView):
    """Why somebody can or cannot do something: oneself with what one sees, others for whoever may look at roles."""

    def get(self, request: Request) -> Response:
        asked = request.query_params
        resource = registry.find(asked.get("resource", ""))
        if resource is None or resource.platform:
            raise Http404
        verb = asked.get("verb", "read")
        member = self.member(asked.get("member", ""))
        document = doors.find(resource, int(asked["id"]), self.actor) if asked.get("id", "").isdecimal() and len(asked["id"]) < 19 else None
        actor = people.here().load_actor(member.account) if member.account else None
        told = explaining.explain(member, actor, resource, verb, document)
        return Response(
            {**told, "member": people.named("member", member.pk), "verb": duties.named(resource.key, verb), "verbs": offered(resource)}
        )

    def member(self, asked: str) -> Member:
        key = int(asked) if asked.isdecimal() and len(asked) < 19 else self.me
        if key != self.me:
            self.actor.require(ROLE, "read", label=registry.get(ROLE).label)
        found = Member.objects.filter(pk=key).first()
        if found is None:
            raise Http404
        return found


def offered(resource: Resource) -> list[dict[str, str]]:
    return [{"value": verb, "label": label} for verb, label in catalogue.verbs(resource).items()]


class SeeAs(MemberView):
    """Look at the workspace as people in a role see it, with one's own department; nothing can be changed meanwhile."""

    persons_only = True

    def post(self, request: Request, pk: int) -> Response:
        self.actor.require(ROLE, "change", label=registry.get(ROLE).label)
        role = Role.objects.filter(pk=pk).first()
        if role is None:
            raise Http404
        if not hasattr(request._request, "session") or not self.actor.id:
            raise Refused("persons_only", _("Only a person at a browser sees the workspace as a role."), status=403)
        with calls.call() as call:
            call.events.append(events.make("see_as", role, by=self.actor, at=clock.now(), changes={}))
        request._request.session[SEEN_AS] = role.pk
        return Response({"role": role.name})


class SeeAsMyself(MemberView):
    """Back to one's own rights."""

    only_reads = True

    def post(self, request: Request) -> Response:
        request._request.session.pop(SEEN_AS, None)
        return Response(status=204)


urlpatterns = [
    path("permissions/", Catalogue.as_view()),
    path("permissions/duties/", Duties.as_view()),
    path("permissions/explain/", Explain.as_view()),
    path("roles/<int:pk>/see-as/", SeeAs.as_view()),
]
mine = [path("see-as-myself/", SeeAsMyself.as_view())]
