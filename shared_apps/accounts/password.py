"""Passwords: proven, judged, reset. The work is allauth's; here it speaks our language of refusals."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.core import ratelimit
from allauth.headless.account.inputs import LoginInput, RequestPasswordResetInput, ResetPasswordInput, ResetPasswordKeyInput
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext

from kernel import clock, config, messages, people
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.accounts import devices, log, notices, strength
from shared_apps.accounts.models import User
from tenants.context import PUBLIC


def limit(request: HttpRequest, action: str, key: str | None = None) -> None:
    """Count an attempt; too many are refused. People and addresses are counted across all companies."""
    if not ratelimit.consume(request, action=action, key=key):
        raise throttled()


def check(request: HttpRequest, email: str, secret: str) -> User:
    """Whose e-mail and password these are."""
    limit(request, "login")
    form = LoginInput({"email": email, "password": secret})
    if form.is_valid():
        user: User = form.login.user
        if user.is_active:
            return user
        raise wrong()
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    if "too_many_login_attempts" in codes:
        locked_out(request, email)
        raise throttled()
    raise wrong()


def locked_out(request: HttpRequest, email: str) -> None:
    """Write it down and tell the owner, once in five minutes."""
    user = User.objects.filter(email=User.objects.normalize_email(email)).first()
    if user is not None and log.first("locked_out", user.pk):
        log.record("locked_out", request, user.pk)
        notices.tell(user, "locked_out")
        tell_administrators(user)


def tell_administrators(user: User) -> None:
    """Those of the company at whose door it happened can lift it."""
    actor = people.actor_of(user.pk) if config.schema() != PUBLIC else None
    if actor is None or actor.id is None:
        return
    title = gettext("%(name)s is locked out after too many wrong passwords") % {"name": actor.name}
    text = gettext("It ends by itself after a few minutes. If you know that it is them, lift it on their page.")
    link = {"_key": people.here().member_key, "id": actor.id}
    admins = [one.id for one in people.here().load_admins() if one.id not in (None, actor.id)]
    messages.send(
        [one for one in admins if one is not None], title, text=text, link=link, origin=f"locked_out:{actor.id}:{clock.now():%Y%m%d%H%M}"
    )


def throttled() -> Refused:
    return Refused("throttled", gettext("Too many attempts. Wait a few minutes and try again."), status=429)


def wrong() -> Refused:
    """One answer for an unknown e-mail, a wrong password and a stranger to this company: they are not told apart."""
    return Refused("bad_credentials", gettext("E-mail or password is wrong. Check both, or reset your password."), status=401)


def prove(request: HttpRequest, user: User, secret: str) -> User:
    """The person with this account, when the password is theirs."""
    try:
        proven = get_adapter(request).authenticate(request, email=user.email, password=secret)
    except ValidationError as often:
        raise throttled() from often
    if proven != user:
        sentence = gettext("This e-mail already has an account. Enter its password, or reset it.")
        raise Invalid([FieldError("password", "known_email", sentence)])
    return user


def judge(secret: str, user: User, *words: str) -> None:
    """Refuse a password that is too easy, or little more than one of these words."""
    try:
        get_adapter().clean_password(secret, user)
        strength.no_mere_word(secret, words)
    except ValidationError as weak:
        raise Invalid([FieldError("password", "weak_password", " ".join(weak.messages))]) from weak


def request_reset(request: HttpRequest, email: str) -> None:
    """Mail a one-time link, if there is such an account; the answer is the same when there is none."""
    limit(request, "reset_password", email.lower())
    form = RequestPasswordResetInput({"email": email})
    if form.is_valid():
        form.save(request)
        log.record("password_reset_asked", request, next((user.pk for user in form.users), None))


def check_reset_key(key: str) -> None:
    if not ResetPasswordKeyInput({"key": key}).is_valid():
        raise gone()


def reset(request: HttpRequest, key: str, secret: str) -> None:
    """Set a new password by a one-time link; every session of the old one ends."""
    limit(request, "reset_password_from_key")
    form = ResetPasswordInput({"key": key, "password": secret})
    if form.is_valid():
        flows.password_reset.reset_password(form.user, secret)
        flows.password_reset.finalize_password_reset(request, form.user)
        devices.end_others(request, form.user)
        log.record("password_reset", request, form.user.pk)
        notices.tell(form.user, "password_changed")
        return
    if "key" in form.errors:
        raise gone()
    raise Invalid([FieldError("password", "weak_password", " ".join(form.errors["password"]))])


def change(request: HttpRequest, user: User, old: str, secret: str) -> None:
    """A new password for the old one; every other log-in ends."""
    limit(request, "change_password")
    if get_adapter(request).authenticate(request, email=user.email, password=old) != user:
        raise Invalid([FieldError("old", "wrong_password", gettext("This is not your present password."))])
    judge(secret, user)
    user.set_password(secret)
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    devices.remember(request, user)  # the session has a new key
    devices.end_others(request, user)
    log.record("password_changed", request, user.pk)
    notices.tell(user, "password_changed")


def gone() -> Refused:
    return Refused("link_gone", gettext("This link has been used or is too old. Ask for a new one."), status=410)
