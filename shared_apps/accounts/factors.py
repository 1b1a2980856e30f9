"""Second factors of a person: an authenticator app, security keys, recovery codes. The cryptography is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.headless.mfa.inputs import ActivateTOTPInput, AddWebAuthnInput, AuthenticateInput, AuthenticateWebAuthnInput
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from kernel.refusals import Refused
from shared_apps.accounts import log, notices, services
from shared_apps.accounts.models import User
from shared_apps.accounts.password import throttled

Type = Authenticator.Type
STRONG = (Type.TOTP, Type.WEBAUTHN)
ENOUGH = {"any": STRONG, "key": (Type.WEBAUTHN,)}
DIGITS_OF_APP = 6
MOST_KEYS = 10


def has(account: int, factor: str = "any") -> bool:
    """Whether this account has more than a password, or a security key (`key`)."""
    return Authenticator.objects.filter(user_id=account, type__in=ENOUGH[factor]).exists()


def told(user: User) -> list[dict[str, Any]]:
    """The person's factors, without their secrets."""
    rows = Authenticator.objects.filter(user_id=user.pk).order_by("pk")
    return [
        {
            "id": row.pk,
            "type": row.type,
            "name": row.wrap().name if row.type == Type.WEBAUTHN else "",
            "left": len(row.wrap().get_unused_codes()) if row.type == Type.RECOVERY_CODES else None,
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }
        for row in rows
    ]


def begin_app(request: HttpRequest, user: User) -> dict[str, str]:
    """A secret for an authenticator app; it counts once a code made with it comes back."""
    _proven_mail(request, user)
    secret = totp.get_totp_secret(regenerate=True)
    url = get_adapter().build_totp_url(user, secret)
    return {"secret": secret, "url": url, "svg": get_adapter().build_totp_svg(url)}


def add_app(request: HttpRequest, user: User, code: str) -> list[str]:
    """The authenticator app shows the right code: it is a factor from now on."""
    form = ActivateTOTPInput({"code": code}, user=user)
    _take(form, "code")
    try:
        with transaction.atomic():
            made = totp.TOTP.activate(user, form.secret).instance
    except IntegrityError as known:
        raise Refused("known_app", gettext("There is an authenticator app already. Remove it first."), status=409) from known
    totp.clear_totp_secret(request)
    return _added(request, user, made)


def begin_key(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a browser needs to have a security key make a credential."""
    _proven_mail(request, user)
    if Authenticator.objects.filter(user_id=user.pk, type=Type.WEBAUTHN).count() >= MOST_KEYS:
        raise Refused("many_keys", gettext("Ten security keys are enough. Remove one first."), status=409)
    return webauthn.begin_registration(user, passwordless=False)


def add_key(request: HttpRequest, user: User, name: str, credential: Any) -> list[str]:
    form = AddWebAuthnInput({"name": name[:100], "credential": credential}, user=user)
    _take(form, "credential")
    made = webauthn.WebAuthn.add(user, form.cleaned_data["name"], form.cleaned_data["credential"]).instance
    return _added(request, user, made)


def remove(request: HttpRequest, user: User, pk: int, required: str) -> None:
    """Take a factor away; the last one only where none is required."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        rows = Authenticator.objects.filter(user_id=user.pk, type__in=STRONG)
        found = rows.filter(pk=pk).first()
        if found is None:
            raise Http404
        if required and not rows.filter(type__in=ENOUGH[required]).exclude(pk=pk).exists():
            raise Refused("factor_required", gettext("This company requires a second factor. Add another one before you remove this."))
        found.delete()
        delete_dangling_recovery_codes(user)
    log.record("factor_removed", request, user.pk, type=found.type)
    notices.tell(user, "factor_removed")


def fresh_codes(request: HttpRequest, user: User) -> list[str]:
    """New recovery codes; the old ones are worth nothing any more."""
    if not has(user.pk):
        raise Refused("no_factor", gettext("Set up an authenticator app or a security key first."))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user_id=user.pk, type=Type.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    log.record("recovery_codes_made", request, user.pk)
    notices.tell(user, "recovery_codes_made")
    return codes


def begin_proof(user: User) -> dict[str, Any]:
    """What a browser needs to have one of the person's security keys sign."""
    return webauthn.begin_authentication(user)


def prove(request: HttpRequest, user: User, required: str, code: str = "", credential: Any = None) -> None:
    """Refuse unless the code, or what a security key signed, is right. Who must use a key and has one gives no app's code."""
    if required == "key" and code and len(code) <= DIGITS_OF_APP and has(user.pk, "key"):
        raise Refused("key_required", gettext("Here you log in with your security key. If it is lost, enter a recovery code."), status=422)
    form = AuthenticateWebAuthnInput({"credential": credential}, user=user) if credential else AuthenticateInput({"code": code}, user=user)
    try:
        _take(form, "credential" if credential else "code")
    except Refused as wrong:
        log.record("second_factor_failed", request, user.pk, code=wrong.code)
        raise
    form.save()


def _added(request: HttpRequest, user: User, made: Authenticator) -> list[str]:
    """Recovery codes with the first factor; the session in which it was proven counts as strong."""
    first = not Authenticator.objects.filter(user_id=user.pk, type=Type.RECOVERY_CODES).exists()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes() if first else []
    record_authentication(request, user, "mfa", id=made.pk, type=made.type)
    log.record("factor_added", request, user.pk, type=made.type)
    notices.tell(user, "factor_added")
    return codes


def _take(form: Any, field: str) -> None:
    """Check what was sent, in our language of refusals."""
    if form.is_valid():
        return
    codes = {error.code for error in form.errors.as_data().get(field, ())}
    if codes & {"too_many_login_attempts", "rate_limited"}:
        raise throttled()
    raise Refused("wrong_code", gettext("The code or key is not right. Check the clock of your device, and try the next code."), status=422)


def _proven_mail(request: HttpRequest, user: User) -> None:
    """Nobody locks a stranger's e-mail away behind a second factor of their own."""
    if EmailAddress.objects.filter(user=user, verified=False, primary=True).exists():
        services.send_verification(request, user)
        raise Refused("verify_first", gettext("Confirm your e-mail first: we have just sent you the link again."))
