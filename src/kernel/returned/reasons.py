"""Why a letter was not delivered, in a sentence: by the enhanced status codes of RFC 3463, or the reply codes of RFC 5321."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
PLAIN = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")
REPLIES: Mapping[str, str] = {
    "421": "4.3.2", "450": "4.2.0", "451": "4.3.0", "452": "4.2.2", "530": "5.7.8", "535": "5.7.8", "550": "5.1.1", "551": "5.1.6", "552": "5.2.2",
    "553": "5.1.3", "554": "5.7.0", "556": "5.1.10",
}  # fmt: skip
SENTENCES: Mapping[str, str | Promise] = {
    "1": _("This mail address does not work."),
    "1.1": _("There is no such mailbox."),
    "1.2": _("There is no mail domain of this name."),
    "1.3": _("The mail address is not written correctly."),
    "1.6": _("The mailbox has moved and left no new address."),
    "1.10": _("This domain takes no mail."),
    "2": _("The mailbox does not take mail."),
    "2.1": _("The mailbox has been switched off."),
    "2.2": _("The mailbox is full."),
    "2.3": _("The letter is too long for this mailbox."),
    "3": _("The recipient's mail server has a fault."),
    "3.4": _("The letter is too long for the recipient's mail server."),
    "4": _("The recipient's mail server could not be reached."),
    "4.1": _("The recipient's mail server does not answer."),
    "4.4": _("No mail server is known for this domain."),
    "4.7": _("The recipient's mail server has not taken it in all the time that was tried."),
    "5": _("The mail servers did not understand each other."),
    "6": _("The recipient's mail server cannot read the letter."),
    "7": _("The recipient's mail server refuses mail from here, as advertising perhaps."),
    "7.8": _("The mail server refuses the log-in it was given."),
}
"""By subject and detail of the code, whatever its class; where the detail is unknown, by the subject."""
OF_THE_ADDRESS = frozenset({"0", "1", "2", "4"})
OF_OURS = frozenset({"1.7", "1.8", "2.3"})
"""About the sender's address or the letter itself, although the subject is an address."""


def status_in(text: str) -> str:
    """The status code that a mail server's answer names, `5.1.1`; empty when it names none."""
    found = ENHANCED.search(text)
    if found and not found[1].endswith(".0.0"):
        return found[1]
    plain = PLAIN.search(text)
    return (REPLIES.get(plain[1], f"{plain[1][0]}.5.0") if plain else "") or (found[1] if found else "")


def sentence(status: str) -> str:
    """What it means, in the reader's language."""
    subject, _dot, detail = status.partition(".")[2].partition(".")
    found = SENTENCES.get(f"{subject}.{detail}") or SENTENCES.get(subject)
    return str(found) if found else _t("The letter was not delivered.")


def blames_address(status: str) -> bool:
    """Whether it is the recipient's address that does not work, and not the letter, a server or the way to it."""
    subject, _dot, detail = status.partition(".")[2].partition(".")
    return subject in OF_THE_ADDRESS and f"{subject}.{detail}" not in OF_OURS
