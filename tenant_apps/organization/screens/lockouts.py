"""Colleagues who are locked out after too many wrong passwords, and lifting it (W-1.3.2)."""

from __future__ import annotations

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, events
from kernel.api.me import MemberView
from kernel.refusals import Refused
from shared_apps.accounts import lockouts, log
from tenant_apps.organization.models import Member

KEY, VERB = "organization.member", "unlock"


class LockedOut(MemberView):
    persons_only = True

    def get(self, request: Request) -> Response:
        """Who is locked out now, and until when."""
        self.actor.require(KEY, VERB, label=_("Unlock"))
        active = {row.email: row for row in Member.objects.filter(state=Member.State.ACTIVE).only("email", "name")}
        rows = [{"id": active[email].pk, "label": active[email].name, "until": ends} for email, ends in lockouts.until(active).items()]
        return Response({"rows": sorted(rows, key=lambda row: str(row["label"]))})


class Unlock(MemberView):
    persons_only = True

    def post(self, request: Request, pk: int) -> Response:
        """Let a colleague try again at once; it goes into their history and the log."""
        self.actor.require(KEY, VERB, label=_("Unlock"))
        member = Member.objects.filter(pk=pk, state=Member.State.ACTIVE).first()
        if member is None:
            raise Http404
        if not lockouts.until([member.email]):
            raise Refused("not_locked_out", _("%(name)s is not locked out, or no longer.") % {"name": member.name})
        lockouts.lift(request._request, member.email)
        with calls.call() as call:
            call.events.append(events.make("unlock", member, by=self.actor, at=clock.now(), changes={}))
        log.record("unlocked", request._request, self.actor.account, member=member.pk)
        return Response(status=204)


urlpatterns = [path("locked-out/", LockedOut.as_view()), path("members/<int:pk>/unlock/", Unlock.as_view())]
