"""What people type before they are in."""

from __future__ import annotations

from typing import Any

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


class Slug(serializers.CharField):
    def to_internal_value(self, data: str) -> str:
        return super().to_internal_value(data).lower()


class SignUp(serializers.Serializer[None]):
    company = serializers.CharField(max_length=120, error_messages=NAME)
    slug = Slug(validators=[free_slug], error_messages=NAME)
    name = serializers.CharField(max_length=80, error_messages=NAME)
    email = serializers.EmailField(max_length=254, error_messages=EMAIL)
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)
    template = serializers.RegexField(r"^[a-z_]*$", max_length=40, required=False, allow_blank=True, default="")


class LogIn(serializers.Serializer[None]):
    email = serializers.EmailField(max_length=254, error_messages=EMAIL)
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)


class Join(serializers.Serializer[None]):
    name = serializers.CharField(max_length=80, error_messages=NAME)
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)


class Mail(serializers.Serializer[None]):
    email = serializers.EmailField(max_length=254, error_messages=EMAIL)


class NewPassword(serializers.Serializer[None]):
    password = serializers.CharField(max_length=200, trim_whitespace=False, error_messages=NAME)
