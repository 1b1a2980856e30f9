"""Mails that tell a person what has happened to their account, so that they notice when it was not them."""

from __future__ import annotations

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from shared_apps.accounts.models import User
from shared_apps.accounts.tasks import send_soon

SENTENCES = {
    "factor_added": _("A second factor was added to your account."),
    "factor_removed": _("A second factor was removed from your account."),
    "recovery_codes_made": _("New recovery codes were made for your account; the old ones are worth nothing any more."),
    "password_changed": _("The password of your account was changed. All other log-ins have ended."),
    "email_changed": _("The e-mail of your account was changed to another address."),
    "locked_out": _("Somebody tried several wrong passwords for your account. It is locked for a few minutes."),
    "connected": _("A log-in of another service was connected to your account."),
    "token_made": _("A key for programs was made in your name."),
}
ADVICE = _("If this was not you, set a new password at once and look at your log-ins under “Security”.")


def tell(user: User, what: str, to: str = "") -> None:
    """Mail the person one sentence, in their language."""
    with override(user.language):
        sentence = gettext(SENTENCES[what])
        send_soon(f"[Millwright 匠程] {sentence}", f"{sentence}\n\n{gettext(ADVICE)}\n", [to or user.email])
