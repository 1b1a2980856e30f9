"""Why a payment has failed, in words; a code that is not known here is shown as it came."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

BANK, ASKED = _("the bank has declined it"), _("the card holder has not confirmed it")
WORDS = {
    "generic_decline": BANK,
    "card_declined": BANK,
    "do_not_honor": BANK,
    "insufficient_funds": _("there is not enough money on the account"),
    "expired_card": _("the card has expired"),
    "authentication_required": ASKED,
    "payment_intent_authentication_failure": ASKED,
    "payment_intent_payment_attempt_failed": _("it was not confirmed in the app"),
    "expired": _("the page to pay on was left"),
    "other_amount": _("the amount is another one; we are looking into it"),
}


def told(code: str) -> str:
    return str(WORDS.get(code, code))
