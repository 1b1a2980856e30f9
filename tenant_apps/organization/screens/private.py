"""A colleague's ID number and bank account: sealed in the database, shown to those who may, each look on record (W-1.2.4)."""

from __future__ import annotations

import json
import re
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import calls, clock, events, sealed
from kernel.api.me import MemberView
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.organization.models import Member

KEY, VERB = "organization.member", "private"
NAMES = ("id_number", "bank_name", "bank_account")
LONGEST = 60
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


class Private(MemberView):
    persons_only = True

    def member(self, pk: int) -> Member:
        self.actor.require(KEY, VERB, label=_("Show ID number and bank account"))
        found = Member.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: Request, pk: int) -> Response:
        """Show them; that they were looked at goes into the colleague's history."""
        member = self.member(pk)
        self._note(member, "looked")
        return Response(opened(member.private), headers={"Cache-Control": "no-store"})

    def put(self, request: Request, pk: int) -> Response:
        """Keep them, sealed."""
        member, given = self.member(pk), checked(self.body())
        text = sealed.seal(json.dumps(given)) if any(given.values()) else ""
        Member.objects.filter(pk=member.pk).update(private=text)
        self._note(member, "private")
        return Response(status=204)

    def _note(self, member: Member, verb: str) -> None:
        with calls.call() as call:
            call.events.append(events.make(verb, member, by=self.actor, at=clock.now(), changes={}))


def opened(text: str) -> dict[str, str]:
    """The values; refused when they were sealed elsewhere with another key."""
    try:
        found = json.loads(sealed.unseal(text)) if text else {}
    except InvalidToken as other:
        raise Refused(
            "sealed_elsewhere", _("These were encrypted at another installation and cannot be read here. Enter them again.")
        ) from other
    return {name: found.get(name, "") for name in NAMES}


def checked(data: dict[str, Any]) -> dict[str, str]:
    """What was entered, without spaces; an ID number must be one."""
    given = {name: data.get(name, "") for name in NAMES}
    wrong = [
        FieldError(name, "not_text", _("Please enter text of %(n)d characters at most.") % {"n": LONGEST})
        for name, value in given.items()
        if not isinstance(value, str) or len(value) > LONGEST or "\x00" in value
    ]
    if wrong:
        raise Invalid(wrong)
    given = {name: value.strip() if name == "bank_name" else value.replace(" ", "").upper() for name, value in given.items()}
    if given["id_number"] and not is_id_number(given["id_number"]):
        raise Invalid(
            [FieldError("id_number", "bad_id", _("This is no ID number: it has 18 places and the last one does not fit the others."))]
        )
    return given


def is_id_number(text: str) -> bool:
    """Whether the check digit of a resident's ID number is right (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", text):
        return False
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False)) % 11] == text[17]


urlpatterns = [path("members/<int:pk>/private/", Private.as_view())]
