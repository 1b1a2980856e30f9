"""What people send about plans, payments and invoice titles."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from shared_apps.billing.models import InvoiceTitle, Payment, Period

WORDS: dict[str, Any] = {
    "required": _("Fill this in."),
    "blank": _("Fill this in."),
    "null": _("Fill this in."),
    "max_length": _("This is too long."),
    "invalid": _("This cannot be read. Check how it is written."),
    "invalid_choice": _("Choose one of the list."),
}


class Wanted(serializers.Serializer[None]):
    """A plan with seats, at a discount perhaps."""

    plan = serializers.CharField(max_length=30, error_messages=WORDS)
    period = serializers.ChoiceField(Period.choices, error_messages=WORDS)
    seats = serializers.IntegerField(required=False, allow_null=True, error_messages=WORDS)
    coupon = serializers.CharField(max_length=30, required=False, allow_blank=True, default="", error_messages=WORDS)


class Ordered(Wanted):
    method = serializers.ChoiceField(Payment.Method.choices, error_messages=WORDS)


class Changed(Wanted):
    at = serializers.IntegerField(error_messages=WORDS)
    """The instant of the preview, so that what was shown is what is charged."""


class Paid(serializers.Serializer[None]):
    method = serializers.ChoiceField(Payment.Method.choices, error_messages=WORDS)


class Transferred(serializers.Serializer[None]):
    reference = serializers.CharField(max_length=80, required=False, allow_blank=True, default="", error_messages=WORDS)


class Title(serializers.Serializer[None]):
    """To whom the e-invoice (数电发票) is made out. A special VAT e-invoice needs the tax number."""

    title = serializers.CharField(max_length=120, error_messages=WORDS)
    tax_number = serializers.RegexField(r"^([0-9A-Z]{15,20})?$", required=False, allow_blank=True, default="", error_messages={
        **WORDS, "invalid": _("A tax number has 15 to 20 digits and capital letters."),
    })  # fmt: skip
    kind = serializers.ChoiceField(InvoiceTitle.Kind.choices, error_messages=WORDS)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True, default="", error_messages=WORDS)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="", error_messages=WORDS)
    bank_name = serializers.CharField(max_length=120, required=False, allow_blank=True, default="", error_messages=WORDS)
    bank_account = serializers.CharField(max_length=40, required=False, allow_blank=True, default="", error_messages=WORDS)
    email = serializers.EmailField(
        required=False, allow_blank=True, default="", error_messages={**WORDS, "invalid": _("This is not an e-mail address.")}
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == InvoiceTitle.Kind.SPECIAL and not attrs["tax_number"]:
            raise serializers.ValidationError(
                {"tax_number": [serializers.ErrorDetail(str(_("A special VAT e-invoice needs the tax number.")), "required")]}
            )
        return attrs
