"""Operators in a company: let in for a time by its administrator, and known by name in every history (W-2.1.2)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.access import Actor, Profile
from kernel.api.me import MemberView
from kernel.refusals import Refused
from shared_apps.accounts import tickets
from shared_apps.accounts.visits import SLOT
from shared_apps.console.models import Person, SupportAccess
from tenants.context import PUBLIC, here, public_context
from tenants.models import Tenant

LOOKING = {"*": {"read": "all", "print": "all"}}
UNTOUCHED = {"read": "all", "*": "none"}
CHANGING = {
    "*": {"*": "all", "export": "none"},
    "organization.role": UNTOUCHED,
    "organization.member": UNTOUCHED,
    "organization.company": UNTOUCHED,
    "kernel.webhook": UNTOUCHED,
}
"""What a visitor may do who may change data: no rights, no members, no way out for data."""


def running(pk: int) -> SupportAccess | None:
    """A support access that holds at this moment; in the public schema only."""
    return SupportAccess.objects.select_related("client").filter(pk=pk, state=SupportAccess.State.APPROVED, until__gt=clock.now()).first()


def visitor(request: Any) -> Actor | None:
    """The operator of this session, as long as the company lets them. Asked anew at every request."""
    visit = request.session.get(SLOT)
    if visit is None:
        return None
    tenant: Any = here().tenant
    with public_context():
        access = running(visit)
        person = Person.objects.filter(account=request.user.pk, client=None, state=Person.State.ACTIVE).first()
    if access is None or person is None or access.client.tenant != tenant.pk:
        return None
    request.visit = access.number, request.user.pk
    name = _("%(name)s (Millwright support)") % {"name": person.name}
    profile = Profile((CHANGING if access.may_change else LOOKING,))
    return Actor(id=None, name=name, profile=profile, email=person.email, account=request.user.pk, visitor=True)


class Enter(MemberView):
    """At the console: the address by which an operator enters a company that has approved it, good once and for a minute."""

    def post(self, request: Request, pk: int) -> Response:
        if here().schema_name != PUBLIC or not self.actor.may("console.supportaccess", "read"):
            raise Http404
        access = running(pk)
        if access is None:
            raise Refused("not_approved", _("The company has not approved this access, or it is over. Ask for it again."))
        company = Tenant.objects.get(pk=access.client.tenant)
        return Response({"url": tickets.issue(self.actor.account or 0, company, access.pk)})


urlpatterns = [path("support/<int:pk>/enter/", Enter.as_view())]
