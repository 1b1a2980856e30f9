"""What people type before they are in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from tenants import slugs
from tenants.models import Tenant

Words = dict[str, Any]
NAME: Words = {
    "required": _("Fill this in."),
    "blank": _("Fill this in."),
    "null": _("Fill this in."),
    "max_length": _("This is too long."),
}
EMAIL: Words = {**NAME, "invalid": _("This is not an e-mail address.")}


def free_slug(slug: str) -> None:
    """Refuse an address that cannot be had."""
    slugs.check(slug)
    if Tenant.objects.filter(slug=slug).exists():
        raise ValidationError([ErrorDetail(str(_("This address is taken. Choose another.")), "slug_taken")])
    if lookalike(slug):
        raise ValidationError([ErrorDetail(str(_("This address is too easily taken for another one. Choose another.")), "slug_confusable")])


def lookalike(slug: str) -> bool:
    """Whether some company's address looks the same to a hurried eye."""
    seen: Any = F("slug")
    for text, taken_for in slugs.ALIKE:
        seen = Replace(seen, Value(text), Value(taken_for))
    return Tenant.objects.annotate(seen=seen).filter(seen=slugs.skeleton(slug)).exists()


def real_mail(email: str) -> None:
    """Refuse mail services that the operator has blocked because their addresses are thrown away after use."""
    domain = email.rpartition("@")[2].lower()
    if any(domain == blocked or domain.endswith(f".{blocked}") for blocked in settings.BLOCKED_MAIL_DOMAINS):
        raise ValidationError(
            [ErrorDetail(str(_("Mail of this service does not reach you for long. Use your company's e-mail.")), "mail_blocked")]
        )


class Slug(serializers.CharField):
    def to_internal_value(self, data: str) -> str:
        return super().to_internal_value(data).lower()


class SignUp(serializers.Serializer[None]):
    company = serializers.CharField(max_length=120, error_messages=NAME)
    slug = Slug(validators=[free_slug], error_messages=NAME)
    name = serializers.CharField(max_length=80, error_messages=NAME)
    email = serializers.EmailField(max_length=254, error_messages=EMAIL, validators=[real_mail])
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)
    template = serializers.ChoiceField(settings.TRADES, required=False, allow_blank=True, default="")


class LogIn(serializers.Serializer[None]):
    email = serializers.EmailField(max_length=254, error_messages=EMAIL)
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)


class Join(serializers.Serializer[None]):
    name = serializers.CharField(max_length=80, error_messages=NAME)
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)


class Second(serializers.Serializer[None]):
    code = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    credential = serializers.JSONField(required=False, default=None)


class Code(serializers.Serializer[None]):
    code = serializers.CharField(max_length=20, error_messages=NAME)


class Key(serializers.Serializer[None]):
    name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    credential = serializers.JSONField()


class Confirm(serializers.Serializer[None]):
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)


class ChangePassword(serializers.Serializer[None]):
    old = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)


class Mail(serializers.Serializer[None]):
    email = serializers.EmailField(max_length=254, error_messages=EMAIL)


class NewPassword(serializers.Serializer[None]):
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)
