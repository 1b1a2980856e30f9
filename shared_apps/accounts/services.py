"""What can happen to a person: they found a company, join one, log in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal import flows
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress, Login
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from kombu.exceptions import OperationalError

from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.accounts import log, password
from shared_apps.accounts.models import Membership, User
from tenants import provisioning
from tenants.models import Tenant
from tenants.provisioning import Founding
from tenants.states import OPEN
from tenants.tasks import refill


def ensure_user(request: HttpRequest, email: str, name: str, secret: str, *, company: Tenant | Founding, mailed: bool = False) -> User:
    """The account under this e-mail: a new one, or the person's own when the password proves it. `mailed`: they come by a link sent there."""
    email = User.objects.normalize_email(email)
    known = User.objects.filter(email=email).first()
    if known is not None:
        return password.prove(request, known, secret)
    password.judge(secret, User(email=email, name=name), company.name, company.slug)
    user = User(email=email, name=name, language=get_language() or "zh-hans", password=make_password(secret))
    with transaction.atomic():
        user.save(force_insert=True)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=mailed)
    return user


def sign_up(request: HttpRequest, founding: Founding, *, email: str, name: str, secret: str) -> tuple[User, Tenant]:
    """Found a company with this person as its owner. Account, address and schema come together or not at all."""
    try:
        with transaction.atomic():
            user = ensure_user(request, email, name, secret, company=founding)
            not_too_many(user)
            company = settle(user, founding)
    except IntegrityError as clash:
        raise taken(founding.slug, email) from clash
    company = provisioning.finish(company)
    log.record("sign_up", request, user.pk, slug=company.slug)
    send_verification(request, user)
    top_up()
    return user, company


def invited_user(email: str, name: str, language: str) -> User:
    """The account under this e-mail, or a new one without a password: its owner sets one by the link in a mail."""
    email = User.objects.normalize_email(email)
    known = User.objects.filter(email=email).first()
    if known is None:
        known = User.objects.create_user(email, None, name=name, language=language)
        EmailAddress.objects.create(user=known, email=email, primary=True, verified=False)
    return known


def not_too_many(user: User) -> None:
    """Refuse somebody who founds one company after the other."""
    if Tenant.objects.filter(owner_id=user.pk).exclude(state=Tenant.State.DELETED).count() >= settings.COMPANIES_PER_PERSON:
        raise Refused("too_many_companies", gettext("You have founded enough companies. Write to us if you need another one."), status=429)


def settle(user: User, founding: Founding) -> Tenant:
    """An address and a schema for this person's company; `provisioning.finish` opens it."""
    with transaction.atomic():
        company = provisioning.reserve(founding, user.pk)
        remember(user, company)
    return company


def taken(slug: str, email: str) -> Invalid:
    """Somebody was faster with the address, or with the e-mail."""
    if Tenant.objects.filter(slug=slug).exists():
        return Invalid([FieldError("slug", "slug_taken", gettext("This address is taken. Choose another."))])
    return Invalid([FieldError("email", "email_taken", gettext("This e-mail has just got an account. Enter its password to go on."))])


def remember(user: User, company: Tenant) -> None:
    """Offer this company to the person at the main address."""
    Membership.objects.bulk_create([Membership(user=user, company=company)], ignore_conflicts=True)


def remember_owner(company: Tenant) -> None:
    owner = User.objects.filter(pk=company.owner_id).first()
    if owner is not None:
        remember(owner, company)


def companies_of(user: User) -> list[Tenant]:
    return list(Tenant.objects.filter(state__in=OPEN, pk__in=user.memberships.values("company")).order_by("name"))


def enter(request: HttpRequest, user: User, email: str = "") -> bool:
    """Begin a session. False when a second factor is wanted first (`stages.pending` says what)."""
    credentials: dict[str, Any] = {"email": email or user.email}
    flows.login.perform_password_login(request, credentials, Login(user=user, email=credentials["email"]))
    return bool(request.user.is_authenticated)


def send_verification(request: HttpRequest, user: User) -> None:
    address = EmailAddress.objects.filter(user=user, primary=True, verified=False).first()
    if address is not None:
        send_verification_email_to_address(request, address, signup=True)


def top_up() -> None:
    """Have the used spare replaced; without a broker the next one is made on the spot."""
    try:
        refill.apply_async(countdown=1)  # the next of a burst of sign-ups finds the machine free
    except OperationalError:
        return
