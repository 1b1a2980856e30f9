"""The e-mail of an account, and moving to another one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from kernel.refusals import FieldError, Invalid
from shared_apps.accounts import log, notices, password
from shared_apps.accounts.models import User


def told(user: User) -> dict[str, Any]:
    """The address, whether it is proven, and the one that is to take its place."""
    rows = list(EmailAddress.objects.filter(user=user))
    verified = next((row.verified for row in rows if row.email == user.email), False)
    return {"address": user.email, "verified": verified, "next": next((row.email for row in rows if row.email != user.email), None)}


def change(request: HttpRequest, user: User, email: str) -> None:
    """Mail a link to the new address. Whether somebody else has it is not told: they get no link, and neither does the asker."""
    email = User.objects.normalize_email(email)
    password.limit(request, "manage_email")
    if email == user.email:
        raise Invalid([FieldError("email", "same", gettext("This is your address already."))])
    with transaction.atomic():
        EmailAddress.objects.filter(user=user, verified=False, primary=False).delete()
        address = EmailAddress.objects.create(user=user, email=email, primary=False)
    log.record("email_change_asked", request, user.pk)
    if not User.objects.filter(email=email).exists():
        send_verification_email_to_address(request, address)


def confirm(request: HttpRequest, found: EmailConfirmationHMAC) -> bool:
    """The link was opened and the button pressed: the address is proven, and a new one takes the place of the old."""
    address = found.email_address
    user, before = address.user, address.user.email
    if User.objects.filter(email=address.email).exclude(pk=user.pk).exists():
        return False
    try:
        with transaction.atomic():
            done = bool(found.confirm(request))
    except IntegrityError:  # somebody else was faster
        return False
    if done and address.email != before:
        log.record("email_changed", request, user.pk)
        notices.tell(user, "email_changed", to=before)
    return done
