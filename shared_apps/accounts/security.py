"""What a person does about the security of their own account, and the steps of a log-in after the password."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import entry, people
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.accounts import devices, factors, forms, log, mailing, outside, password, recent, stages
from shared_apps.accounts.doors import Door
from shared_apps.accounts.models import User


class Second(Door):
    """The second factor of a log-in that has begun with the right password."""

    while_read_only = True
    serializer_class = forms.Second

    def get(self, request: Request) -> Response:
        waiting = self.waiting(request)
        user = waiting.login.user
        types = {row["type"] for row in factors.told(user)}
        if stages.required(request._request, user.pk) == "key" and factors.Type.WEBAUTHN in types:
            types -= {factors.Type.TOTP}
        return Response({"types": sorted(types)})

    def post(self, request: Request) -> Response:
        waiting, told = self.waiting(request), self.values(request)
        user = waiting.login.user
        factors.prove(request._request, user, stages.required(request._request, user.pk), **told)
        waiting.exit()
        return Response(stages.told(request._request))

    def waiting(self, request: Request) -> Any:
        found = stages.current(request._request, AuthenticateStage)
        if found is None:
            raise Refused("log_in_again", gettext("This took too long. Log in again."), status=409)
        return found


class SecondKey(Second):
    """What the browser needs to ask the person's security key."""

    def post(self, request: Request) -> Response:
        return Response({"options": factors.begin_proof(self.waiting(request).login.user)})


class Personal(Door):
    """For somebody who is logged in and belongs here."""

    while_read_only = True
    asks_again = False
    """Changes the locks: takes the password again."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.who = self.whose(request)
        if self.asks_again and not self.enrolling(request):
            recent.require(request._request)

    def whose(self, request: Request) -> User:
        user: Any = request.user
        actor = people.actor_of(user.pk) if user.is_authenticated else None
        if actor is None or not people.admits(request._request):
            raise NotAuthenticated
        entry.let_in(request._request, actor)
        return user

    def enrolling(self, request: Request) -> bool:
        return False


class Enrolling(Personal):
    """Also for somebody who may only enter with a second factor and is just setting one up."""

    asks_again = True

    def whose(self, request: Request) -> User:
        waiting = self.waiting(request._request)
        return waiting.login.user if waiting else super().whose(request)

    def enrolling(self, request: Request) -> bool:
        return self.waiting(request._request) is not None

    def waiting(self, request: HttpRequest) -> Any:
        return stages.current(request, stages.EnrolStage)

    def added(self, request: Request, codes: list[str]) -> Response:
        """The factor is there; whoever waited at the door for it is in."""
        waiting = self.waiting(request._request)
        if waiting:
            waiting.exit()
        return Response({"recovery_codes": codes}, status=201)


class Overview(Personal):
    def get(self, request: Request) -> Response:
        told = {
            "email": mailing.told(self.who),
            "factors": factors.told(self.who),
            "required": stages.required(request._request, self.who.pk),
            "devices": [device_told(row, request) for row in devices.of(request._request, self.who)],
            "outside": outside.told(self.who),
        }
        return Response(told)


class Confirm(Personal):
    serializer_class = forms.Confirm

    def post(self, request: Request) -> Response:
        """It is still the same person."""
        password.limit(request._request, "reauthenticate")
        try:
            password.prove(request._request, self.who, self.values(request)["password"])
        except Invalid as wrong:
            raise Invalid([FieldError("password", "wrong_password", gettext("This is not your present password."))]) from wrong
        recent.confirm(request._request)
        return Response({"ok": True})


class Password(Personal):
    serializer_class = forms.ChangePassword

    def post(self, request: Request) -> Response:
        told = self.values(request)
        password.change(request._request, self.who, told["old"], told["password"])
        return Response({"ok": True})


class Mail(Personal):
    serializer_class = forms.Mail
    asks_again = True

    def post(self, request: Request) -> Response:
        """The new address counts once its link has been opened."""
        mailing.change(request._request, self.who, self.values(request)["email"])
        return Response({"ok": True})


class BeginApp(Enrolling):
    def post(self, request: Request) -> Response:
        if self.enrolling(request) and stages.required(request._request, self.who.pk) == "key":
            raise Refused("key_required", gettext("Administrators need a security key here, not an app."), status=409)
        return Response(factors.begin_app(request._request, self.who))


class AddApp(Enrolling):
    serializer_class = forms.Code

    def post(self, request: Request) -> Response:
        return self.added(request, factors.add_app(request._request, self.who, self.values(request)["code"]))


class BeginKey(Enrolling):
    def post(self, request: Request) -> Response:
        return Response({"options": factors.begin_key(request._request, self.who)})


class AddKey(Enrolling):
    serializer_class = forms.Key

    def post(self, request: Request) -> Response:
        told = self.values(request)
        return self.added(request, factors.add_key(request._request, self.who, told["name"], told["credential"]))


class Factor(Personal):
    asks_again = True

    def delete(self, request: Request, pk: int) -> Response:
        factors.remove(request._request, self.who, pk, stages.required(request._request, self.who.pk))
        return Response(status=204)


class Codes(Personal):
    asks_again = True

    def post(self, request: Request) -> Response:
        return Response({"recovery_codes": factors.fresh_codes(request._request, self.who)}, status=201)


class Devices(Personal):
    def delete(self, request: Request) -> Response:
        """Log out everywhere else, at every address."""
        ended = devices.end_others(request._request, self.who)
        log.record("sessions_ended", request._request, self.who.pk, count=ended)
        return Response({"ended": ended})


class OneDevice(Personal):
    def delete(self, request: Request, pk: int) -> Response:
        found = [row for row in devices.of(request._request, self.who) if row.pk == pk]
        if not found:
            raise Http404
        devices.end(found)
        log.record("sessions_ended", request._request, self.who.pk, count=1)
        return Response(status=204)


class Outside(Personal):
    """Log-ins of other services."""

    asks_again = True

    def post(self, request: Request, name: str) -> Response:
        return Response({"url": outside.way_to_connect(request._request, self.who, name)})

    def delete(self, request: Request, name: str) -> Response:
        outside.disconnect(request._request, self.who, name)
        return Response(status=204)


def device_told(row: Any, request: Request) -> dict[str, Any]:
    here = row.key == request._request.session.session_key
    return {"id": row.pk, "ip": row.ip, "agent": row.agent, "began_at": row.began_at, "seen_at": row.seen_at, "here": here}
