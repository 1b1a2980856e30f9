"""Mails that tell a person what has happened to their account, so that they notice when it was not them."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from shared_apps.accounts.models import User
from shared_apps.accounts.tasks import send_soon
from tenants import directory

SENTENCES = {
    "factor_added": _("A second factor was added to your account."),
    "factor_removed": _("A second factor was removed from your account."),
    "recovery_codes_made": _("New recovery codes were made for your account; the old ones are worth nothing any more."),
    "password_changed": _("The password of your account was changed. All other log-ins have ended."),
    "email_changed": _("The e-mail of your account was changed to another address."),
    "locked_out": _("Somebody tried several wrong passwords for your account. It is locked for a few minutes."),
    "connected": _("A log-in of another service was connected to your account."),
    "new_browser": _("Somebody logged in to your account in a browser that we have not seen you in before."),
    "token_made": _("A key for programs was made in your name."),
}
ADVICE = _("If this was not you, set a new password at once and look at your log-ins under “Security”.")


def tell(user: User, what: str, to: str = "", detail: str = "") -> None:
    """Mail the person one sentence, in their language, with what else there is to know."""
    with override(user.language):
        sentence = gettext(SENTENCES[what])
        send_soon(
            f"[Millwright 匠程] {sentence}",
            f"{sentence}\n\n{detail}\n\n{gettext(ADVICE)}\n" if detail else f"{sentence}\n\n{gettext(ADVICE)}\n",
            [to or user.email],
        )


def welcome(user: User, company: str, slug: str) -> None:
    """Mail the administrator of a company that was opened for them: where it is and, without a password yet, how to set one."""
    with override(user.language):
        lines = [gettext("“%(company)s” is ready: %(url)s") % {"company": company, "url": directory.url_of(slug)}]
        if user.has_usable_password():
            lines.append(gettext("Log in there with this e-mail and your password."))
        else:
            key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
            told = {"url": directory.url_of(slug, f"/reset/{key}")}
            lines.append(gettext("Set your password first, within the hour: %(url)s") % told)
            lines.append(gettext("Later, ask for a new link there under “Forgot your password?”."))
        send_soon(f"[Millwright 匠程] {lines[0].partition(':')[0]}", "\n\n".join(lines) + "\n", [user.email])
